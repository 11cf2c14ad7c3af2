namespace Dsm.Sdmx.Tests.Formats;

/// <summary>The logical data set of <see cref="DataReaderMessages"/> in the four layouts of SDMX-ML 2.0, and wrappings of their pieces.</summary>
internal static class DataReaderMessages20
{
    public const string Namespaces = "xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' xmlns:g='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/generic' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";

    public static readonly string CompactMessage = Message("CompactData",
        """
        <x:DataSet SOURCE="Stat &amp; Co" datasetID="D1" xsi:type="x:DataSetType" xmlns:x="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:1.0:compact">
          <x:Sibling AREA="AM" SEX="T" TITLE="Armenia &quot;all&quot;"/>
          <x:Series FREQ="A" AREA="AM" SEX="T" UNIT="PS">
            <x:Obs TIME_PERIOD="2020" OBS_VALUE="100" STATUS="A"/>
            <x:Obs TIME_PERIOD="2021" OBS_VALUE="NaN" STATUS="M" NOTE="не было; &quot;x&quot;"></x:Obs>
            <x:Obs TIME_PERIOD="2022" OBS_VALUE="12.50" STATUS="E"/>
          </x:Series>
          <x:Series FREQ="Q" AREA="AM" SEX="T" UNIT="PS"><x:Obs TIME_PERIOD="2020-Q4" OBS_VALUE="7" STATUS="A"/></x:Series>
          <x:Series FREQ="M" AREA="KZ" SEX="F"><x:Obs TIME_PERIOD="2020-01" OBS_VALUE="-3"/><x:Obs TIME_PERIOD="2020-02" STATUS="M"/></x:Series>
        </x:DataSet>
        """);

    public static readonly string GenericMessage = Message("GenericData",
        $"""
        <DataSet>
          <g:KeyFamilyRef>DSD_TEST</g:KeyFamilyRef>
          <g:Attributes><g:Value concept="SOURCE" value="Stat &amp; Co"/></g:Attributes>
          <g:Group type="Sibling"><g:GroupKey>{Values("AREA=AM SEX=T")}</g:GroupKey><g:Attributes><g:Value concept="TITLE" value="Armenia &quot;all&quot;"/></g:Attributes>
            <g:Series><g:SeriesKey>{Values("FREQ=A AREA=AM SEX=T")}</g:SeriesKey><g:Attributes>{Values("UNIT=PS")}</g:Attributes>
              {Obs("2020", "100", "STATUS=A")}
              <g:Obs><g:Time>2021</g:Time><g:ObsValue value="NaN"/><g:Attributes>{Values("STATUS=M")}<g:Value concept="NOTE" value="не было; &quot;x&quot;"/></g:Attributes></g:Obs>
              {Obs("2022", "12.50", "STATUS=E")}
            </g:Series>
            <g:Series><g:SeriesKey>{Values("FREQ=Q AREA=AM SEX=T")}</g:SeriesKey><g:Attributes>{Values("UNIT=PS")}</g:Attributes>{Obs("2020-Q4", "7", "STATUS=A")}</g:Series>
          </g:Group>
          <g:Series><g:SeriesKey>{Values("FREQ=M AREA=KZ SEX=F")}</g:SeriesKey><g:Obs><g:Time>2020-01</g:Time><g:ObsValue value="-3"/></g:Obs>
            <g:Obs><g:Time>2020-02</g:Time><g:Attributes>{Values("STATUS=M")}</g:Attributes></g:Obs></g:Series>
        </DataSet>
        """);

