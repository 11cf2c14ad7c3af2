using Dsm.Sdmx.Model;

namespace Dsm.Fuzz.Targets;

/// <summary>The metadata structure DSM:MSD_TEST(1.0) and its flow DSM:MDF_TEST(1.0), against which metadata sets are judged.</summary>
internal static class FuzzMetadata
{
    private static readonly Codelist Areas = new()
    {
        AgencyId = "DSM",
        Id = "CL_AREA",
        Version = SdmxVersion.Parse("1.0"),
        Codes = [new Code { Id = "AM" }, new Code { Id = "KZ" }],
    };

    private static readonly MetadataStructure Structure = new()
    {
        AgencyId = "DSM",
        Id = "MSD_TEST",
        Version = SdmxVersion.Parse("1.0"),
        Attributes =
        [
            Attribute("CONTACT", null) with
            {
                IsPresentational = true,
                MaxOccurs = 2,
                Children = [Attribute("NAME", new Representation { TextFormat = new TextFormat { MaxLength = 20, IsMultilingual = true } }), Attribute("COUNTRY", Representation.Coded(Areas.Reference))],
            },
            Attribute("YEAR", Representation.Of(SdmxDataType.ObservationalTimePeriod)),
            Attribute("METHOD", Representation.Of(SdmxDataType.XHTML)),
            Attribute("SHARE", Representation.Of(SdmxDataType.Double)),
        ],
    };

    private static readonly Metadataflow Flow = new()
    {
        AgencyId = "DSM",
        Id = "MDF_TEST",
        Version = SdmxVersion.Parse("1.0"),
        Structure = Structure.Reference,
        Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:*(1.0+.0)"],
    };

    /// <summary>Both, and the codelist.</summary>
    public static StructureSet Structures { get; } = new([Structure, Flow, Areas]);

    private static MetadataAttribute Attribute(string id, Representation? representation) => new()
    {
        Id = id,
        Concept = new StructureReference(StructureType.ConceptScheme, "DSM", "CS", "1.0", id),
        Representation = representation,
        MinOccurs = 0,
        MaxOccurs = 1,
    };
}
