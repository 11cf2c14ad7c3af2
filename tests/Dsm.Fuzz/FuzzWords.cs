namespace Dsm.Fuzz;

/// <summary>Words that matter to readers: a mutation that puts one in goes further than random bytes.</summary>
public static class FuzzWords
{
    private static readonly string[] Odd = ["\0", "\uFEFF", "\uFFFE", "Ж", "😀", "\r\n", "\r", "1e999", "-1e-999", "99999999999999999999", "NaN", "-0", "2147483648", "1.", "true", "null", ""];

    private static readonly string[] XmlMarks =
    [
        "<!DOCTYPE a>", "<!-- -->", "<![CDATA[x]]>", "<?pi x?>", "&#x41;", "&#0;", "&#xD800;", "&amp;", "&lt;", "&a;", "</", "/>", "<a>", "</a>", "xmlns=\"\"", "xmlns:a=\"urn:a\"",
        "xsi:nil=\"true\"", "xml:lang=\"ru\"", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "encoding=\"utf-7\"", "encoding=\"windows-1251\"", "version=\"1.1\"", "\"", "'", "=",
    ];

    private static readonly string[] JsonMarks = ["{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud800", "\\ud83d\\ude00", "\\n", "\\", "{}", "[]", "\"a\":1,", "[[[[[[[[", "false", "1E400"];

    /// <summary>Of structures in XML.</summary>
    public static IReadOnlyList<string> StructureXml { get; } =
    [
        .. Odd, .. XmlMarks, "id=\"A\"", "id=\"\"", "agencyID=\"A\"", "version=\"1.0+.0\"", "version=\"*\"", "isFinal=\"true\"", "urn=\"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B(1.0)\"",
        "v2_0", "v2_1", "v3_0", "v3_1", "<s:Code id=\"A\"/>", "<c:Name xml:lang=\"en\">x</c:Name>", "<c:Description>x</c:Description>", "<Ref id=\"A\" agencyID=\"A\"/>", "<URN>urn:x</URN>", "<s:Parent>A</s:Parent>",
        "<s:Annotations/>", "position=\"1\"", "minOccurs=\"2\"", "maxOccurs=\"unbounded\"", "textType=\"Count\"", "validFrom=\"2020\"", "<c:Value>A</c:Value>", "<c:TimeRange/>", "<c:KeyValue id=\"A\"/>",
    ];

    /// <summary>Of structures in SDMX-ML 2.0.</summary>
    public static IReadOnlyList<string> StructureXml20 { get; } =
    [
        .. Odd, .. XmlMarks, "id=\"A\"", "id=\"\"", "value=\"A\"", "agency=\"A\"", "agencyID=\"A\"", "version=\"1.0\"", "version=\"*\"", "isFinal=\"true\"", "parentCode=\"A\"", "parent=\"A\"",
        "conceptRef=\"A\"", "conceptSchemeRef=\"CS\"", "codelist=\"CL\"", "isFrequencyDimension=\"true\"", "attachmentLevel=\"Group\"", "assignmentStatus=\"Mandatory\"", "<Name>x</Name>", "<Description>x</Description>",
        "<Code value=\"A\"><Description>x</Description></Code>", "<KeyFamilyRef/>", "<URN>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B(1.0)</URN>", "<CodeRef><CodeID>A</CodeID></CodeRef>", "<CodelistAliasRef>A</CodelistAliasRef>",
        "<AttachmentMeasure>A</AttachmentMeasure>", "<TextFormat textType=\"Count\"/>", "<Annotations/>", "<TargetReference/>", "<CrossSectionalMeasure conceptRef=\"A\" measureDimension=\"B\" code=\"C\"/>",
    ];

