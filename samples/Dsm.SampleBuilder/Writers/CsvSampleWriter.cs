using System.Text;

namespace Dsm.SampleBuilder.Writers;

/// <summary>Writes SDMX-CSV 1.0 and 2.0. Independent of the hub's own writers on purpose, so that its readers are tested against other people's files.</summary>
public static class CsvSampleWriter
{
    /// <summary>Writes the rows in the order given.</summary>
    public static void Write(TextWriter output, NationalDataset dataset, IEnumerable<SampleRow> rows)
    {
        FlowShape shape = dataset.Shape;
        bool second = dataset.Format == SampleFormat.Csv20;
        string id = $"{shape.Agency}:{shape.Flow}({shape.Version})";
        string[] dimensions = shape.HasTime ? [.. shape.Dimensions, "TIME_PERIOD"] : [.. shape.Dimensions];
        string[] attributes = shape.Attributes.Select(a => a.Key).Where(a => dataset.Rows.Any(r => r.Attributes.ContainsKey(a))).ToArray();
        IEnumerable<string> head = second ? ["STRUCTURE", "STRUCTURE_ID", "ACTION"] : ["DATAFLOW"];
        output.Write(string.Join(',', head.Concat(dimensions).Append("OBS_VALUE").Concat(attributes)) + "\n");
        StringBuilder line = new();
        foreach (SampleRow row in rows)
        {
            line.Clear().Append(second ? $"dataflow,{id},R" : id);
            foreach (string dimension in dimensions)
            {
                line.Append(',').Append(Quote(row.Key[dimension]));
            }

            line.Append(',').Append(row.Value);
            foreach (string attribute in attributes)
            {
                line.Append(',').Append(Quote(row.Attributes.GetValueOrDefault(attribute, "")));
            }

            output.Write(line.Append('\n'));
        }
    }

    private static string Quote(string text)
    {
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
