using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages;

/// <summary>
/// The region as pages show it: its states, its indicators, and what an agreement is about, named in the page's language. What the
/// reader of the page may not see is not known to it; where there is no reader, that is all that is restricted.
/// </summary>
public sealed class RegionView(StructureRegistry registry, RegionOptions region, PageTexts texts, IHttpContextAccessor page)
{
    /// <summary>Structures of the registry, as far as the reader may see them.</summary>
    public StructureSet Structures => Seen.Structures;

    /// <summary>Codes of the reporting states in order.</summary>
    public IReadOnlyList<string> States => region.States;

    /// <summary>Name of the region.</summary>
    public string Name => texts.Of(region.Name, region.Agency);

    /// <summary>The indicators' dataflows in order.</summary>
    public IReadOnlyList<Dataflow> Flows => [.. region.Flows
        .Select(urn => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? Structures.Find<Dataflow>(reference) : null)
        .OfType<Dataflow>()];

    /// <summary>Dimension that holds the reporting state.</summary>
    public string StateDimension => region.StateDimension;

    /// <summary>Name of an indicator up to its explanation behind a colon.</summary>
    public string ShortName(Dataflow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return texts.Of(flow.Name, flow.Id).Split(':', 2)[0];
    }

    /// <summary>Name of an indicator up to its explanation behind a colon.</summary>
    public string ShortName(string flowUrn) => Flows.FirstOrDefault(f => f.Urn == flowUrn) is { } flow ? ShortName(flow) : flowUrn;

    /// <summary>Address of the page with the figures of an indicator, of one state or of all.</summary>
    public string FlowPage(Dataflow flow, string? state = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return $"/{texts.Language}/data/{flow.AgencyId}/{flow.Id}/{flow.Version}{(state is null ? "" : $"?{region.StateDimension}={Uri.EscapeDataString(state)}")}";
    }

    /// <summary>Agreements for the indicators of the region, with their states, in order of states and indicators.</summary>
    public IReadOnlyList<(ProvisionAgreement Agreement, string State)> Agreements => [.. Structures.All.OfType<ProvisionAgreement>()
        .Where(a => Structures.Find<Dataflow>(a.Dataflow) is { } flow && region.Flows.Contains(flow.Urn))
        .Select(a => (Agreement: a, State: StateOf(a.Urn) ?? ""))
        .Where(a => region.States.Contains(a.State))
        .OrderBy(a => region.States.IndexOf(a.State))
        .ThenBy(a => region.Flows.IndexOf(Structures.Find<Dataflow>(a.Agreement.Dataflow)!.Urn))
        .ThenBy(a => a.Agreement.Id, StringComparer.Ordinal)];

    /// <summary>Name of a reporting state.</summary>
    public string StateName(string? code)
        => code is null ? "–"
            : StructureReference.TryParseUrn(region.StatesCodelist, out StructureReference? list) && Structures.Find<Codelist>(list)?.Find(code) is { } found
                ? texts.Of(found.Name, code) : code;

    /// <summary>The agreement of a URN; null when it is not known.</summary>
    public ProvisionAgreement? Agreement(string urn)
        => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? Structures.Find<ProvisionAgreement>(reference) : null;

    /// <summary>Code of the state that an agreement reports for; null when it is not known.</summary>
    public string? StateOf(string agreementUrn)
        => Agreement(agreementUrn) is { } agreement && Seen.Schema(agreement.Reference) is { } schema
            ? AgreementState.Of(Structures, agreement, schema, region.StateDimension) : null;

    /// <summary>
    /// True when the reader may know of the sources of an agreement: he may see the agreement and what it provides for, or it is gone and
    /// its agency is nobody's secret.
    /// </summary>
    public bool IsSeen(string agreementUrn)
        => FlowOf(agreementUrn) is not null
            || (registry.Current.Structures is var all && StructureReference.TryParseUrn(agreementUrn, out StructureReference? reference)
                && all.Find<ProvisionAgreement>(reference) is null && registry.Current.Spaces.IsSeen(reference.AgencyId, Reader));

    /// <summary>The dataflow an agreement provides for.</summary>
    public Dataflow? FlowOf(string agreementUrn) => Structures.Find<Dataflow>(Agreement(agreementUrn)?.Dataflow);

    /// <summary>Name of the institution that provides the data of an agreement.</summary>
    public string ProviderName(string agreementUrn)
    {
        StructureReference? provider = Agreement(agreementUrn)?.DataProvider;
        Organisation? found = Structures.Find<OrganisationScheme>(provider)?.Organisations.FirstOrDefault(o => o.Id == provider!.ItemId);
        return found is null ? provider?.ItemId ?? "–" : texts.Of(found.Name, found.Id);
    }

    /// <summary>The schema of a dataflow.</summary>
    public DataSchema? Schema(StructureReference reference) => Seen.Schema(reference);

    private ReaderAccess Reader => page.HttpContext is { } http ? HubRights.Reading(http.User) : ReaderAccess.Public;

    private RegistrySnapshot Seen => registry.For(Reader);
}
