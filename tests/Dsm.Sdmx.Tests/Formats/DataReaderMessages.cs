namespace Dsm.Sdmx.Tests.Formats;

/// <summary>One logical data set in every dialect, and ways to wrap pieces of messages.</summary>
internal static class DataReaderMessages
{
    /// <summary>What every dialect below must give.</summary>
    public static readonly string[] Expected =
    [
        "R A.AM.T 2020=100 STATUS:A SOURCE:Stat & Co TITLE:Armenia \"all\" UNIT:PS",
        "R A.AM.T 2021=NaN STATUS:M NOTE:не было; \"x\" SOURCE:Stat & Co TITLE:Armenia \"all\" UNIT:PS",
        "R A.AM.T 2022=12.50 STATUS:E SOURCE:Stat & Co TITLE:Armenia \"all\" UNIT:PS",
        "R Q.AM.T 2020-Q4=7 STATUS:A SOURCE:Stat & Co TITLE:Armenia \"all\" UNIT:PS",
        "R M.KZ.F 2020-01=-3 SOURCE:Stat & Co",
        "R M.KZ.F 2020-02= STATUS:M SOURCE:Stat & Co",
    ];

    public static TheoryData<string> Dialects => [.. All.Keys];

    public static readonly Dictionary<string, string> All = new()
    {
        ["structure-specific 2.1"] = StructureSpecific21(
            """
            <Group xsi:type="ns1:Sibling" AREA="AM" SEX="T" TITLE="Armenia &quot;all&quot;"/>
            <Series FREQ="A" AREA="AM" SEX="T" UNIT="PS">
              <Obs TIME_PERIOD="2020" OBS_VALUE="100" STATUS="A"/>
              <Obs TIME_PERIOD="2021" OBS_VALUE="NaN" STATUS="M" NOTE="&#x43D;е было; &quot;x&quot;"/>
              <Obs OBS_VALUE="12.50" STATUS="E" TIME_PERIOD="2022"></Obs>
            </Series>
            <Series UNIT="PS" SEX="T" AREA="AM" FREQ="Q"><Obs TIME_PERIOD="2020-Q4" OBS_VALUE="7" STATUS="A"/></Series>
            <Series FREQ="M" AREA="KZ" SEX="F">
              <Obs TIME_PERIOD="2020-01" OBS_VALUE="-3"/>
              <Obs TIME_PERIOD="2020-02" STATUS="M"/>
            </Series>
            """),
        ["structure-specific 2.1 flat"] = StructureSpecific21(
            """
            <Group AREA="AM" SEX="T" TITLE="Armenia &quot;all&quot;"/>
            <Obs FREQ="A" AREA="AM" SEX="T" UNIT="PS" TIME_PERIOD="2020" OBS_VALUE="100" STATUS="A"/>
            <Obs FREQ="A" AREA="AM" SEX="T" UNIT="PS" TIME_PERIOD="2021" OBS_VALUE="NaN" STATUS="M" NOTE="не было; &quot;x&quot;"/>
            <Obs FREQ="A" AREA="AM" SEX="T" UNIT="PS" TIME_PERIOD="2022" OBS_VALUE="12.50" STATUS="E"/>
            <Obs FREQ="Q" AREA="AM" SEX="T" UNIT="PS" TIME_PERIOD="2020-Q4" OBS_VALUE="7" STATUS="A"/>
            <Obs FREQ="M" AREA="KZ" SEX="F" TIME_PERIOD="2020-01" OBS_VALUE="-3"/>
            <Obs FREQ="M" AREA="KZ" SEX="F" TIME_PERIOD="2020-02" STATUS="M"/>
            """,
            "AllDimensions"),
        ["structure-specific 2.1 by area"] = StructureSpecific21(
            """
            <Group AREA="AM" SEX="T" TITLE="Armenia &quot;all&quot;"/>
            <Series FREQ="A" SEX="T" TIME_PERIOD="2020" UNIT="PS"><Obs AREA="AM" OBS_VALUE="100" STATUS="A"/></Series>
            <Series FREQ="A" SEX="T" TIME_PERIOD="2021" UNIT="PS" STATUS="M"><Obs AREA="AM" OBS_VALUE="NaN" NOTE="не было; &quot;x&quot;"/></Series>
            <Series FREQ="A" SEX="T" TIME_PERIOD="2022"><Obs AREA="AM" OBS_VALUE="12.50" STATUS="E" UNIT="PS"/></Series>
            <Series FREQ="Q" SEX="T" TIME_PERIOD="2020-Q4" UNIT="PS"><Obs AREA="AM" OBS_VALUE="7" STATUS="A"/></Series>
            <Series FREQ="M" SEX="F" TIME_PERIOD="2020-01"><Obs AREA="KZ" OBS_VALUE="-3"/></Series>
            <Series FREQ="M" SEX="F" TIME_PERIOD="2020-02"><Obs AREA="KZ" STATUS="M"/></Series>
            """,
            "AREA"),
        ["structure-specific 3.0"] = StructureSpecific30(
            """
            <Atts SOURCE="Stat &amp; Co"/>
            <Group type="Sibling" AREA="AM" SEX="T"><Comp id="TITLE"><Value>Armenia "all"</Value></Comp></Group>
            <Series FREQ="A" AREA="AM" SEX="T">
              <Comp id="UNIT" xsi:type="ns1:UNIT"><Value>PS</Value></Comp>
              <Obs TIME_PERIOD="2020" OBS_VALUE="100" STATUS="A"/>
              <Obs TIME_PERIOD="2021" OBS_VALUE="NaN" STATUS="M"><Comp id="NOTE"><Value>не было; "x"</Value></Comp></Obs>
              <Obs TIME_PERIOD="2022" OBS_VALUE="12.50"><Comp id="STATUS"><Value>E</Value></Comp></Obs>
            </Series>
            <Series FREQ="Q" AREA="AM" SEX="T" UNIT="PS"><Obs TIME_PERIOD="2020-Q4" OBS_VALUE="7" STATUS="A"/></Series>
            <Series FREQ="M" AREA="KZ" SEX="F"><Obs TIME_PERIOD="2020-01" OBS_VALUE="-3"/><Obs TIME_PERIOD="2020-02" STATUS="M"/></Series>
            """),
        ["generic 2.1"] = Generic21(
            $"""
            <g:Attributes><g:Value id="SOURCE" value="Stat &amp; Co"/></g:Attributes>
            <g:Group type="Sibling"><g:GroupKey><g:Value id="AREA" value="AM"/><g:Value id="SEX" value="T"/></g:GroupKey><g:Attributes><g:Value value="Armenia &quot;all&quot;" id="TITLE"/></g:Attributes></g:Group>
            <g:Series><g:SeriesKey>{Values("FREQ=A AREA=AM SEX=T")}</g:SeriesKey><g:Attributes>{Values("UNIT=PS")}</g:Attributes>
              <g:Obs><g:ObsDimension id="TIME_PERIOD" value="2020"/><g:ObsValue value="100"/><g:Attributes>{Values("STATUS=A")}</g:Attributes></g:Obs>
              <g:Obs><g:ObsDimension value="2021"/><g:ObsValue value="NaN"/><g:Attributes>{Values("STATUS=M")}<g:Value id="NOTE" value="не было; &quot;x&quot;"/></g:Attributes></g:Obs>
              <g:Obs><g:ObsDimension value="2022"/><g:ObsValue value="12.50"/><g:Attributes>{Values("STATUS=E")}</g:Attributes></g:Obs>
            </g:Series>
            <g:Series><g:SeriesKey>{Values("FREQ=Q AREA=AM SEX=T")}</g:SeriesKey><g:Attributes>{Values("UNIT=PS")}</g:Attributes>
              <g:Obs><g:ObsDimension value="2020-Q4"/><g:ObsValue value="7"/><g:Attributes>{Values("STATUS=A")}</g:Attributes></g:Obs></g:Series>
            <g:Series><g:SeriesKey>{Values("FREQ=M AREA=KZ SEX=F")}</g:SeriesKey>
              <g:Obs><g:ObsDimension value="2020-01"/><g:ObsValue value="-3"/></g:Obs>
              <g:Obs><g:ObsDimension value="2020-02"/><g:Attributes>{Values("STATUS=M")}</g:Attributes></g:Obs></g:Series>
            """),
        ["generic 2.1 flat"] = Generic21(
            $"""
            <g:Attributes><g:Value id="SOURCE" value="Stat &amp; Co"/></g:Attributes>
            <g:Group type="Sibling"><g:GroupKey>{Values("AREA=AM SEX=T")}</g:GroupKey><g:Attributes><g:Value value="Armenia &quot;all&quot;" id="TITLE"/></g:Attributes></g:Group>
            <g:Obs><g:ObsKey>{Values("FREQ=A AREA=AM SEX=T TIME_PERIOD=2020")}</g:ObsKey><g:ObsValue value="100"/><g:Attributes>{Values("STATUS=A UNIT=PS")}</g:Attributes></g:Obs>
            <g:Obs><g:ObsKey>{Values("FREQ=A AREA=AM SEX=T TIME_PERIOD=2021")}</g:ObsKey><g:ObsValue value="NaN"/><g:Attributes>{Values("UNIT=PS STATUS=M")}<g:Value id="NOTE" value="не было; &quot;x&quot;"/></g:Attributes></g:Obs>
            <g:Obs><g:ObsKey>{Values("FREQ=A AREA=AM SEX=T TIME_PERIOD=2022")}</g:ObsKey><g:ObsValue value="12.50"/><g:Attributes>{Values("STATUS=E UNIT=PS")}</g:Attributes></g:Obs>
            <g:Obs><g:ObsKey>{Values("TIME_PERIOD=2020-Q4 FREQ=Q AREA=AM SEX=T")}</g:ObsKey><g:ObsValue value="7"/><g:Attributes>{Values("STATUS=A UNIT=PS")}</g:Attributes></g:Obs>
            <g:Obs><g:ObsKey>{Values("FREQ=M AREA=KZ SEX=F TIME_PERIOD=2020-01")}</g:ObsKey><g:ObsValue value="-3"/></g:Obs>
            <g:Obs><g:ObsKey>{Values("FREQ=M AREA=KZ SEX=F TIME_PERIOD=2020-02")}</g:ObsKey><g:Attributes>{Values("STATUS=M")}</g:Attributes></g:Obs>
            """,
            "AllDimensions"),
        ["compact 2.0"] = DataReaderMessages20.CompactMessage,
        ["generic 2.0"] = DataReaderMessages20.GenericMessage,
        ["utility 2.0"] = DataReaderMessages20.UtilityMessage,
        ["cross-sectional 2.0"] = DataReaderMessages20.CrossSectionalMessage,
        ["csv 1.0"] =
            """"
            DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,SOURCE,TITLE,UNIT,STATUS,NOTE
            DSM:DF_TEST(1.0),A,AM,T,2020,100,Stat & Co,"Armenia ""all""",PS,A,
            DSM:DF_TEST(1.0),A,AM,T,2021,NaN,Stat & Co,"Armenia ""all""",PS,M,"не было; ""x"""
            DSM:DF_TEST(1.0),A,AM,T,2022,12.50,Stat & Co,"Armenia ""all""",PS,E,
            DSM:DF_TEST(1.0),Q,AM,T,2020-Q4,7,Stat & Co,"Armenia ""all""",PS,A,
            DSM:DF_TEST(1.0),M,KZ,F,2020-01,-3,Stat & Co,,,,
            DSM:DF_TEST(1.0),M,KZ,F,2020-02,,Stat & Co,,,M,
            """",
        ["csv 2.0"] =
            """"
            STRUCTURE;STRUCTURE_ID;ACTION;SERIES_KEY;TIME_PERIOD;SEX;AREA;FREQ;OBS_VALUE: Value;STATUS: Status;TITLE;UNIT: Unit;NOTE;SOURCE
            dataflow;DSM:DF_TEST(1.0): Test;R;A.AM.T;2020;T;AM;A;100;A: Normal;"Armenia ""all""";PS: Persons;;Stat & Co
            dataflow;DSM:DF_TEST(1.0): Test;R;A.AM.T;2021;T;AM;A;NaN;M: Missing;"Armenia ""all""";PS: Persons;"не было; ""x""";Stat & Co
            dataflow;DSM:DF_TEST(1.0): Test;R;A.AM.T;2022;T;AM;A;12.50;E: Estimate;;PS: Persons;;
            dataflow;DSM:DF_TEST(1.0): Test;R;Q.AM.T;2020-Q4;T;AM;Q;7;A: Normal;;PS: Persons;;
            dataflow;DSM:DF_TEST(1.0): Test;R;M.KZ.F;2020-01;F;KZ;M;-3;;;;;
            dataflow;DSM:DF_TEST(1.0): Test;R;M.KZ.F;2020-02;F;KZ;M;;M: Missing;;;;
            """",
    };

    public static string StructureSpecific21(string content, string dimensionAtObservation = "TIME_PERIOD", string header = "", string dataSet = "SOURCE=\"Stat &amp; Co\"", string tail = "")
        => $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:ns1="urn:x">
            <m:Header><m:ID>T1</m:ID><m:Test>true</m:Test><m:Prepared>2025-01-15T00:00:00</m:Prepared><m:Sender id="DSM"/><m:Receiver id="HUB"/>{header}
            <m:Structure structureID="S1" namespace="urn:x" dimensionAtObservation="{dimensionAtObservation}"><c:StructureUsage><Ref agencyID="DSM" id="DF_TEST" version="1.0"/></c:StructureUsage></m:Structure></m:Header>
            <m:DataSet xsi:type="ns1:DataSetType" ss:structureRef="S1" ss:dataScope="DataStructure" ss:action="Replace" {dataSet}>
            {content}
            </m:DataSet>{tail}
            </m:StructureSpecificData>
            """;

    public static string StructureSpecific30(string content, string dataSets = "")
        => $"""
            <m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific" xmlns:ns1="urn:x">
            <m:Header><m:ID>T1</m:ID><m:Test>true</m:Test><m:Prepared>2025-01-15T00:00:00</m:Prepared><m:Sender id="DSM"/>
            <m:Structure structureID="S1" namespace="urn:x" dimensionAtObservation="TIME_PERIOD"><c:StructureUsage>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:DF_TEST(1.0)</c:StructureUsage></m:Structure>
            <m:DataSetAction>Replace</m:DataSetAction></m:Header>
            <m:DataSet xsi:type="ns1:DataSetType" ss:structureRef="S1">
            {content}
            </m:DataSet>{dataSets}
            </m:StructureSpecificData>
            """;

    public static string Generic21(string content, string dimensionAtObservation = "TIME_PERIOD", string root = "GenericData")
        => $"""
            <m:{root} xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
                xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic">
            <m:Header><m:ID>T1</m:ID><m:Test>true</m:Test><m:Prepared>2025-01-15T00:00:00</m:Prepared><m:Sender id="DSM"/>
            <m:Structure structureID="S1" dimensionAtObservation="{dimensionAtObservation}"><c:Structure><URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=DSM:DSD_TEST(1.0)</URN></c:Structure></m:Structure></m:Header>
            <m:DataSet structureRef="S1" action="Replace">
            {content}
            </m:DataSet></m:{root}>
            """;

    public static string Values(string pairs)
        => string.Concat(pairs.Split(' ').Select(p => p.Split('=')).Select(p => $"<g:Value id=\"{p[0]}\" value=\"{p[1]}\"/>"));
}
