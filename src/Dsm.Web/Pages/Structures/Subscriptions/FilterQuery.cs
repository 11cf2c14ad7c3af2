using System.Text.RegularExpressions;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>A filter of changes in addresses and forms: <c>agency</c>, <c>type</c>, <c>id</c>, <c>drafts</c>.</summary>
public static partial class FilterQuery
{
    /// <summary>Reads a filter; null when a parameter is none that there can be.</summary>
    /// <param name="agency">Agency, dotted when nested.</param>
    /// <param name="type">Class in the information model, or its name in SDMX REST.</param>
    /// <param name="id">Id of the artefact.</param>
    /// <param name="drafts">True or 1 for drafts too.</param>
    public static ChangeFilter? Read(string? agency, string? type, string? id, string? drafts)
    {
        (agency, type, id) = (Trimmed(agency), Trimmed(type), Trimmed(id));
        StructureType? known = type is null ? null : StructureType.FromClass(type) ?? StructureType.FromRest2(type.ToLowerInvariant());
        bool isLegal = (agency is null || Agency().IsMatch(agency)) && (id is null || Id().IsMatch(id)) && (type is null || known is not null);
        return !isLegal ? null : new ChangeFilter { AgencyId = agency, Class = known?.Class, ArtefactId = id, WithDrafts = drafts is "1" or "true" };
    }

    /// <summary>The filter as the query of an address, beginning with a question mark; empty for everything.</summary>
    public static string Write(ChangeFilter filter, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        (string Name, string? Value)[] parts =
        [
            ("agency", filter.AgencyId), ("type", filter.Class), ("id", filter.ArtefactId), ("drafts", filter.WithDrafts ? "true" : null), ("language", language),
        ];
        string query = string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "" : "?" + query;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]{1,100}(\.[A-Za-z0-9_@$\-]{1,100}){0,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Agency();

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