    public static readonly string UtilityMessage = Message("UtilityData",
        """
        <x:DataSet SOURCE="Stat &amp; Co" xmlns:x="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:utility">
          <x:Sibling TITLE="Armenia &quot;all&quot;">
            <x:Series UNIT="PS">
              <x:Key><x:FREQ>A</x:FREQ><x:AREA>AM</x:AREA><x:SEX>T</x:SEX></x:Key>
              <x:Obs STATUS="A"><x:TIME_PERIOD>2020</x:TIME_PERIOD><x:OBS_VALUE>100</x:OBS_VALUE></x:Obs>
              <x:Obs STATUS="M" NOTE="не было; &quot;x&quot;"><x:TIME_PERIOD>2021</x:TIME_PERIOD><x:OBS_VALUE> NaN </x:OBS_VALUE></x:Obs>
              <x:Obs STATUS="E"><x:TIME_PERIOD>2022</x:TIME_PERIOD><x:OBS_VALUE>12.50</x:OBS_VALUE></x:Obs>
            </x:Series>
            <x:Series UNIT="PS"><x:Key><x:FREQ>Q</x:FREQ><x:AREA>AM</x:AREA><x:SEX>T</x:SEX></x:Key>
              <x:Obs STATUS="A"><x:TIME_PERIOD>2020-Q4</x:TIME_PERIOD><x:OBS_VALUE>7</x:OBS_VALUE></x:Obs></x:Series>
          </x:Sibling>
          <x:Series><x:Key><x:FREQ>M</x:FREQ><x:AREA>KZ</x:AREA><x:SEX>F</x:SEX></x:Key>
            <x:Obs><x:TIME_PERIOD>2020-01</x:TIME_PERIOD><x:OBS_VALUE>-3</x:OBS_VALUE></x:Obs>
            <x:Obs STATUS="M"><x:TIME_PERIOD>2020-02</x:TIME_PERIOD></x:Obs></x:Series>
        </x:DataSet>
        """);

    public static readonly string CrossSectionalMessage = Message("CrossSectionalData",
        """
        <x:DataSet SOURCE="Stat &amp; Co" xmlns:x="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=DSM:DSD_TEST:cross">
          <x:Group TIME="2020" FREQ="A"><x:Section SEX="T" TITLE="Armenia &quot;all&quot;"><x:OBS_VALUE AREA="AM" UNIT="PS" value="100" STATUS="A"/></x:Section></x:Group>
          <x:Group TIME="2021" FREQ="A"><x:Section SEX="T"><x:OBS_VALUE AREA="AM" UNIT="PS" value="NaN" STATUS="M" NOTE="не было; &quot;x&quot;"></x:OBS_VALUE></x:Section></x:Group>
          <x:Group TIME="2022" FREQ="A"><x:Section SEX="T"><x:OBS_VALUE AREA="AM" UNIT="PS" value="12.50" STATUS="E"/></x:Section></x:Group>
          <x:Group TIME="2020-Q4" FREQ="Q"><x:Section SEX="T"><x:OBS_VALUE AREA="AM" UNIT="PS" value="7" STATUS="A"/></x:Section></x:Group>
          <x:Section FREQ="M" SEX="F"><x:OBS_VALUE TIME="2020-01" AREA="KZ" value="-3"/><x:OBS_VALUE TIME="2020-02" AREA="KZ" STATUS="M"/></x:Section>
        </x:DataSet>
        """);

    public static string Message(string root, string dataSets, string action = "Replace")
        => $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <{root} {Namespaces}>
            <Header><ID>T1</ID><Test>true</Test><Truncated>false</Truncated><Name xml:lang="en">Test</Name><Prepared>2008-01-15T00:00:00</Prepared>
            <Sender id="DSM"><Name xml:lang="en">DSM</Name></Sender><Receiver id="HUB"/><KeyFamilyAgency>DSM</KeyFamilyAgency><DataSetAction>{action}</DataSetAction></Header>
            {dataSets}
            </{root}>
            """;

    private static string Obs(string time, string value, string attributes)
        => $"<g:Obs><g:Time>{time}</g:Time><g:ObsValue value=\"{value}\"/><g:Attributes>{Values(attributes)}</g:Attributes></g:Obs>";

    private static string Values(string pairs)
        => string.Concat(pairs.Split(' ').Select(p => p.Split('=')).Select(p => $"<g:Value concept=\"{p[0]}\" value=\"{p[1]}\"/>"));
}
