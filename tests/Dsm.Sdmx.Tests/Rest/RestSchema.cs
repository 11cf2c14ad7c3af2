using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Validation;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Rest;

/// <summary>A small structure to bring queries onto.</summary>
internal static class RestSchema
{
    public static DataSchema Schema { get; } = Resolve(
        new StructureSet(
        [
            Codes("CL_FREQ", "A M Q"), Codes("CL_AREA", "ARM AZE GEO KAZ"), Codes("CL_SEX", "_T F M"), Codes("CL_STATUS", "A P"),
            Concepts("FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "UNIT", "OBS_STATUS"),
            Dsd("DSD", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("AREA", Coded("CL_AREA")), Dimension("SEX", Coded("CL_SEX")), Time()],
                Measure(Text(SdmxDataType.Decimal)),
                Attribute("UNIT", Text(), false, AttributeRelationship.Dimensions, "FREQ", "AREA", "SEX"),
                Attribute("OBS_STATUS", Coded("CL_STATUS"), false, AttributeRelationship.Observation)),
            FlowOf("DF", "DSD"),
        ]),
        Flow("DF"));
}
