using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Utility data: series stand in the groups they belong to, and only they say the key. What a group says is said by each of its series.
/// </summary>
public sealed partial class DataReader20
{
    private readonly List<XmlDataReaderAttribute> _ofGroup = [];
    private bool _isGroupUsed;

    private bool StartUtility(string name)
    {
        switch (Filler.Scope)
        {
            case ReadingScope.None when name == "Series":
                StartSeries();
                _ofGroup.ForEach(SetAt);
                _isGroupUsed = true;
                SetAttributes();
                return true;
            case ReadingScope.None when Xml.Depth == DataSetDepth + 1:
                _ofGroup.Clear();
                _ofGroup.AddRange(ReadAttributes().Where(a => !a.IsQualified));
                _isGroupUsed = false;
                return true;
            case ReadingScope.Series when name == "Obs":
                Filler.StartObservation(Line, Column);
                SetAttributes();
                return true;
            case ReadingScope.Series when name == "Key":
                return true;
            case ReadingScope.Series or ReadingScope.Observation:
                // Of the key, or of the observation: the element is named by the concept.
                ComponentSlot slot = Find(name);
                if (slot.Kind == SlotKind.Unknown)
                {
                    Issues.Add(IssueCodes.UnknownComponent, new Location(Line, Column, null, null, name), name);
                    Skip();
                }
                else
                {
                    SetValue(slot, name, ReadText());
                }

                return false;
            default:
                SkipUnexpected("DataSet");
                return false;
        }
    }

    private void EndUtility(string name, int depth)
    {
        if (name == "Key" && Filler.Scope == ReadingScope.Series)
        {
            return;
        }

        if (Filler.Scope == ReadingScope.None && depth == DataSetDepth + 1)
        {
            foreach (XmlDataReaderAttribute attribute in _ofGroup.Where(_ => !_isGroupUsed))
            {
                Issues.Add(IssueCodes.AttributeWithoutSeries, new Location(attribute.Line, attribute.Column, null, null, attribute.Name), attribute.Name);
            }

            _ofGroup.Clear();
        }

        EndScope();
    }
}