    /// <summary>Of structures in JSON.</summary>
    public static IReadOnlyList<string> StructureJson { get; } =
    [
        .. Odd, .. JsonMarks, "\"id\":\"A\",", "\"agencyID\":\"A\",", "\"version\":\"1.0\",", "\"codelists\":", "\"names\":{\"en\":\"x\"},", "\"items\":[],", "\"codes\":[", "\"data\":", "\"meta\":", "\"parent\":\"A\",",
        "\"annotations\":[{}],", "\"links\":[{}],", "\"isFinal\":true,", "\"dataStructures\":[", "\"dataConstraints\":[", "\"hierarchies\":[", "\"structureMaps\":[", "\"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B(1.0)\"",
    ];

    /// <summary>Of data in XML.</summary>
    public static IReadOnlyList<string> DataXml { get; } =
    [
        .. Odd, .. XmlMarks, "<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">", "</Series>", "<Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/>", "<Group AREA=\"AM\" SEX=\"T\" TITLE=\"x\"/>", "STATUS=\"A\"", "NOTE=\"a&#10;b\"",
        "<m:DataSet", "</m:DataSet>", "<g:Value id=\"FREQ\" value=\"A\"/>", "<g:Obs>", "</g:Obs>", "<Comp id=\"TAGS\"><Value>x</Value></Comp>", "ss:action=\"Delete\"", "ss:structureRef=\"S1\"", "\n", "\t",
    ];

    /// <summary>Of data in JSON.</summary>
    public static IReadOnlyList<string> DataJson { get; } =
    [
        .. Odd, .. JsonMarks, "\"dataSets\":[", "\"series\":{", "\"observations\":{", "\"0:0:0\":", "\"0\":[1],", "\"0:0:0:0\":[1,0],", "\"attributes\":[0,null],", "\"structure\":", "\"structures\":[", "\"action\":\"Replace\",",
        "\"dimensionGroupAttributes\":{", "\"links\":[", "\"values\":[{\"id\":\"A\"}],", "\"structure\":0,", "-1", "1.5",
    ];

    /// <summary>Of CSV.</summary>
    public static IReadOnlyList<string> Csv { get; } =
    [
        .. Odd, "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "STRUCTURE", "STRUCTURE[;]", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "DSM:DF_TEST(1.0)", "dataflow", "datastructure", "TIME_PERIOD", "OBS_VALUE",
        "NOTE[]", "TAGS[]", "\"a;b\"", "en:x;ru:ж", "A: Annual", "MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID", "SERIES_KEY", "OBS_KEY", ",,,,,,", "2020-Q1", "2020-01-01/P1Y",
    ];

    /// <summary>Of reference metadata in XML.</summary>
    public static IReadOnlyList<string> MetadataXml { get; } =
    [
        .. Odd, .. XmlMarks, "<g:Attribute id=\"CONTACT\">", "</g:Attribute>", "<g:Value>x</g:Value>", "<c:Text xml:lang=\"ru\">ж</c:Text>", "<c:StructuredText><p>x</p></c:StructuredText>", "<g:Target>urn:x</g:Target>",
        "<g:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:DF(1.0)</g:Target>", "<g:ReportedAttribute id=\"YEAR\" value=\"2020\"/>", "<g:Report id=\"R\">", "<g:ReferenceValue id=\"OBJ\">", "<c:Annotations/>",
        "<m:MetadataSet", "</m:MetadataSet>", "id=\"A\"", "agencyID=\"A\"", "version=\"1.0\"", "action=\"Delete\"", "setID=\"S\"", "structureRef=\"S1\"", "reportingBeginDate=\"2020\"", "xsi:type=\"x:R\"", "v2_1", "v3_0", "v3_1",
    ];

    /// <summary>Of reference metadata in JSON.</summary>
    public static IReadOnlyList<string> MetadataJson { get; } =
    [
        .. Odd, .. JsonMarks, "\"metadataSets\":[", "\"attributes\":[", "\"id\":\"CONTACT\",", "\"value\":\"x\",", "\"values\":{\"en\":\"x\"},", "\"value\":null", "\"value\":1.50", "\"format\":\"xhtml\",", "\"targets\":[\"urn:x\"],",
        "\"metadataflow\":\"urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=DSM:MDF_TEST(1.0)\",", "\"action\":\"Delete\",", "\"annotations\":[{}],", "\"links\":[{}],", "\"version\":\"1.0.0\",", "\"meta\":", "\"data\":",
    ];

