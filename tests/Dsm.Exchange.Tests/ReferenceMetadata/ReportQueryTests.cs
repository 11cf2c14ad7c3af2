using System.Collections.Immutable;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Tests.ReferenceMetadata;

/// <summary>Which reports a query of REST 1.5 means by key and time.</summary>
public sealed class ReportQueryTests
{
    private const string Flow = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.0)";
    private static readonly StructureReference Reported = new(StructureType.Metadataflow, "T", "MDF", "1.0");

    private static readonly StructureSet Structures = new(
    [
        new Metadataflow { AgencyId = "T", Id = "MDF", Version = SdmxVersion.Default, Structure = new StructureReference(StructureType.MetadataStructure, "T", "MSD", "1.0") },
        new Dataflow { AgencyId = "T", Id = "DF", Version = SdmxVersion.Default, Structure = new StructureReference(StructureType.DataStructure, "T", "DSD", "1.0") },
        new DataStructure
        {
            AgencyId = "T", Id = "DSD", Version = SdmxVersion.Default,
            Dimensions = [.. new[] { "FREQ", "AREA", "SEX", "TIME_PERIOD" }.Select(d => new Dimension { Id = d, Concept = new StructureReference(StructureType.ConceptScheme, "T", "CS", "1.0", d), IsTime = d == "TIME_PERIOD" })],
        },
    ]);

    private static readonly ImmutableArray<MetadataSet> Reports =
    [
        OfKey("ARM", ("AREA", "ARM"), ("FREQ", "A")),
        OfKey("GEO_F", ("FREQ", "A"), ("AREA", "GEO"), ("SEX", "F")),
        OfObjects("FLOW_2020", Flow, "2020"),
        OfObjects("FLOW_2021", Flow, "2021-Q3"),
        Report("ITEM") with { Targets = ["urn:sdmx:org.sdmx.infomodel.codelist.Code=T:CL(1.0).TOP.ARM"] },
        Report("RANGE") with { Targets = [Flow], ReportingBeginDate = "2019-01", ReportingEndDate = "2020-06" },
        Report("LISTS") with { Targets = ["urn:sdmx:org.sdmx.infomodel.codelist.Codelist=T:*(1.0)"] },
    ];

    [Theory]
    [InlineData("metadata/MDF", "ARM GEO_F FLOW_2020 FLOW_2021 ITEM RANGE LISTS")]
    [InlineData("metadata/MDF/all", "ARM GEO_F FLOW_2020 FLOW_2021 ITEM RANGE LISTS")]
    [InlineData("metadata/MDF/..", "ARM GEO_F FLOW_2020 FLOW_2021 ITEM RANGE LISTS")]
    [InlineData("metadata/MDF/A.ARM.F", "ARM")]
    [InlineData("metadata/MDF/A.ARM+GEO.F", "ARM GEO_F")]
    [InlineData("metadata/MDF/.GEO", "GEO_F")]
    [InlineData("metadata/MDF/..M", "ARM")]
    [InlineData("metadata/MDF/A...X", "")]
    [InlineData("metadata/MDF/DF", "FLOW_2020 FLOW_2021 RANGE LISTS")]
    [InlineData("metadata/MDF/DF.2020", "FLOW_2020")]
    [InlineData("metadata/MDF/ARM", "ITEM LISTS")]
    [InlineData("metadata/MDF/DF?startPeriod=2020", "FLOW_2020 FLOW_2021 LISTS")]
    [InlineData("metadata/MDF/DF?startPeriod=2019&endPeriod=2020", "FLOW_2020 RANGE LISTS")]
    [InlineData("metadata/MDF/DF?endPeriod=2021-08", "FLOW_2020 RANGE LISTS")]
    [InlineData("metadata/MDF/A.ARM?startPeriod=2050", "ARM")]
    public void Reports_are_found_by_what_they_are_about_and_by_their_time(string address, string expected)
    {
        IssueList issues = new();
        string[] parts = address.Split('?');
        Rest15.TryParse(parts[0], parts.Length > 1 ? parts[1] : null, out RestQuery? query, issues).Should().BeTrue(string.Join("; ", issues.Kept));

        ImmutableArray<MetadataSet> found = new MetadataSelection(Structures, _ => true).Answer((MetadataQuery)query!, new MetadataShelf([.. Reports.Select(r => new StoredMetadataSet(r, DateTimeOffset.UnixEpoch))], ""));

        string.Join(' ', found.Select(s => s.Id)).Should().Be(expected);
    }

    private static MetadataSet Report(string id) => new() { AgencyId = "T", Id = id, Version = SdmxVersion.Default, Metadataflow = Reported };

    private static MetadataSet OfKey(string id, params (string Dimension, string Code)[] key) => Report(id) with
    {
        ReportTarget = new ReportTarget("KEY", [new TargetValue("FLOW") { Object = Flow }, new TargetValue(TargetValue.DataKeyId) { DataKey = DataKey.Of(key.Select(k => KeyValuePair.Create(k.Dimension, k.Code))) }]),
    };

    private static MetadataSet OfObjects(string id, string urn, string period) => Report(id) with
    {
        ReportTarget = new ReportTarget("OBJECT", [new TargetValue("FLOW") { Object = urn }, new TargetValue(TargetValue.PeriodId) { Period = period }]),
    };
}
