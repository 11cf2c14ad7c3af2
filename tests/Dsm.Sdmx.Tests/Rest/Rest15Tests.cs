using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

public class Rest15Tests
{
    private const string Table = """
        # structures: defaults, words, several
        codelist -> =
        codelist/ -> codelist
        /codelist/all/all/latest/all -> codelist
        codelist/*/*/latest -> codelist
        codelist/SDMX -> =
        codelist/SDMX/CL_FREQ -> =
        codelist/SDMX/CL_FREQ/latest -> codelist/SDMX/CL_FREQ
        codelist/SDMX/CL_FREQ/2.1 -> =
        codelist/SDMX/CL_FREQ/2.1/ -> codelist/SDMX/CL_FREQ/2.1
        codelist/SDMX/CL_FREQ/all -> =
        codelist/SDMX/CL_FREQ/2.0+2.1 -> =
        codelist/SDMX/CL_FREQ/2.0%2B2.1 -> codelist/SDMX/CL_FREQ/2.0+2.1
        codelist/SDMX+ECB/CL_FREQ+CL_SEX/all -> =
        codelist/SDMX/CL_FREQ/latest/A+M -> =
        codelist/SDMX/CL_FREQ/2.1/all -> codelist/SDMX/CL_FREQ/2.1
        codelist/all/CL_FREQ -> =
        codelist//CL_FREQ -> codelist/all/CL_FREQ
        codelist/ECB.DISS/CL_X -> =
        categoryscheme/SDMX/X/1.0/A.B.C -> =
        conceptscheme -> =
        datastructure/EECA/DSD_RSD/1.0.0 -> =
        metadatastructure -> =
        dataflow/all/all/all -> =
        metadataflow -> =
        provisionagreement -> =
        structureset -> =
        categorisation -> =
        agencyscheme/SDMX/AGENCIES/1.0 -> =
        dataproviderscheme -> =
        dataconsumerscheme -> =
        organisationunitscheme -> =
        organisationscheme -> =
        contentconstraint -> =
        actualconstraint -> =
        allowedconstraint/EECA -> =
        hierarchicalcodelist/EECA/H_CIS/1.0.0/X -> =
        structure -> =
        structure/EECA/all/all -> =
        # detail and references
        codelist?detail=full -> codelist
        codelist?detail=allstubs -> =
        codelist?detail=referencestubs -> =
        codelist?detail=allcompletestubs -> =
        codelist?detail=referencecompletestubs -> =
        dataflow/EECA/DF?detail=referencepartial&references=descendants -> =
        codelist?references=none -> codelist
        dataflow?references=parents -> =
        dataflow?references=parentsandsiblings -> =
        dataflow?references=children -> =
        dataflow?references=all -> =
        dataflow?references=codelist -> =
        dataflow?references=process -> =
        dataflow?references=structureset -> =
        dataflow?references=organisationscheme -> =
        dataflow?references=contentconstraint -> =
        dataflow?references=namealiasscheme -> dataflow
        transformationscheme/SDMX/X/1.0/T1 -> =
        reportingtaxonomy/SDMX/X/1.0/A.B -> =
        # data: the flow
        data/EXR -> =
        data/ECB,EXR -> =
        data/ECB,EXR,1.0 -> =
        data/ECB,EXR,latest -> data/ECB,EXR
        data/all,EXR,1.0 -> =
        data/ECB%2CEXR%2C1.0/all -> data/ECB,EXR,1.0
        data/EXR/ -> data/EXR
        data/EXR/all/all -> data/EXR
        data/EXR/all/all/ -> data/EXR
        # data: the key
        data/EXR/M.USD.EUR.SP00.A -> =
        data/EXR/M.USD+GBP.EUR.SP00.A -> =
        data/EXR/M.USD%2BGBP..SP00.A -> data/EXR/M.USD+GBP..SP00.A
        data/EXR/D..EUR.SP00. -> =
        data/EXR/.. -> data/EXR
        data/EXR/.... -> data/EXR
        data/EXR/*.*.* -> data/EXR
        data/EXR/*.USD.* -> data/EXR/.USD.
        data/EXR/* -> data/EXR
        data/EXR/A -> =
        data/EXR//ECB -> data/EXR/all/ECB
        # data: the provider
        data/EXR/all/ECB -> =
        data/EXR/all/CH2+NO2 -> =
        data/EXR/all/ECB,4F0 -> =
        data/EXR/all/ECB,4F0+UIS -> =
        # data: parameters
        data/EXR?startPeriod=2009-05-01&endPeriod=2009-05-31 -> =
        data/EXR?startPeriod=2012 -> =
        data/EXR?endPeriod=2012-Q4 -> =
        data/EXR?startPeriod=2012-M03&endPeriod=2012-W52 -> =
        data/EXR?startPeriod=2012-D032 -> =
        data/EXR?startPeriod=2012-A1&endPeriod=2013-S2 -> =
        data/EXR?startPeriod=2012-01-01T00:00:00 -> =
        data/EXR?updatedAfter=2009-05-15T14:15:00Z -> =
        data/EXR?updatedAfter=2009-05-15T14:15:00%2B01:00 -> data/EXR?updatedAfter=2009-05-15T13:15:00Z
        data/EXR?updatedAfter=2009-05-15T14:15:00+01:00 -> data/EXR?updatedAfter=2009-05-15T13:15:00Z
        data/EXR?updatedAfter=2009-05-15T14%3A15%3A00%2B01%3A00 -> data/EXR?updatedAfter=2009-05-15T13:15:00Z
        data/EXR?updatedAfter=2009-05-15T14:15:00 -> data/EXR?updatedAfter=2009-05-15T14:15:00Z
        data/EXR?updatedAfter=2009-05-15 -> data/EXR?updatedAfter=2009-05-15T00:00:00Z
        data/EXR?updatedAfter=2019 -> data/EXR?updatedAfter=2019-01-01T00:00:00Z
        data/EXR?firstNObservations=1 -> =
        data/EXR?firstNObservations=1&lastNObservations=12 -> =
        data/EXR?dimensionAtObservation=TIME_PERIOD -> =
        data/EXR?dimensionAtObservation=AllDimensions -> =
        data/EXR?dimensionAtObservation=CURRENCY -> =
        data/EXR?detail=full -> data/EXR
        data/EXR?detail=dataonly -> =
        data/EXR?detail=serieskeysonly -> =
        data/EXR?detail=nodata -> =
        data/EXR?includeHistory=true -> =
        data/EXR?includeHistory=false -> data/EXR
        data/EXR?format=csv&lang=ru -> data/EXR
        # availability and schema
        availableconstraint/EXR -> =
        availableconstraint/ECB,EXR,1.0/M..EUR/all/CURRENCY -> =
        availableconstraint/EXR/all/all/CURRENCY+FREQ?mode=available -> =
        availableconstraint/EXR?mode=exact&references=codelist -> availableconstraint/EXR?references=codelist
        availableconstraint/EXR?references=all -> =
        availableconstraint/EXR?startPeriod=2010 -> =
        schema/datastructure/ECB/ECB_EXR1 -> =
        schema/dataflow/ECB/EXR/1.0?dimensionAtObservation=TIME_PERIOD -> =
        schema/provisionagreement/ECB/EXR_UIS/latest -> schema/provisionagreement/ECB/EXR_UIS
        schema/metadataflow/ECB/X/1.0 -> =
        schema/datastructure/ECB/X?explicitMeasure=true -> =
        # reference metadata
        metadata/EXR -> =
        metadata/EXR/all -> metadata/EXR
        metadata/ECB,EXR,1.0/all/ECB,FR2+DE2 -> =
        metadata/EXR?detail=full -> metadata/EXR
        metadata/EXR?updatedAfter=2020-01-01T00:00:00Z -> =
        metadata -> R0008:flowRef
        metadata/A,B,1.0,x -> R0007:flowRef
        metadata/EXR?nonsense=1 -> R0001:nonsense
        metadata/EXR?detail=nonsense -> R0002:detail
        metadata/EXR/all/all/all -> R0006
        metadata/EXR/A.B -> =
        metadata/EXR/A..C+D -> =
        metadata/EXR/.. -> metadata/EXR
        metadata/EXR/A.B/FR2?startPeriod=2020&endPeriod=2021-Q2&updatedAfter=2020-01-01T00:00:00Z&includeHistory=true -> =
        metadata/EXR?firstNObservations=1&lastNObservations=2&dimensionAtObservation=X -> metadata/EXR
        metadata/EXR?firstNObservations=0&startPeriod=x&includeHistory=x -> R0002:firstNObservations R0002:startPeriod R0002:includeHistory
        metadata/EXR/A;B -> R0007:key
        process -> =
        reportingtaxonomy/SDMX -> =
        attachmentconstraint -> =
        transformationscheme -> =
        rulesetscheme -> =
        namealiasscheme -> 501
        vtlmappingscheme -> =
        # of no standard, or of the other line
        nosuch -> 404
        Codelist -> 404
        hierarchy -> 404
        valuelist -> 404
        registration/id/x -> 404
        availability/dataflow/ECB/EXR -> 404
        # malformed
        data -> R0008:flowRef
        data/ECB,EXR,1.0,X -> R0007:flowRef
        data/ECB,EXR,x.y -> R0007:version
        data/EX R -> R0007:flowRef
        data/EXR/A;B -> R0007:key
        data/EXR/A+.B -> R0007:key
        data/EXR/all/ECB,UIS,X -> R0007:providerRef
        data/EXR/all/ECB,UIS/x -> R0006
        data/EXR?startPeriod=yesterday -> R0002:startPeriod
        data/EXR?endPeriod=2012-13 -> R0002:endPeriod
        data/EXR?startPeriod= -> R0002:startPeriod
        data/EXR?firstNObservations=0 -> R0002:firstNObservations
        data/EXR?lastNObservations=-1 -> R0002:lastNObservations
        data/EXR?lastNObservations=two -> R0002:lastNObservations
        data/EXR?detail=some -> R0002:detail
        data/EXR?includeHistory=maybe -> R0002:includeHistory
        data/EXR?updatedAfter=never -> R0002:updatedAfter
        data/EXR?dimensionAtObservation=A.B -> R0002:dimensionAtObservation
        data/EXR?c[FREQ]=A -> R0001:c[FREQ]
        data/EXR?attributes=none -> R0001:attributes
        data/EXR?asOf=2020-01-01T00:00:00Z -> R0001:asOf
        data/EXR?startPeriod=2010&startPeriod=2011 -> R0003:startPeriod
        data/EXR?startperiod=2010 -> R0001:startperiod
        data/EXR%2 -> R0013 R0007:flowRef
        codelist?detail=raw -> R0002:detail
        codelist?references=ancestors -> R0002:references
        codelist?references=parents,children -> R0002:references
        codelist/SDMX/CL_FREQ/1.0.0.0 -> R0007:version
        codelist/SDMX/CL_FREQ/1.0/A/B -> R0006
        dataflow/SDMX/DF/1.0/A -> R0006
        codelist/SD:MX -> R0007:agencyID
        codelist/SDMX/CL,FREQ -> R0007:resourceID
        schema/codelist/SDMX/CL_FREQ -> R0007:context
        schema/datastructure/ECB -> R0008
        schema/datastructure/all/X -> R0008
        availableconstraint/EXR?mode=fuzzy -> R0002:mode
        availableconstraint/EXR?references=valuelist -> R0002:references
        """;

    public static TheoryData<string, string> Addresses() => RestTable.Rows(Table);

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_means_what_the_standard_says(string address, string expected)
        => RestTable.Check(address, expected, Rest15.Parse, Rest15.Print);
}
