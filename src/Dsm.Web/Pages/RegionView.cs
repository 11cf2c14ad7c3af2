using Dsm.Exchange;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages;

/// <summary>The region as pages show it: its states, its indicators, and what an agreement is about, named in the page's language.</summary>
public sealed class RegionView(StructureRegistry registry, RegionOptions region, PageTexts texts)
{
    /// <summary>Structures of the registry.</summary>
    public StructureSet Structures => registry.Current.Structures;

    /// <summary>Codes of the reporting states in order.</summary>
    public IReadOnlyList<string> States => region.States;

    /// <summary>Name of the region.</summary>
    public string Name => texts.Of(region.Name, region.Agency);

    /// <summary>The indicators' dataflows in order.</summary>
    public IReadOnlyList<Dataflow> Flows => [.. region.Flows
        .Select(urn => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? Structures.Find<Dataflow>(reference) : null)
        .OfType<Dataflow>()];

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
        => Agreement(agreementUrn) is { } agreement && registry.Current.Schema(agreement.Reference) is { } schema
            ? AgreementState.Of(Structures, agreement, schema, region.StateDimension) : null;

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
    public DataSchema? Schema(StructureReference reference) => registry.Current.Schema(reference);
}
