using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Inputs;

/// <summary>One observation that differs.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Key">Series key and period.</param>
/// <param name="Values">Its values, or those that changed with the former ones.</param>
internal sealed record ObservationDifference(ChangeKind Kind, string Key, string Values);

/// <summary>
/// How the observations of two data messages differ, whatever their formats, orders and divisions into series. Of each observation of
/// the first message only two hashes are kept (about 70 bytes); texts are read again for those that are shown.
/// </summary>
internal sealed class DataDifference
{
    private readonly Dictionary<UInt128, UInt128> _before = [];
    private readonly Dictionary<UInt128, (string Key, string[] Values)> _changed = [];
    private readonly List<ObservationDifference> _added = [], _removed = [], _changes = [];
    private readonly Dictionary<UInt128, int> _repeated = [], _seen = [];
    private readonly int _places;

    private DataDifference(int places) => _places = places;

    /// <summary>Observations only the second has.</summary>
    public long Added { get; private set; }

    /// <summary>Observations with other values.</summary>
    public long Changed { get; private set; }

    /// <summary>Observations only the first has.</summary>
    public long Removed { get; private set; }

    /// <summary>Observations that are the same.</summary>
    public long Same { get; private set; }

    /// <summary>The first differences of each kind.</summary>
    public IReadOnlyList<ObservationDifference> Samples => [.. _added, .. _changes, .. _removed];

    /// <summary>Compares two messages.</summary>
    public static DataDifference Find(
        MessageInput before, MessageInput after, Structures structures, StructureReference? flow, DataSchema? guess, IssueList issues, int places, CancellationToken cancellationToken)
    {
        DataDifference difference = new(places);
        Read(before, issues, difference.Remember);
        Read(after, issues, difference.Meet);
        difference.Removed = difference._before.Count;
        if (difference.Removed + difference._changed.Count > 0 && places > 0)
        {
            Read(before, new IssueList(), difference.Recall);
        }

        return difference;

        void Read(MessageInput input, IssueList list, Action<string, string[]> observation) => new DataPass(structures, flow, list) { Guess = guess }.Run(
            input.Open(), (reader, space) => DataPass.ForEachBatch(reader, space, batch => ForEach(batch, observation), cancellationToken), cancellationToken);
    }

    /// <summary>Keeps an observation of the first message; of one that stands there several times, each.</summary>
    private void Remember(string key, string[] values)
    {
        UInt128 id = Hash(key), value = Hash(string.Join('\u001f', values));
        if (!_before.TryAdd(id, value))
        {
            int number = _repeated[id] = _repeated.GetValueOrDefault(id, 1) + 1;
            _before.Add(Again(id, number), value);
        }
    }

    /// <summary>Compares an observation of the second message with the next one of its key that is left over from the first.</summary>
    private void Meet(string key, string[] values)
    {
        UInt128 id = Hash(key);
        int number = 1, last = _repeated.GetValueOrDefault(id, 1);
        UInt128 former;
        while (!_before.Remove(Again(id, number), out former) && number <= last)
        {
            number++;
        }

        id = Again(id, number);
        if (number > last)
        {
            Added++;
            if (_added.Count < _places)
            {
                _added.Add(new ObservationDifference(ChangeKind.Added, key, string.Join(", ", values)));
            }
        }
        else if (former == Hash(string.Join('\u001f', values)))
        {
            Same++;
        }
        else
        {
            Changed++;
            if (_changed.Count < _places)
            {
                _changed[id] = (key, values);
            }
        }
    }

    private void Recall(string key, string[] values)
    {
        UInt128 id = Hash(key);
        if (_repeated.ContainsKey(id))
        {
            int number = _seen[id] = _seen.GetValueOrDefault(id) + 1;
            id = Again(id, number);
        }

        if (_before.ContainsKey(id) && _removed.Count < _places)
        {
            _removed.Add(new ObservationDifference(ChangeKind.Removed, key, string.Join(", ", values)));
        }
        else if (_changed.Remove(id, out (string Key, string[] Values) now))
        {
            string[] gone = [.. values.Except(now.Values)], come = [.. now.Values.Except(values)];
            _changes.Add(new ObservationDifference(ChangeKind.Changed, key, $"{string.Join(", ", gone)} -> {string.Join(", ", come)}"));
        }
    }

    private static void ForEach(ObservationBatch batch, Action<string, string[]> observation)
    {
        DataSchema schema = batch.Schema;
        List<string> values = [];
        for (int row = 0; row < batch.Count; row++)
        {
            values.Clear();
            int series = batch.SeriesOf[row];
            for (int m = 0; m < schema.Measures.Length; m++)
            {
                if (batch.Measures[m][row] is { HasValue: true } value)
                {
                    values.Add($"{schema.Measures[m].Id}={value}");
                }
            }

            Attributes(values, batch.ObservationAttributes, row);
            Attributes(values, batch.SeriesAttributes, series);
            string period = batch.BadPeriods[row] ?? (batch.Periods[row].IsNone ? "" : batch.Periods[row].ToString());
            observation($"{batch.KeyOf(series)} {period}".TrimEnd(), [.. values]);
        }
    }

    private static void Attributes(List<string> values, IEnumerable<ValueColumn> columns, int row)
    {
        foreach (ValueColumn column in columns)
        {
            if (column[row] is { } value)
            {
                values.Add($"{column.Component.Id}={value}");
            }
        }
    }

    private static UInt128 Again(UInt128 id, int number) => unchecked(id + (UInt128)(uint)(number - 1));

    private static UInt128 Hash(string text)
    {
        Span<byte> hash = stackalloc byte[16];
        MD5.HashData(Encoding.UTF8.GetBytes(text), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
