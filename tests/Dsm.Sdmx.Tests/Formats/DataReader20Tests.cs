using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages20;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>What only SDMX-ML 2.0 and 1.0 have; what all dialects have in common is tested in <see cref="DataReaderTests"/>.</summary>
public class DataReader20Tests
{
    private const string Series = "<x:Series FREQ='A' AREA='AM' SEX='T'><x:Obs TIME_PERIOD='2020' OBS_VALUE='1'/></x:Series>";

    [Fact]
    public void Several_data_sets_of_different_layouts_stand_in_a_message_group()
    {
        string compact = $"<x:DataSet action='Append' xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'>{Series}</x:DataSet>";
        string generic = """
            <g:DataSet action="Delete"><g:KeyFamilyRef>DSD_TEST</g:KeyFamilyRef><g:Series><g:SeriesKey><g:Value concept="FREQ" value="A"/><g:Value concept="AREA" value="KZ"/>
            <g:Value concept="SEX" value="F"/></g:SeriesKey><g:Obs><g:Time>2021</g:Time></g:Obs></g:Series></g:DataSet>
            """;
        (List<string> lines, IssueList issues) = Read(Message("MessageGroup", compact + generic + compact));
        lines.Should().Equal("A A.AM.T 2020=1", "D A.KZ.F 2021=", "A A.AM.T 2020=1");
        issues.Count.Should().Be(0);
    }

    [Fact]
    public void A_data_set_without_key_family_follows_what_was_agreed_on()
    {
        string message = Message("GenericData", "<DataSet datasetID='X'><g:Series><g:SeriesKey><g:Value concept='FREQ' value='A'/></g:SeriesKey><g:Obs><g:Time>2021</g:Time><g:ObsValue value='5'/></g:Obs></g:Series></DataSet>");
        Read(message, options: new DataReaderOptions { FallbackStructure = Flow }).Lines.Should().Equal("R A.. 2021=5");
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().BeEmpty();
        issues.Kept.Should().ContainSingle(i => i.Code == IssueCodes.UnknownStructure && i.Location.Line > 0);
    }