    /// <summary>Of messages to and from registries.</summary>
    public static IReadOnlyList<string> Registry { get; } =
    [
        .. Odd, .. XmlMarks, "<r:SubmitStructureRequest action=\"Delete\">", "<r:StructureLocation>http://a</r:StructureLocation>", "<r:SubmittedStructure/>", "<r:MaintainableObject><URN>urn:x</URN></r:MaintainableObject>", "<r:Registration id=\"R\"/>",
        "<r:ProvisionAgreement><Ref id=\"A\" agencyID=\"A\"/></r:ProvisionAgreement>", "<r:StatusMessage status=\"Failure\"/>", "<r:MessageText code=\"1\"/>", "<c:Text>x</c:Text>", "<r:EventSelector>", "<r:StructuralRepositoryEvents>",
        "<r:AgencyID>%</r:AgencyID>", "<r:AllEvents/>", "<r:ID>%</r:ID>", "<r:Datasource/>", "<r:ReferencePeriod startTime=\"2020\" endTime=\"2021\"/>", "<r:CubeRegion/>", "isREST=\"true\"", "indexAttributes=\"1\"", "v2_1", "v3_0", "v3_1",
    ];

    /// <summary>Of error messages.</summary>
    public static IReadOnlyList<string> Errors { get; } =
    [
        .. Odd, .. XmlMarks, .. JsonMarks, "<m:ErrorMessage code=\"100\">", "</m:ErrorMessage>", "<c:Text xml:lang=\"ru\">ж</c:Text>", "<c:Text>x</c:Text>", "code=\"\"", "severity=\"Error\"", "v2_1", "v3_0", "v3_1",
        "\"errors\":[", "\"error\":[{", "\"code\":1,", "\"code\":\"100\",", "\"title\":\"x\",", "\"titles\":{\"en\":\"x\"},", "\"detail\":\"x\",", "\"details\":{\"ru\":\"ж\"},", "\"meta\":{},",
    ];

    /// <summary>Of messages of all kinds.</summary>
    public static IReadOnlyList<string> Any { get; } =
    [
        .. Odd, .. XmlMarks, .. JsonMarks, "PK\u0003\u0004", "<Series/>", "<Obs/>", "DataSet", "Structures", "Codelist", "Header", "Footer", "\"codelists\":[{", "\"dataSets\":[{", "\"errors\":[{\"code\":1}]", "\"schema\":\"sdmx 2.0\"",
        "SOAP-ENV:Envelope", "<html>", "STRUCTURE,STRUCTURE_ID,ACTION", "\"", ",", "\n",
    ];

    /// <summary>Of REST addresses.</summary>
    public static IReadOnlyList<string> Rest { get; } =
    [
        .. Odd, "/", "?", "&", "=", "%", "%2", "%FF", "%00", "%2F", "+", "*", "~", "latest", "all", ".", "..", ",", ":", "data/", "dataflow/", "structure/", "schema/", "availability/", "availableconstraint/", "metadata/",
        "c[TIME_PERIOD]=ge:2020", "c[", "updatedAfter=2020-01-01", "startPeriod=2020-Q1", "firstNObservations=1", "detail=full", "references=children", "dimensionAtObservation=AllDimensions", "asOf=", "attributes=", "measures=", "includeHistory=true", "offset=1", "limit=1",
    ];

    /// <summary>Of names, versions and periods.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Odd, "urn:sdmx:org.sdmx.infomodel.", "codelist.Codelist=", "(1.0)", "1.0.0-draft", "+", "*", "~", ".", ":", "latest", "2020-W53", "-Q4", "-M12", "-D366", "-A1", "T00:00:00", "Z", "+14:00", "/P1Y", "/PT1S", "-02-29", ".9999999",
    ];
}
