using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>
/// The structures that the samples of the field guides and the files of Eurostat suppose: their columns by name. <c>DIM_1</c> and
/// <c>DIM_2</c> are dimensions, <c>DIM_3</c> is time; coded where values have labels, but for <c>ATTR_3</c>.
/// </summary>
internal static class CsvSampleSchema
{
    private static readonly string[] Format = ["DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY", "SERIESKEY", "UPDATED", "LAST UPDATE"];

    public static DataSchema Of(string header, StructureReference reference)
    {
        string[] columns = [.. header.TrimStart('\uFEFF').Split(header.Contains(';', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal) ? ';' : ',').Select(c => c.Split(": ")[0])];
        bool hasNames = columns.Contains("STRUCTURE_NAME");
        string[] components = [.. columns.Where((c, i) => !Format.Contains(c.Split('[')[0]) && (!hasNames || (i - Array.IndexOf(columns, columns.Contains("ACTION") ? "ACTION" : "STRUCTURE_NAME")) % 2 == 1))];
        return columns.Contains("DIM_A1B1") ? OfSeveral(reference) : Of(components, header.Contains(": ", StringComparison.Ordinal));
    }

    private static DataSchema Of(string[] components, bool isCoded)
    {
        bool isEurostat = components.Contains("TIME_PERIOD");
        string time = isEurostat ? "TIME_PERIOD" : "DIM_3";
        string[] dimensions = isEurostat ? [.. components.TakeWhile(c => c != time)] : ["DIM_1", "DIM_2"];
        string[] measures = [.. components.Where(c => c.StartsWith("OBS_VALUE", StringComparison.Ordinal) || c.StartsWith("MEAS", StringComparison.Ordinal)).DefaultIfEmpty("OBS_VALUE")];
        bool hasPartial = components.Contains("MEAS_1");
        return Make(dimensions, time, measures, [.. components.Except(dimensions).Except(measures).Except([time])], hasPartial ? "ATTR_2" : null, isCoded);
    }

    private static DataSchema OfSeveral(StructureReference reference) => reference.Id switch
    {
        "DF_A" => Make(["DIM_A1B1", "DIM_A2", "DIM_A3C2"], null, ["MEAS_A1B1C1"], ["ATTR_A1"], null),
        "DSD_B" => Make(["DIM_A1B1", "DIM_B2"], null, ["MEAS_A1B1C1"], ["ATTR_B1"], null),
        _ => Make(["DIM_C1", "DIM_A3C2", "DIM_C3"], null, ["MEAS_A1B1C1", "MEAS_C2"], [], null),
    };

    private static DataSchema Make(string[] dimensions, string? time, string[] measures, string[] attributes, string? partial, bool isCoded = false)
    {
        Codelist codes = new() { Id = "CL", AgencyId = "TEST", Version = SdmxVersion.Parse("1.0"), Codes = [.. "ABYN".Select(c => new Code { Id = c.ToString() })] };
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "TEST", "CS", "1.0", id);
        DataStructure structure = new()
        {
            Id = "SAMPLE",
            AgencyId = "TEST",
            Version = SdmxVersion.Parse("1.0"),
            Dimensions = [.. dimensions.Select(d => new Dimension { Id = d, Concept = Concept(d), Representation = isCoded ? Representation.Coded(codes.Reference) : null }), .. time is null ? Array.Empty<Dimension>() : [new Dimension { Id = time, Concept = Concept(time), IsTime = true }]],
            Measures = [.. measures.Select(m => new Measure { Id = m, Concept = Concept(m), Representation = new Representation { TextFormat = new TextFormat { DataType = SdmxDataType.Double } } })],
            Attributes = [.. attributes.Where(a => !a.Contains('.', StringComparison.Ordinal)).Select(a => Attribute(a, partial, isCoded && a != "ATTR_3" ? codes.Reference : null))],
        };
        return DataSchema.Resolve(new StructureSet([structure, codes]), structure.Reference, new IssueList())!;

        static DataAttribute Attribute(string column, string? partial, StructureReference? list)
        {
            string id = column.Split('[')[0];
            TextFormat text = new() { DataType = SdmxDataType.String, IsMultilingual = column.Contains("[en", StringComparison.Ordinal) };
            return new DataAttribute
            {
                Id = id,
                Concept = Concept(id),
                Representation = list is not null ? Representation.Coded(list) : new Representation { TextFormat = text, MaxOccurs = column.Contains("[]", StringComparison.Ordinal) ? null : 1 },
                Relationship = id == partial ? AttributeRelationship.Dimensions : AttributeRelationship.Observation,
                Dimensions = id == partial ? ["DIM_2"] : [],
            };
        }
    }
}
