using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>Verdicts on the values of an uncoded dimension, one a distinct value.</summary>
internal sealed class TextVerdicts(ValueCheck check, ValueDictionary dictionary)
{
    private readonly List<(bool IsJudged, ValueFault? Fault)> _verdicts = [];

    /// <summary>What is wrong with the value of a number; null when nothing is.</summary>
    public ValueFault? Fault(int number)
    {
        while (_verdicts.Count <= number)
        {
            _verdicts.Add(default);
        }

        if (!_verdicts[number].IsJudged)
        {
            _verdicts[number] = (true, check.Find(dictionary[number] ?? ""));
        }

        return _verdicts[number].Fault;
    }
}
