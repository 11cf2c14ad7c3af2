using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures;

/// <summary>Addresses of artefacts: their page, and their message over SDMX REST.</summary>
public static class StructureLinks
{
    /// <summary>The page of an artefact.</summary>
    public static string Page(string language, StructureReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return $"/{language}/structures/{reference.Type.Class}/{reference.AgencyId}/{reference.Id}/{Uri.EscapeDataString(reference.Version)}";
    }

    /// <summary>The artefact over REST 2.x.</summary>
    public static string Rest2(StructureReference reference, string parameters = "")
    {
        ArgumentNullException.ThrowIfNull(reference);
        return $"/sdmx/v2/structure/{reference.Type.Rest2}/{reference.AgencyId}/{reference.Id}/{reference.Version}{parameters}";
    }

    /// <summary>The artefact over REST 1.5; null when SDMX 2.1 does not know its type.</summary>
    public static string? Rest1(StructureReference reference, string parameters = "")
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Type.Rest1 is null or "structureset" ? null
            : $"/sdmx/v1/{reference.Type.Rest1}/{reference.AgencyId}/{reference.Id}/{reference.Version}{parameters}";
    }
}
