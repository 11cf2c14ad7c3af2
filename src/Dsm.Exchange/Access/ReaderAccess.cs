using System.Collections.Immutable;

namespace Dsm.Exchange.Access;

/// <summary>
/// What a reader may see of observations that are not free: those with a CONF_STATUS other than F, under embargo, or of an agreement
/// that is not released. Applied to every read of data, on pages and in REST alike. Free and released data are seen by everyone.
/// </summary>
/// <param name="SeesAllRestricted">True for readers of everything (system administrator, coordinator).</param>
/// <param name="States">Codes of the reporting states whose restricted data the reader may see.</param>
public sealed record ReaderAccess(bool SeesAllRestricted, ImmutableHashSet<string> States)
{
    /// <summary>Access of callers who are not signed in.</summary>
    public static ReaderAccess Public { get; } = new(false, []);

    /// <summary>Access to everything; for the hub's own work, never for a request.</summary>
    public static ReaderAccess Everything { get; } = new(true, []);
}
