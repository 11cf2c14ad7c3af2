using Dsm.Exchange.Access;

namespace Dsm.Exchange.Warehouse;

/// <summary>A series as selected for reading.</summary>
internal sealed class ReadSeries(long id, string[] codes, string? state, DateTime releasedAt)
{
    public long Id { get; } = id;

    public string[] Codes { get; } = codes;

    /// <summary>The series now, or at the moment asked for.</summary>
    public SeriesState Now { get; } = new();

    /// <summary>The series at the moment it is compared with.</summary>
    public SeriesState Before { get; } = new();

    /// <summary>The series today, when <see cref="Now"/> is a former moment; null when it need not be asked.</summary>
    public SeriesState? Today { get; private set; }

    /// <summary>Makes room for <see cref="Today"/>.</summary>
    public SeriesState BeginToday() => Today = new SeriesState();

    /// <summary>
    /// What of the series a reader may see at a moment: everything, the free observations, or nothing. An embargo and a release are
    /// matters of the clock.
    /// </summary>
    public Visibility VisibilityOf(SeriesState at, ReaderAccess access, DateTime moment)
    {
        if (access.SeesAllRestricted || (state is not null && access.States.Contains(state)))
        {
            return Visibility.All;
        }

        return at.IsRestricted || at.EmbargoUntil > moment || releasedAt > moment ? Visibility.None : Visibility.Free;
    }
}

/// <summary>How much of a series a reader sees.</summary>
internal enum Visibility
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Observations that are free.</summary>
    Free,

    /// <summary>All observations.</summary>
    All,
}

/// <summary>Attributes and observations of a series at one moment.</summary>
internal sealed class SeriesState
{
    public string?[] Attributes { get; set; } = [];

    public bool IsRestricted { get; set; }

    public DateTime? EmbargoUntil { get; set; }

    /// <summary>Observations; null without any.</summary>
    public SeriesColumns? Rows { get; set; }
}
