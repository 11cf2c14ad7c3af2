namespace Dsm.Exchange.Access;

/// <summary>The roles. What each may do is said in <see cref="ReaderAccess"/> and <see cref="HubRights"/>.</summary>
public static class HubRoles
{
    /// <summary>Runs the installation.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>Watches all harvests and submissions of the region.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Manages the people and sources of one state.</summary>
    public const string CountryAdministrator = "country-administrator";

    /// <summary>Sends the data of one state.</summary>
    public const string FocalPoint = "focal-point";

    /// <summary>Maintains codelists and definitions.</summary>
    public const string StructureMaintainer = "structure-maintainer";

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } = [SystemAdministrator, Coordinator, CountryAdministrator, FocalPoint, StructureMaintainer];
}
