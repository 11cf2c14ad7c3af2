using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Two structures with everything a column of CSV can hold, and random data sets of them.</summary>
internal sealed class CsvSpecimen
{
    private static readonly string[] Actions = ["Merge", "Replace", "Append", "Information", "Delete"];

    private readonly DataSchema[] _schemas;

    public CsvSpecimen()
    {
        StructureSet structures = new([Codes("CL_FREQ", "A", "Q", "M"), Codes("CL_AREA", "AM", "KZ", "A_B"), Codes("CL_FLAG", "A", "E", "X"), Structure("ONE", true), Structure("TWO", false)]);
        _schemas = [.. structures.Of<DataStructure>().Select(d => DataSchema.Resolve(structures, d.Reference, new IssueList())!)];
    }

    /// <summary>One to three data sets of the two structures, with all actions.</summary>
    public Gen<List<(DataSetSpace Space, List<ObservationBatch> Batches)>> DataSets
        => Gen.Select(Gen.Int[0, 1], Gen.OneOf(Actions), Rows).Select((schema, action, rows) => Make(_schemas[schema], Enum.Parse<DataSetAction>(action), rows))
            .List[1, 3].Select(list => Apart(list));

    private static Gen<List<Row>> Rows
        => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40], Gen.OneOf("1", "-3.50", "NaN", "", "1e5"), OddTexts.Any, Gen.Int[0, 8]).Select((series, period, value, text, pick) => new Row(series, period, value, text, pick)).List[1, 12];

    public DataSchema? Resolve(StructureReference reference) => _schemas.FirstOrDefault(s => s.Reference.Id == reference.Id);

    public (DataSetSpace, List<ObservationBatch>) OfPeriods(params string[] periods) => OfPeriods(DataSetAction.Information, periods);

    public (DataSetSpace, List<ObservationBatch>) OfPeriods(DataSetAction action, params string[] periods)
    {
        (DataSetSpace space, ObservationBatch batch) = Empty(_schemas[0], action);
        batch.AddSeries(0, 0);
        for (int d = 0; d < 3; d++)
        {
            batch.Dimensions[d].Set(0, "A");
        }

        foreach (string period in periods)
        {
            batch.Periods[batch.AddObservation(0, 0)] = TimePeriod.Parse(period);
        }

        return (space, [batch]);
    }

    /// <summary>Everything of a data set as lines: its action, then key, period, measures and attributes of each observation.</summary>
    public static IEnumerable<string> Describe((DataSetSpace Space, List<ObservationBatch> Batches) dataSet)
    {
        bool deletes = dataSet.Space.Header.Action == DataSetAction.Delete;
        foreach (ObservationBatch batch in dataSet.Batches)
        {
            for (int row = 0; row < batch.Count; row++)
            {
                int series = batch.SeriesOf[row];
                IEnumerable<string> values = batch.Measures.Select(m => m[row].ToString())
                    .Concat(batch.SeriesAttributes.Select(a => Shown(a, series))).Concat(batch.ObservationAttributes.Select(a => Shown(a, row)));
                string kept = string.Join('|', values.Select(v => deletes && v != "-" ? "" : v));
                yield return $"{dataSet.Space.Header.Action} {dataSet.Space.Schema.Structure.Id} {batch.KeyOf(series)} {batch.Periods[row]} {kept}";
            }
        }
    }

    private static string Shown(ValueColumn column, int row)
        => column[row] is not { } cell ? "" : column.Component.IsComplex ? string.Join(" & ", ComplexValue.Parse(column.Component, cell).Values.Select(v => string.Join(" / ", v.Texts.Select(t => $"{t.Key}={t.Value}")))) : cell;

    /// <summary>Data sets that follow each other are told apart by structure or action only.</summary>
    private static List<(DataSetSpace Space, List<ObservationBatch> Batches)> Apart(List<(DataSetSpace Space, List<ObservationBatch> Batches)> list)
        => [.. list.Where((d, i) => i == 0 || list[i - 1].Space.Schema != d.Space.Schema || list[i - 1].Space.Header.Action != d.Space.Header.Action)];

    private static (DataSetSpace, List<ObservationBatch>) Make(DataSchema schema, DataSetAction action, List<Row> rows)
    {
        (DataSetSpace space, ObservationBatch batch) = Empty(schema, action);
        int last = -1;
        foreach (Row row in rows.OrderBy(r => r.Series))
        {
            if (row.Series != last)
            {
                last = row.Series;
                StartSeries(batch, row);
            }

            Fill(batch, batch.AddObservation(0, 0), row, action == DataSetAction.Delete);
        }

        return (space, [batch]);
    }

    private static (DataSetSpace Space, ObservationBatch Batch) Empty(DataSchema schema, DataSetAction action)
    {
        DataSetSpace space = new(new DataSetHeader { Structure = schema.Reference, Action = action }, schema);
        return (space, new ObservationBatch(space, 64));
    }

    private static void StartSeries(ObservationBatch batch, Row row)
    {
        int series = batch.AddSeries(0, 0);
        string[] key = [row.Series % 2 == 0 ? "A" : "M", row.Series < 3 ? "AM" : "A_B", $"s.{row.Series}, \"x\""];
        for (int d = 0; d < key.Length; d++)
        {
            batch.Dimensions[d].Set(series, key[d]);
        }

        if (row.Series % 3 > 0)
        {
            batch.SeriesAttributes[0].Set(series, $"Series {row.Series}; \"all\",\r\nof it");
        }
    }

    private static void Fill(ObservationBatch batch, int at, Row row, bool deletes)
    {
        batch.Periods[at] = TimePeriod.FromTrustedParts(TimePeriodKind.GregorianMonth, 2000 + (row.Period / 12), 1 + (row.Period % 12));
        batch.Measures[0][at] = ObservationValue.Parse(deletes && row.Pick == 1 ? "-" : row.Value);
        for (int m = 1; m < batch.Measures.Length; m++)
        {
            batch.Measures[m][at] = ObservationValue.Parse(m == 1 ? row.Value : row.Pick > 4 ? "E" : "");
        }

        string plain = Text(row.Text);
        foreach (ValueColumn column in batch.ObservationAttributes)
        {
            if (row.Pick != 4 && plain.Length > 0)
            {
                column.Set(at, deletes && row.Pick == 2 ? "-" : Cell(column.Component, plain, row.Pick));
            }
        }
    }

    private static string Cell(SchemaComponent component, string plain, int pick) => component.Id switch
    {
        "STATUS" => pick > 3 ? "A" : "#N/A",
        "FLAGS" => ComplexValue.Of(pick > 5 ? ["A", "E"] : ["X"]).ToCell(component),
        "REMARK" => new ComplexValue(Languages(plain, pick)).ToCell(component),
        "NOTES" => new ComplexValue(Languages(plain, pick), Languages("b;\"c\"", pick + 1)).ToCell(component),
        _ => plain,
    };

    private static LocalisedText Languages(string text, int pick)
        => pick % 3 == 0 ? LocalisedText.Of(text, ComplexValue.NoLanguage) : new LocalisedText([new("en", text), .. pick % 3 == 1 ? [] : new KeyValuePair<string, string>[] { new("ru", "ещё; " + text) }]);

    /// <summary>Texts that CSV can carry: no NUL, no lone surrogates, not empty in the ways CSV takes for nothing.</summary>
    private static string Text(string text)
    {
        string good = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
        return good is "-" ? "minus" : good;
    }

    private static Codelist Codes(string id, params string[] codes) => new()
    {
        Id = id,
        AgencyId = "T",
        Version = SdmxVersion.Parse("1.0"),
        Codes = [.. codes.Select(c => new Code { Id = c, Name = new LocalisedText([new("en", $"Name: of \"{c}\"; and, more|/#^"), new("ru", "Имя " + c)]) })],
    };

    private static DataStructure Structure(string id, bool isFull)
    {
        static StructureReference Concept(string c) => new(StructureType.ConceptScheme, "T", "CS", "1.0", c);
        static Representation List(string list, int? most = 1) => new() { Enumeration = new StructureReference(StructureType.Codelist, "T", list, "1.0"), MaxOccurs = most };
        static Representation Texts(bool isMultilingual, int? most = 1) => new() { TextFormat = new TextFormat { DataType = SdmxDataType.String, IsMultilingual = isMultilingual }, MaxOccurs = most };
        static DataAttribute Attribute(string a, Representation representation, AttributeRelationship relationship, params string[] dimensions)
            => new() { Id = a, Concept = Concept(a), Representation = representation, Relationship = relationship, Dimensions = [.. dimensions] };
        Measure[] more = isFull ? [new Measure { Id = "SECOND", Concept = Concept("SECOND") }, new Measure { Id = "KIND", Concept = Concept("KIND"), Representation = List("CL_FLAG") }] : [];
        DataAttribute[] complex = isFull
            ? [
                Attribute("FLAGS", List("CL_FLAG", null), AttributeRelationship.Observation),
                Attribute("REMARK", Texts(true), AttributeRelationship.Observation),
                Attribute("NOTES", Texts(true, null), AttributeRelationship.Observation),
            ]
            : [];
        return new DataStructure
        {
            Id = id,
            AgencyId = "T",
            Version = SdmxVersion.Parse("1.0"),
            Name = LocalisedText.Of("Structure, " + id),
            Dimensions =
            [
                new Dimension { Id = "FREQ", Concept = Concept("FREQ"), Representation = List("CL_FREQ") },
                new Dimension { Id = isFull ? "AREA" : "PLACE", Concept = Concept("AREA"), Representation = List("CL_AREA") },
                new Dimension { Id = "SEX", Concept = Concept("SEX") },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true },
            ],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE") }, .. more],
            Attributes =
            [
                Attribute("TITLE", Texts(false), AttributeRelationship.Dimensions, "FREQ", isFull ? "AREA" : "PLACE", "SEX"),
                Attribute("STATUS", List("CL_FLAG"), AttributeRelationship.Observation),
                .. complex,
                Attribute("FREE", Texts(false), AttributeRelationship.Observation),
            ],
        };
    }

    private sealed record Row(int Series, int Period, string Value, string Text, int Pick);
}
