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
