using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Impact;

public sealed class ReportTrialsTests
{
    private static readonly StructureReference Concepts = new(StructureType.ConceptScheme, "T", "C", "1.0.0");
    private readonly MetadataStructure structure = new() { AgencyId = "T", Id = "M", Version = SdmxVersion.Parse("1.0.0"), Attributes = [Attribute("CONTACT"), Attribute("NOTE", 0)] };

    private static readonly Codelist Areas = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "X" }, new Code { Id = "Y" }] };

    [Fact]
    public void Names_the_reports_that_a_new_mandatory_attribute_or_a_lost_one_leaves_unfit()
    {
        MetadataStructure demanding = structure with { Attributes = structure.Attributes.Add(Attribute("QUALITY")) };
        MetadataStructure poorer = structure with { Attributes = [structure.Attributes[0]] };

        Run(structure, demanding, Report("R1", "CONTACT"), Report("R2", "CONTACT", "NOTE")).Should().Equal("R1 AtOnce QUALITY", "R2 AtOnce QUALITY");
        Run(structure, poorer, Report("R1", "CONTACT"), Report("R2", "CONTACT", "NOTE")).Should().Equal("R2 AtOnce NOTE");
    }

    [Fact]
    public void Tells_later_from_at_once_and_what_was_wrong_before_is_not_the_change()
    {
        MetadataStructure next = structure with { Version = SdmxVersion.Parse("2.0.0"), Attributes = [structure.Attributes[0]] };

        Run(null, next, Report("R1", "CONTACT"), Report("R2", "CONTACT", "NOTE"), Report("R3", "CONTACT", "NONSENSE")).Should().Equal("R2 WhenReferencesMove NOTE");
    }

    [Fact]
    public void A_code_taken_out_of_a_list_leaves_the_reports_unfit_that_carry_it()
    {
        MetadataAttribute area = Attribute("AREA") with { Representation = Representation.Coded(Areas.Reference) };
        MetadataStructure coded = structure with { Attributes = [area] };

        ImpactReportOf(coded, Areas, Areas with { Codes = [Areas.Codes[0]] }, Report("R1", "AREA=X"), Report("R2", "AREA=Y")).Select(r => r.Report.Id).Should().Equal("R2");
    }

    private static MetadataAttribute Attribute(string id, int least = 1) => new() { Id = id, Concept = Concepts with { ItemId = id }, MinOccurs = least };

    private MetadataSet Report(string id, params string[] values) => new()
    {
        AgencyId = "T",
        Id = id,
        Version = SdmxVersion.Parse("1.0.0"),
        Metadataflow = Flow(structure).Reference,
        Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:F(1.0.0)"],
        Attributes = [.. values.Select(v => v.Split('=')).Select(v => new ReportedAttribute { Id = v[0], Value = v.Length > 1 ? v[1] : "something" })],
    };

    private static Metadataflow Flow(MetadataStructure structure) => new()
    {
        AgencyId = "T",
        Id = "MF",
        Version = SdmxVersion.Parse("1.0.0"),
        Structure = structure.Reference,
        Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:*(*)"],
    };

    private IEnumerable<string> Run(MetadataStructure? before, MetadataStructure after, params MetadataSet[] reports)
        => ImpactReportOf(structure, before, after, reports).Select(r => $"{r.Report.Id} {r.Timing} {string.Join(',', r.Causes.Select(c => c.Component ?? c.Arguments[0]))}");

    private static IEnumerable<ReportImpact> ImpactReportOf(MetadataStructure structure, Maintainable? before, Maintainable after, params MetadataSet[] reports)
    {
        string[] ids = ["CONTACT", "NOTE", "QUALITY", "AREA"];
        ConceptScheme concepts = new() { AgencyId = "T", Id = "C", Version = SdmxVersion.Parse("1.0.0"), Concepts = [.. ids.Select(i => new Concept { Id = i })] };
        PlannedStructures planned = PlannedStructures.Of(new StructureSet([structure, Flow(structure), concepts, Areas]), [(before, after)]);
        Dictionary<string, ImpactTiming> touched = planned.Steps
            .SelectMany(s => new TouchedArtefacts(planned, new RegionOptions()).Of(s)).ToDictionary(t => t.Artefact.Urn, t => t.Timing);
        MetadataShelf shelf = new([.. reports.Select(r => new StoredMetadataSet(r, DateTimeOffset.UnixEpoch))], "1");
        return ReportTrials.Run(planned, touched, shelf, CancellationToken.None);
    }
}
