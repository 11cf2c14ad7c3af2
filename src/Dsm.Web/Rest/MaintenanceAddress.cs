using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// What an address of maintenance names: all structures, those of a type, one artefact, one item
/// (<c>/structure/codelist/EECA/CL_SEX/1.0.0/M</c>; in the line of REST 1.5 <c>/codelist/EECA/CL_SEX/1.0/M</c>).
/// </summary>
/// <param name="Line">The line.</param>
/// <param name="Resource">The type's name in the line; null for any type.</param>
/// <param name="Agency">Agency; null when no artefact is named.</param>
/// <param name="Id">Id; null when no artefact is named.</param>
/// <param name="Version">Version; null when no artefact is named.</param>
/// <param name="Item">Item; null when none is named.</param>
internal sealed record MaintenanceAddress(RestLine Line, string? Resource, string? Agency, string? Id, string? Version, string? Item)
{
    /// <summary>True when one artefact is named.</summary>
    public bool NamesArtefact => Version is not null;

    /// <summary>Reads the address of a request.</summary>
    public static (MaintenanceAddress? Address, RestProblem? Problem) Of(RestCall call)
    {
        string[] parts = [.. call.Address.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        bool first = call.Line == RestLine.V1;
        if (!first && parts is ["structure", ..])
        {
            parts = parts[1..];
        }

        if (parts is [var type, ..] && !IsType(type, first))
        {
            return (null, RestProblem.Of(RestFault.NoSuchResource, IssueCodes.NoSuchResource, type));
        }

        if (parts.Length is 2 or 3 or > 5 || (parts.Length >= 4 && !SdmxVersion.TryParse(parts[3], out _)))
        {
            return (null, parts.Length > 5 ? RestProblem.Of(RestFault.Syntax, IssueCodes.TooManyPathParts, parts.Length, 5)
                : parts.Length < 4 ? RestProblem.Of(RestFault.Syntax, IssueCodes.MissingPathPart, "version")
                : RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidPathPart, "version", parts[3], "1.0.0"));
        }

        return (new MaintenanceAddress(call.Line, parts is ["structure" or "*" or "all", ..] or [] ? null : parts[0], At(parts, 1), At(parts, 2), At(parts, 3), At(parts, 4)), null);
    }

    /// <summary>True when an artefact is of the type and, when one is named, the artefact of this address.</summary>
    public bool Means(Maintainable artefact) => IsOfType(artefact)
        && (!NamesArtefact || (artefact.AgencyId == Agency && (artefact.Id == Id || (Line == RestLine.V1 && StructureQuery.ContainerId(artefact) == Id)) && artefact.Version.ToString() == Version));

    /// <summary>The address of an artefact in this line.</summary>
    public static string Of(RestCall call, Maintainable artefact)
        => call.Line == RestLine.V1
            ? $"{call.Line.Prefix}/{StructureResource.Resource15(artefact)}/{artefact.AgencyId}/{StructureQuery.ContainerId(artefact)}/{artefact.Version}"
            : $"{call.Line.Prefix}/structure/{artefact.Type.Rest2}/{artefact.AgencyId}/{artefact.Id}/{artefact.Version}";

    private bool IsOfType(Maintainable artefact) => Resource is null || Resource == (Line == RestLine.V1 ? StructureResource.Resource15(artefact) : artefact.Type.Rest2);

    private static bool IsType(string word, bool first)
        => word is "structure" or "*" or "all" || (first ? StructureType.All.Any(t => t.Rest1 == word) : StructureType.FromRest2(word) is not null);

    private static string? At(string[] parts, int index) => index < parts.Length ? parts[index] : null;
}
