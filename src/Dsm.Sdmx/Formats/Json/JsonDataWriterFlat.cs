using System.Buffers.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <content>Observations without series: each with its whole key.</content>
public sealed partial class JsonDataWriter
{
    private byte[] _flatPrefix = [];
    private int _flatPrefixLength;
    private readonly Dictionary<int[], List<ulong>> _flatPeriods = new(KeyComparer.Instance);
    private List<ulong>? _periods;

    private void WriteFlat(ObservationBatch batch, int series, int first, int end)
    {
        FindKey(batch, series, 0);
        _flatPrefixLength = 0;
        if (end == first)
        {
            // Attributes that came late for observations that are written already, or a key without any.
            if (_isDeletion)
            {
                KeepPartialKeys(batch, series, first, end);
            }
            else if (!_flatPeriods.ContainsKey(_nextKey) || !LearnShared(batch, series))
            {
                _losses.Say("ObservationBatch.Series");
            }

            return;
        }

        if (_isDeletion && LacksPeriod(batch, first, end))
        {
            KeepPartialKeys(batch, series, first, end);
        }

        _periods = null;
        bool isLearned = false;
        for (int row = first; row < end; row++)
        {
            int time = batch.Refused[row] ? -1 : _use.Time is null ? 0 : PeriodIndex(batch, row);
            if (time < 0)
            {
                continue;
            }

            if (!Mark(time) || _groups.Count > MaxGroups)
            {
                ReopenFlat(time);
                isLearned = false;
            }

            if (!isLearned && !LearnShared(batch, series))
            {
                ReopenFlat(time);
                LearnShared(batch, series);
            }

            isLearned = true;
            WriteFlatObservation(batch, series, row, time);
        }
    }

    private void ReopenFlat(int time)
    {
        Reopen();
        _periods = null;
        Mark(time);
    }

    private void WriteFlatObservation(ObservationBatch batch, int series, int row, int time)
    {
        _output.Raw(_isFirst ? "\""u8 : ",\n\""u8);
        _isFirst = false;
        WriteFlatKey(time);
        _output.Raw("\":["u8);
        WriteValues(batch, series, row);
        _output.Raw((byte)']');
    }

    /// <summary>Notes an observation of the key at hand; false when it was there before.</summary>
    private bool Mark(int time)
    {
        if (_periods is null && !_flatPeriods.TryGetValue(_nextKey, out _periods))
        {
            _flatPeriods.Add([.. _nextKey], _periods = new List<ulong>(1));
        }

        int word = time >> 6;
        while (_periods!.Count <= word)
        {
            _periods.Add(0);
        }

        ulong bit = 1UL << (time & 63);
        if ((_periods[word] & bit) != 0)
        {
            return false;
        }

        _periods[word] |= bit;
        return true;
    }

    private void WriteFlatKey(int time)
    {
        if (_use.Time is null)
        {
            WriteKey(_nextKey);
            return;
        }

        // The position of time in the key is that of the structure, nearly always the last: then what is before it holds for the run.
        if (_layout.Schema.Structure.Dimensions[^1].IsTime && _nextKey.Length > 0)
        {
            if (_flatPrefixLength == 0)
            {
                KeepFlatPrefix();
            }

            _output.Raw(_flatPrefix.AsSpan(0, _flatPrefixLength));
            JsonWrittenComponent.Integer(_output, time);
            return;
        }

        int position = 0, at = 0;
        foreach (Model.Dimension dimension in _layout.Schema.Structure.Dimensions)
        {
            _output.Raw(position++ > 0 ? ":"u8 : ""u8);
            JsonWrittenComponent.Integer(_output, dimension.IsTime ? time : _nextKey[at++]);
        }
    }

    private void KeepFlatPrefix()
    {
        const int Longest = 12; // an integer and its colon
        if (_flatPrefix.Length < _nextKey.Length * Longest)
        {
            _flatPrefix = new byte[_nextKey.Length * Longest];
        }

        foreach (int index in _nextKey)
        {
            Utf8Formatter.TryFormat(index, _flatPrefix.AsSpan(_flatPrefixLength), out int length);
            _flatPrefixLength += length;
            _flatPrefix[_flatPrefixLength++] = (byte)':';
        }
    }
}