    [Theory]
    [InlineData("<DataSet><g:KeyFamilyRef>DSD_X</g:KeyFamilyRef></DataSet>", "DSM:DSD_X(latest)")]
    [InlineData("<DataSet dataflowID='DF_X' dataflowAgencyID='ESTAT'/>", "ESTAT:DF_X(latest)")]
    [InlineData("<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:DSD_X:2.0:compact'/>", "BIS:DSD_X(2.0)")]
    [InlineData("<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:DSD_X:compact'/>", "BIS:DSD_X(latest)")]
    [InlineData("<DataSet keyFamilyURI='http://x.org/RestSDMX/sdmx.ashx/GetKeyFamily/DSD_X/OECD/?resolveRef=true'/>", "OECD:DSD_X(latest)")]
    public void The_key_family_is_named_in_any_of_the_ways(string dataSet, string expected)
    {
        List<string> asked = [];
        foreach (string root in new[] { "GenericData", "CompactData" }.Where(r => r == "GenericData" || !dataSet.Contains("KeyFamilyRef", StringComparison.Ordinal)))
        {
            asked.Clear();
            IssueList issues = new();
            using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Message(root, dataSet))), Remember, issues)!;
            reader.NextDataSet().Should().BeFalse();
            asked[0].Should().Be(expected);
            issues.Kept.Should().ContainSingle(i => i.Code == IssueCodes.UnknownStructure);
        }

        DataSchema? Remember(StructureReference reference)
        {
            asked.Add(reference.ToString());
            return null;
        }
    }

    [Fact]
    public void The_header_of_a_data_set_has_a_version_action_provider_and_id()
    {
        string message = Message("CompactData", $"<x:DataSet datasetID='D9' dataProviderID='ARMSTAT' dataProviderSchemeAgencyId='SDMX' xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'>{Series}</x:DataSet>", "Update");
        using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), Resolve, new IssueList())!;
        reader.NextDataSet().Should().BeTrue();
        DataSetHeader header = reader.DataSet!.Header;
        (header.Structure.ToString(), header.Action, header.SetId, header.DataProvider?.ToString()).Should().Be(("DSM:DSD_TEST(1.0)", DataSetAction.Append, "D9", "SDMX:DATA_PROVIDERS(1.0).ARMSTAT"));
        reader.Header!.SenderId.Should().Be("DSM");
    }

    [Theory]
    [InlineData("2001-B2", "2001-S2")]
    [InlineData("2001-W7", "2001-W07")]
    [InlineData("2001-W52", "2001-W52")]
    [InlineData("2001-Q1", "2001-Q1")]
    [InlineData("2001-01", "2001-01")]
    [InlineData("2001-01-31", "2001-01-31")]
    [InlineData("20010101", "!20010101")]
    [InlineData("2001-B3", "!2001-B3")]
    public void Times_are_read_in_the_forms_of_2_0(string sent, string expected)
        => Read(Compact($"<x:Series FREQ='A' AREA='AM' SEX='T'><x:Obs TIME_PERIOD='{sent}' OBS_VALUE='1'/></x:Series>")).Lines.Should().Equal($"R A.AM.T {expected}=1");

    [Theory]
    [InlineData("P3M", "2001-04", "2001-Q2")]
    [InlineData("P3M", "2001-05", "2001-05")]
    [InlineData("P6M", "2001-07", "2001-S2")]
    [InlineData("P1Y", "2001-01", "2001")]
    [InlineData("P1M", "2001-01", "2001-01")]
    [InlineData("P7D", "2001-01-01", "2001-01-01")]
    public void Periods_sent_as_their_first_month_are_told_by_their_time_format(string format, string sent, string expected)
    {
        DataSchema schema = Schema20(crossSectional: true);
        string[] messages =
        [
            Compact($"<x:Series COUNTRY='AM' TYPE='P' TIME_FORMAT='{format}'><x:Obs PERIOD='{sent}' VALUE='1'/></x:Series><x:Series COUNTRY='KZ' TYPE='P'><x:Obs PERIOD='2001-04' VALUE='1'/></x:Series>"),
            Message("CrossSectionalData", $"<x:DataSet xmlns:x='urn:x'><x:Group PERIOD='{sent}'><x:Section TIME_FORMAT='{format}'><x:STOCKS COUNTRY='AM' value='1'/></x:Section></x:Group><x:Group PERIOD='2001-04'><x:Section><x:STOCKS COUNTRY='KZ' value='1'/></x:Section></x:Group></x:DataSet>"),
        ];
        foreach (string message in messages)
        {
            IssueList issues = new();
            using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), _ => schema, issues, new DataReaderOptions { FallbackStructure = Flow })!;
            Describe(reader, 10).Should().Equal($"R AM.P {expected}=1 TIME_FORMAT:{format}", "R KZ.P 2001-04=1");
            issues.Count.Should().Be(0);
        }
    }

    [Fact]
    public void Components_are_found_by_their_concepts()
    {
        DataSchema schema = Schema20(crossSectional: true);
        IssueList issues = new();
        string message = Compact("<x:Series COUNTRY='AM' TYPE='P'><x:Obs PERIOD='2020' VALUE='1'/></x:Series>");
        using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), _ => schema, issues)!;
        Describe(reader, 10).Should().Equal("R AM.P 2020=1");
        issues.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cross_sectional_measures_are_codes_of_the_measure_dimension(bool fromKeyFamily)
    {
        DataSchema schema = Schema20(fromKeyFamily);
        (string stocks, string flows) = fromKeyFamily ? ("STOCKS", "FLOWS") : ("P", "Q");
        IssueList issues = new();
        string message = Message("CrossSectionalData", $"<x:DataSet xmlns:x='urn:x'><x:Group PERIOD='2020'><x:Section><x:{stocks} COUNTRY='AM' value='1'/><x:{flows} COUNTRY='AM' value='2'/></x:Section></x:Group></x:DataSet>");
        using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), _ => schema, issues, new DataReaderOptions { FallbackStructure = Flow })!;
        Describe(reader, 10).Should().Equal("R AM.P 2020=1", "R AM.Q 2020=2");
        issues.Count.Should().Be(0);
    }

    [Fact]
    public void A_measure_that_the_key_family_does_not_have_is_reported_and_counted()
    {
        IssueList issues = new();
        string message = Message("CrossSectionalData", "<x:DataSet xmlns:x='urn:x'>\n<x:Section>\n<x:WEALTH value='1'><x:Annotations/></x:WEALTH><x:OBS_VALUE AREA='AM' value='2'/></x:Section></x:DataSet>");
        using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), _ => Schema, issues, new DataReaderOptions { FallbackStructure = Flow })!;
        Describe(reader, 10).Should().ContainSingle();
        issues.Kept.Should().ContainSingle(i => i.Code == IssueCodes.UnknownComponent && i.Location.Component == "WEALTH" && i.Location.Line == 7);
        reader.Unreadable.Should().Be(1);
    }

    [Fact]
    public void Unknown_components_and_odd_elements_are_reported_with_their_place()
    {
        (List<string> lines, IssueList issues) = Read(Compact("<x:Series FREQ='A' AREA='AM' SEX='T' COLOUR='red'>\n<x:Obs TIME_PERIOD='2020' OBS_VALUE='1'><x:Odd/></x:Obs>text</x:Series>"));
        lines.Should().Equal("R A.AM.T 2020=1");
        issues.Kept.Select(i => (i.Code.Id, i.Location.Line)).Should().Equal(("D0003", 5), ("M0008", 6), ("M0010", 6));
    }

    [Fact]
    public void Code_lists_beside_the_data_are_passed_over()
    {
        string lists = "<CodeLists xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'><s:CodeList id='AREA'><s:Code value='AM'/></s:CodeList></CodeLists><Odd/>";
        (List<string> lines, IssueList issues) = Read(GenericMessage.Replace("<DataSet>", lists + "<DataSet>", StringComparison.Ordinal));
        lines.Should().Equal(DataReaderMessages.Expected);
        issues.Kept.Select(i => (i.Code, i.Arguments[0])).Should().Equal((IssueCodes.ArtefactSkipped, "CodeLists"), (IssueCodes.UnexpectedElement, "Odd"));
    }

    [Fact]
    public void A_data_set_that_is_passed_over_does_not_take_the_next_with_it()
    {
        string set = $"<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'>{Series}</x:DataSet>";
        string empty = "<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'></x:DataSet>";
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Message("CompactData", set + empty + set + empty))), Resolve, issues)!;
        int sets = 0;
        while (reader.NextDataSet())
        {
            sets++;
        }

        sets.Should().Be(4);
        issues.Count.Should().Be(0);
    }

    [Fact]
    public void The_message_is_found_in_an_envelope_of_any_service_and_a_fault_is_told()
    {
        string body = CompactMessage[CompactMessage.IndexOf("<CompactData", StringComparison.Ordinal)..];
        string envelope = $"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><GetCompactDataResponse xmlns='http://x'><GetCompactDataResult>{body}</GetCompactDataResult></GetCompactDataResponse></s:Body></s:Envelope>";
        (List<string> lines, IssueList issues) = Read(envelope);
        lines.Should().Equal(DataReaderMessages.Expected);
        issues.Count.Should().Be(0);
        (_, issues) = Read("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>no such flow</faultstring></s:Fault></s:Body></s:Envelope>");
        issues.Kept.Single().Should().Match<Issue>(i => i.Code == IssueCodes.SdmxErrorMessage && i.Arguments[1] == "s:Server no such flow");
    }

    [Theory]
    [InlineData("CompactData", "<x:Sibling>")]
    [InlineData("UtilityData", "<x:Series>")]
    [InlineData("GenericData", "<g:Group><g:Attributes>")]
    [InlineData("CrossSectionalData", "<x:Group>")]
    public void Deep_nesting_is_refused(string root, string open)
    {
        string text = Message(root, $"<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'>{string.Concat(Enumerable.Repeat(open, 50_000))}");
        Read(text).Issues.Kept.Select(i => i.Code).Should().Contain(IssueCodes.TooLarge);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("windows-1251")]
    [InlineData("iso-8859-5")]
    public void Other_encodings_are_read_as_they_are_declared(string name)
    {
        System.Text.Encoding encoding = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(CompactMessage.Replace("UTF-8", name, StringComparison.Ordinal))];
        (List<string> lines, IssueList issues) = Read(bytes);
        lines.Should().Equal(DataReaderMessages.Expected);
        issues.Count.Should().Be(0);
    }

    private static string Compact(string content)
        => Message("CompactData", $"<x:DataSet xmlns:x='urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:compact'>{content}</x:DataSet>");

    /// <summary>A structure whose components are not called as their concepts are, with a measure dimension of 2.0 or of 2.1.</summary>
    private static DataSchema Schema20(bool crossSectional)
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "DSM", "CS", "1.0", id);
        DataStructure structure = new()
        {
            Id = "DSD20",
            AgencyId = "DSM",
            Dimensions =
            [
                new Dimension { Id = "REF_AREA", Concept = Concept("COUNTRY") },
                new Dimension { Id = "JD_TYPE", Concept = Concept("TYPE"), IsMeasureDimension = !crossSectional },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("PERIOD"), IsTime = true },
            ],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("VALUE") }],
            Attributes = [new DataAttribute { Id = "TIME_FORMAT", Concept = Concept("TIME_FORMAT"), Relationship = AttributeRelationship.Dimensions, Dimensions = ["REF_AREA", "JD_TYPE"] }],
            CrossSectionalMeasures = !crossSectional ? [] :
            [
                new CrossSectionalMeasure { Id = "STOCKS", Concept = Concept("STOCKS"), DimensionId = "JD_TYPE", Code = "P" },
                new CrossSectionalMeasure { Id = "FLOWS", Concept = Concept("FLOWS"), DimensionId = "JD_TYPE", Code = "Q" },
            ],
        };
        return DataSchema.Resolve(new StructureSet([structure]), structure.Reference, new IssueList())!;
    }
}
