using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>What staging holds about one series: the parts by data set, and what the warehouse has of it now.</summary>
internal sealed class StagedSeries(string key, string[] codes)
{
    public string Key { get; } = key;

    public string[] Codes { get; } = codes;

    /// <summary>Packed runs in the order they came.</summary>
    public List<StagedRun> Runs { get; } = [];

    /// <summary>Periods of observations that were sent and refused, ascending.</summary>
    public List<TimePeriod> Refused { get; } = [];

    /// <summary>Number in the warehouse; 0 while it is new.</summary>
    public long SeriesId { get; set; }

    /// <summary>Agreement that owns it; 0 while it is new.</summary>
    public int AgreementId { get; set; }

    /// <summary>Current attributes; null when there are none.</summary>
    public string?[]? CurrentAttributes { get; set; }

    /// <summary>Current chunks, ascending.</summary>
    public List<CurrentChunk> CurrentChunks { get; } = [];

    /// <summary>Content of all current chunks; null until it is needed.</summary>
    public SeriesColumns? CurrentContent { get; set; }

    /// <summary>True when an observation of a period was sent and refused.</summary>
    public bool IsRefused(in TimePeriod period) => Refused.Count > 0 && Refused.BinarySearch(period, PeriodOrder.Comparer) >= 0;
}

/// <summary>A run of a series as it waits in staging.</summary>
/// <param name="DataSet">Number of the data set in the message.</param>
/// <param name="Kind">What is to be done with it.</param>
/// <param name="Packed">Attributes of the series, then the observations.</param>
internal readonly record struct StagedRun(int DataSet, RunKind Kind, byte[] Packed);

/// <summary>What is to be done with a run.</summary>
internal enum RunKind : short
{
    /// <summary>Add or change what is given.</summary>
    Merge,

    /// <summary>Put in place of what there is.</summary>
    Replace,

    /// <summary>Delete the observations named.</summary>
    Delete,

    /// <summary>Delete observations that a partial key named: the periods given, or all when none is.</summary>
    BulkDelete,

    /// <summary>Nothing: the observations were sent and refused. Only their periods are staged.</summary>
    Refused,
}

/// <summary>A chunk that is current.</summary>
internal readonly record struct CurrentChunk(int Number, byte[] Hash, int Observations);

/// <summary>Runs of one data set in one: periods ascending, each once.</summary>
internal sealed class StagedPart(int cells)
{
    public RunKind Kind { get; set; }

    public string?[]? Attributes { get; set; }

    public SeriesColumns Rows { get; set; } = new(cells);

    /// <summary>How many observations of the message each row stands for; null for one each.</summary>
    public int[]? Sources { get; set; }

    /// <summary>Rows not to be taken: several observations fell on them without a declared sum, or their sum lacks a part. Null for none.</summary>
    public bool[]? Collides { get; set; }

    public int SourcesOf(int row) => Sources?[row] ?? 1;

    public long SourcesOf(int first, int end)
    {
        long sum = end - first;
        for (int i = first; Sources is not null && i < end; i++)
        {
            sum += Sources[i] - 1;
        }

        return sum;
    }
}

/// <summary>What became of one series.</summary>
internal sealed class SeriesChange(StagedSeries series)
{
    public StagedSeries Series { get; } = series;

    /// <summary>Chunks to close.</summary>
    public List<int> Closed { get; } = [];

    /// <summary>Chunks to write: rows of <see cref="Rows"/> and the hash of their content.</summary>
    public List<(int First, int End, byte[] Hash)> Written { get; } = [];

    public SeriesColumns? Rows { get; set; }

    /// <summary>New attributes; null when they stay as they are.</summary>
    public string?[]? Attributes { get; set; }

    public bool IsChange => Closed.Count > 0 || Written.Count > 0 || Attributes is not null;
}
