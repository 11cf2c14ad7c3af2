using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

public class Rest2Tests
{
    private const string Table = """
        # structures
        structure -> structure/*
        structure/* -> =
        structure/*/*/*/* -> =
        structure/*/EECA/*/~ -> structure/*/EECA
        structure/codelist -> =
        structure/codelist/SDMX/CL_FREQ/2.1 -> =
        structure/codelist/SDMX/CL_FREQ/~ -> structure/codelist/SDMX/CL_FREQ
        structure/codelist/SDMX/CL_FREQ/~/A,M -> =
        structure/codelist/SDMX,ECB/CL_FREQ%2CCL_SEX -> structure/codelist/SDMX,ECB/CL_FREQ,CL_SEX
        structure/codelist/*/*/+ -> =
        structure/codelist/*/*/%2B -> structure/codelist/*/*/+
        structure/codelist/A/B/1+.0.0 -> =
        structure/codelist/A/B/1.2+.0 -> =
        structure/codelist/A/B/1.0.0-draft -> =
        structure/codelist/A/B/1.+.0 -> =
        structure/codelist/A/B/1.2.~ -> =
        structure/codelist/A/B/~.0 -> =
        structure/codelist/A/B/1.2.3* -> =
        structure/codelist/A/B/1.0,2.0.0,~ -> =
        structure/hierarchy/A/B/~/X -> =
        structure/hierarchyassociation -> =
        structure/valuelist -> =
        structure/structuremap -> =
        structure/categoryschememap/A/B/~ -> structure/categoryschememap/A/B
        structure/reportingtaxonomymap -> =
        structure/geogridcodelist/A -> =
        structure/all/ECB?detail=allstubs -> structure/*/ECB?detail=allstubs
        structure/valuelist/A/B/~/%E2%82%AC,a%20b -> =
        structure/representationmap -> =
        structure/dataconstraint -> =
        structure/metadataproviderscheme -> =
        structure/metadataprovisionagreement -> =
        structure/datastructure/A/B?detail=raw -> =
        structure/datastructure/A/B?detail=full -> structure/datastructure/A/B
        structure/datastructure/A/B?references=children,codelist -> =
        structure/datastructure/A/B?references=parents,ancestors -> =
        structure/datastructure/A/B?references=all&detail=referencepartial -> structure/datastructure/A/B?detail=referencepartial&references=all
        structure/datastructure/A/B?references=process -> =
        structure/datastructure/A/B?asOf=2024-01-01T00:00:00Z -> =
        # data: path and defaults
        data/dataflow/ECB/EXR/1.0/D.USD.EUR.SP00.A -> =
        data/dataflow/ECB/EXR/*/* -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR/* -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR/ -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR -> =
        data/dataflow -> =
        data/* -> =
        data -> data/*
        data/*/*/*/*/* -> data/*
        data/dataflow/ECB/EXR/~ -> =
        data/dataflow/ECB/EXR/+ -> =
        data/dataflow/ECB,BIS/EXR,FX/1.0.0 -> =
        data/datastructure/ECB/ECB_EXR1/1.0.0 -> =
        data/provisionagreement/EECA/PA_RSD_ARM/1.0.0 -> =
        # data: keys
        data/dataflow/ECB/EXR/*/D.USD -> =
        data/dataflow/ECB/EXR/*/D.USD.*.*.* -> data/dataflow/ECB/EXR/*/D.USD
        data/dataflow/ECB/EXR/*/D.*.EUR -> =
        data/dataflow/ECB/EXR/*/*.USD -> =
        data/dataflow/ECB/EXR/*/M.USD.*,A.CHF.* -> data/dataflow/ECB/EXR/*/M.USD,A.CHF
        data/dataflow/ECB/EXR/*/M.USD%2CA.CHF -> data/dataflow/ECB/EXR/*/M.USD,A.CHF
        data/dataflow/ECB/EXR/*/*.*.* -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR/*/D..EUR -> data/dataflow/ECB/EXR/*/D.*.EUR
        data/dataflow/ECB/EXR/*/A.X,* -> data/dataflow/ECB/EXR
        # data: filters
        data/dataflow/ECB/EXR?c[FREQ]=A -> =
        data/dataflow/ECB/EXR?c[FREQ]=eq:A -> data/dataflow/ECB/EXR?c[FREQ]=A
        data/dataflow/ECB/EXR?c%5BFREQ%5D=A%2CM -> data/dataflow/ECB/EXR?c[FREQ]=A,M
        data/dataflow/ECB/EXR?c[FREQ]=A,M&c[CURRENCY]=USD -> =
        data/dataflow/ECB/EXR?c[FREQ]=ne:A+ne:M -> =
        data/dataflow/ECB/EXR?c[FREQ]=ne:A%2Bne:M -> data/dataflow/ECB/EXR?c[FREQ]=ne:A+ne:M
        data/dataflow/ECB/EXR?c[FREQ]=ne:A,B -> =
        data/dataflow/ECB/EXR?c[FREQ]=A,B+C -> =
        data/dataflow/ECB/EXR?c[OBS_VALUE]=gt:10.5+lt:20 -> =
        data/dataflow/ECB/EXR?c[TITLE]=co:rate -> =
        data/dataflow/ECB/EXR?c[TITLE]=nc:rate+sw:Euro+ew:x -> =
        data/dataflow/ECB/EXR?c[TITLE]=co:two%20words -> =
        data/dataflow/ECB/EXR?c[OBS_STATUS]=A -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=ge:2020-01+le:2020-12 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=le:2020-12+ge:2020-01 -> data/dataflow/ECB/EXR?c[TIME_PERIOD]=ge:2020-01+le:2020-12
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=ge:2020 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=le:2020-Q2 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=2020 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=2020,2022 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=gt:2020+lt:2022 -> =
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=ge:2020+le:2021,ge:2023 -> =
        data/dataflow/ECB/EXR?c[X]=ab:c -> =
        data/dataflow/ECB/EXR?c[X]=eq:eq:c -> =
        # data: other parameters
        data/dataflow/ECB/EXR?updatedAfter=2009-05-15T14:15:00Z -> =
        data/dataflow/ECB/EXR?updatedAfter=2009-05-15T14:15:00+02:00 -> data/dataflow/ECB/EXR?updatedAfter=2009-05-15T12:15:00Z
        data/dataflow/ECB/EXR?asOf=2020-01-01T00:00:00Z -> =
        data/dataflow/ECB/EXR?updatedAfter=2019-01-01T00:00:00Z&asOf=2020-01-01T00:00:00Z -> =
        data/dataflow/ECB/EXR?firstNObservations=2&lastNObservations=1 -> =
        data/dataflow/ECB/EXR?dimensionAtObservation=AllDimensions -> =
        data/dataflow/ECB/EXR?attributes=dsd -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR?attributes=none -> =
        data/dataflow/ECB/EXR?attributes=all -> =
        data/dataflow/ECB/EXR?attributes=msd -> =
        data/dataflow/ECB/EXR?attributes=dataset,series -> =
        data/dataflow/ECB/EXR?attributes=dataset,series,obs -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR?attributes=obs,TITLE -> =
        data/dataflow/ECB/EXR?attributes=TITLE%2CUNIT -> data/dataflow/ECB/EXR?attributes=TITLE,UNIT
        data/dataflow/ECB/EXR?measures=all -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR?measures=none -> =
        data/dataflow/ECB/EXR?attributes=none&measures=none -> =
        data/dataflow/ECB/EXR?measures=TURNOVER,OPEN -> =
        data/dataflow/ECB/EXR?includeHistory=true -> =
        data/dataflow/ECB/EXR?offset=0&limit=100 -> =
        data/dataflow/ECB/EXR?sort=* -> =
        data/dataflow/ECB/EXR?sort=series_key:desc -> =
        data/dataflow/ECB/EXR?sort=REF_AREA+TIME_PERIOD:desc -> =
        data/dataflow/ECB/EXR?reportingYearStartDay=--01-01 -> data/dataflow/ECB/EXR
        data/dataflow/ECB/EXR?reportingYearStartDay=--07-01 -> =
        availability/dataflow/ECB/EXR?reportingYearStartDay=--07-01 -> =
        # availability and schema
        availability/dataflow/ECB/EXR -> =
        availability/dataflow/ECB/EXR/*/*/* -> availability/dataflow/ECB/EXR
        availability/dataflow/ECB/EXR/1.0/D.USD/CURRENCY,FREQ?mode=available -> =
        availability/dataflow/ECB/EXR/*/*/CURRENCY?references=codelist,valuelist -> =
        availability/dataflow/ECB/EXR?references=all -> =
        availability/dataflow/ECB/EXR?references=none&mode=exact -> availability/dataflow/ECB/EXR
        availability/dataflow/ECB/EXR?c[FREQ]=A&updatedAfter=2020-01-01T00:00:00Z -> =
        schema/dataflow/ECB/EXR -> =
        schema/dataflow/ECB/EXR/~ -> schema/dataflow/ECB/EXR
        schema/metadataprovisionagreement/ECB/X/1.0.0 -> =
        schema/datastructure/ECB/X/+?dimensionAtObservation=AllDimensions&deletion=true -> =
        # of the standard, not offered
        structure/process -> =
        structure/reportingtaxonomy/SDMX -> =
        structure/metadataconstraint -> =
        structure/vtlmappingscheme -> =
        structure/geographiccodelist -> =
        # reference metadata
        metadata/metadataset -> =
        metadata/metadataset/*/*/~ -> metadata/metadataset
        metadata/metadataset/ECB/QUALITY_REPORT/1.0.0 -> =
        metadata/metadataset/ECB/?detail=allstubs -> metadata/metadataset/ECB?detail=allstubs
        metadata/metadataset/UK1,UK2/MS1,MS2/1.0.0,2.1+.7?asOf=2020-01-01T00:00:00Z -> =
        metadata/metadataset/A/B/1.0.0/X -> R0006
        metadata/metadataset/A?detail=referencestubs -> R0002:detail
        metadata/metadataset/A?references=all -> R0001:references
        metadata/metadataflow/ECB/METHODOLOGY/*/FR2 -> =
        metadata/metadataflow/*/METHODOLOGY/+/?detail=allstubs -> metadata/metadataflow/*/METHODOLOGY/+?detail=allstubs
        metadata/metadataflow/*/*/*/CH2,ECB.NO2 -> =
        metadata/metadataflow/*/*/*/*.CH2 -> metadata/metadataflow/*/*/*/CH2
        metadata/metadataflow/*/*/*/C H -> R0007:agencyID
        metadata/structure -> =
        metadata/structure/datastructure/ECB/ECB_EXR1/1.0.0 -> =
        metadata/structure/all/ECB -> metadata/structure/*/ECB
        metadata/structure/nonsense/ECB -> R0007:artefactType
        metadata/structure/dataflow?detail=allstubs -> =
        # registrations
        registration -> =
        registration/*/*/*/* -> registration
        registration/id/abcd-efgh-ijkl -> =
        registration/id -> R0008
        registration/id/a?updatedAfter=2020 -> R0001:updatedAfter
        registration/provider/IMF/UK1 -> =
        registration/provider/IMF/UK1,UK2 -> =
        registration/provider/IMF/* -> registration/provider/IMF
        registration/provider/IMF/UK1/1.0 -> R0006
        registration/dataflow/ECB/BSI,EXR/1.0.0 -> =
        registration/datastructure/*/*/*?updatedAfter=2009-05-15T14%3A15%3A00%2B01%3A00 -> registration/datastructure?updatedAfter=2009-05-15T13:15:00Z
        registration/provisionagreement/ECB/PA/1.0?updatedAfter=2009-05-15T14:15:00Z&updatedBefore=2010-05-15T14:15:00Z -> =
        registration/dataflow?updatedBefore=x -> R0002:updatedBefore
        registration/codelist/ECB -> 404
        # of no standard, or of the other line
        nosuch -> 404
        codelist/SDMX -> 404
        structure/nosuch -> 404
        structure/hierarchicalcodelist -> 404
        structure/contentconstraint -> 404
        metadata/EXR/all -> 404
        availableconstraint/EXR -> 404
        # malformed
        data/EXR -> R0007:context
        data/codelist/SDMX/CL_FREQ -> R0007:context
        data/dataflow/EC:B/EXR -> R0007:agencyID
        data/dataflow/ECB/EX+R -> R0007:resourceID
        data/dataflow/ECB/EXR/latest -> data/dataflow/ECB/EXR/~
        data/dataflow/ECB/EXR/x -> R0007:version
        data/dataflow/ECB/EXR/+.2.3 -> R0007:version
        data/dataflow/ECB/EXR/2.3+ -> R0007:version
        data/dataflow/ECB/EXR/1.~.* -> R0007:version
        data/dataflow/ECB/EXR/*/A+M.USD -> R0007:key
        data/dataflow/ECB/EXR/*/A,,B -> R0007:key
        data/dataflow/ECB/EXR/*/A.USD, -> R0007:key
        data/dataflow/ECB/EXR/*/,A.USD -> R0007:key
        data/dataflow/ECB/EXR/*/, -> R0007:key
        availability/dataflow/ECB/EXR/*/A,,B -> R0007:key
        data/dataflow/ECB/EXR/*/A/x -> R0006
        data/dataflow/ECB/EXR?startPeriod=2010 -> R0001:startPeriod
        data/dataflow/ECB/EXR?detail=full -> R0001:detail
        data/dataflow/ECB/EXR?c[FREQ]= -> R0011:FREQ
        data/dataflow/ECB/EXR?c[FREQ]=A,,B -> R0011:FREQ
        data/dataflow/ECB/EXR?c[FREQ]=ne: -> R0011:FREQ
        data/dataflow/ECB/EXR?c[FREQ]=A+ -> R0011:FREQ
        data/dataflow/ECB/EXR?c[]=A -> R0011:
        data/dataflow/ECB/EXR?c[FREQ]=A&c[FREQ]=M -> R0003:FREQ
        data/dataflow/ECB/EXR?c[TIME_PERIOD]=ge:soon -> R0002:c[TIME_PERIOD]
        data/dataflow/ECB/EXR?limit=0 -> R0002:limit
        data/dataflow/ECB/EXR?offset=-1 -> R0002:offset
        data/dataflow/ECB/EXR?sort=A:up -> R0002:sort
        data/dataflow/ECB/EXR?attributes=a%20b -> R0002:attributes
        data/dataflow/ECB/EXR?reportingYearStartDay=07-01 -> R0002:reportingYearStartDay
        data/dataflow/ECB/EXR?reportingYearStartDay=--02-30 -> R0002:reportingYearStartDay
        data/dataflow/ECB/EXR?updatedAfter=2021-01-01T00:00:00Z&asOf=2020-01-01T00:00:00Z -> R0012:updatedAfter
        data/dataflow/ECB/EXR?asOf=x&firstNObservations=x -> R0002:firstNObservations R0002:asOf
        data/dataflow/ECB/EXR?c[X]=%ZZ -> R0013
        availability/*/ECB/EXR -> R0007:context
        availability/dataflow/ECB/EXR?asOf=2020-01-01T00:00:00Z -> R0001:asOf
        availability/dataflow/ECB/EXR?references=process -> R0002:references
        structure/codelist/SDMX/CL_FREQ/1.0/A/B -> R0006
        structure/dataflow/SDMX/DF/1.0/A -> R0006
        structure/codelist?references=everything -> R0002:references
        structure/codelist?detail=none -> R0002:detail
        schema/codelist/SDMX/CL_FREQ -> R0007:context
        schema/dataflow/*/EXR -> R0008
        schema/dataflow/ECB/EXR?explicitMeasure=true -> R0001:explicitMeasure
        """;

    public static TheoryData<string, string> Addresses() => RestTable.Rows(Table);

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_means_what_the_standard_says(string address, string expected)
        => RestTable.Check(address, expected, Rest2.Parse, q => Rest2.Print(q));
}
