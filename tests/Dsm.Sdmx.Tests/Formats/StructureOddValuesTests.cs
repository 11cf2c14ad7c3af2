using System.Text;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Specimens;
using Dsm.Sdmx.Validation;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Structures that are well formed but hold odd values: neither reading nor resolving, validating and mapping with them throws.</summary>
public partial class StructureOddValuesTests
{
    private static readonly string[] Odd = ["", " ", "9999999999999", "-1", "true", "1e400", "A.B", "%", "urn:sdmx:", "9999-12-31", "NaN", "(((", "[a-z", "excluderoot", "Allowed", "79228162514264337593543950335"];

    [Theory]
    [InlineData("structures-2.1.xml")]
    [InlineData("structures-3.0.xml")]
    public void Odd_values_anywhere_never_throw(string specimen)
    {
        string text = Encoding.UTF8.GetString(Specimen.Bytes(specimen));
        string[] values = [.. Value().Matches(text).Select(m => m.Value).Distinct()];
        foreach (string value in values)
        {
            foreach (string odd in Odd)
            {
                string changed = text.Replace(value, value[0] == '=' ? $"=\"{odd}\"" : $">{odd}<", StringComparison.Ordinal);
                FluentActions.Invoking(() => Use(changed)).Should().NotThrow($"{value} became '{odd}'");
            }
        }
    }

    private static void Use(string text)
    {
        IssueList issues = new();
        StructureSet structures = StructureMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), issues);
        foreach (Maintainable artefact in structures.All.Where(a => a is DataStructure or Dataflow or ProvisionAgreement))
        {
            if (DataSchema.Resolve(structures, artefact.Reference, issues) is { } schema)
            {
                Validate(schema, issues);
            }
        }

        foreach (StructureMap map in structures.Of<StructureMap>())
        {
            if (DataSchema.Resolve(structures, map.Source, issues) is { } source && DataSchema.Resolve(structures, map.Target, issues) is { } target)
            {
                CompiledStructureMap.Compile(map, structures, source, target, issues);
            }
        }
    }

    private static void Validate(DataSchema schema, IssueList issues)
    {
        DataSetSpace space = new(new DataSetHeader { Structure = schema.Reference }, schema);
        ObservationBatch batch = new(space, 4);
        int series = batch.AddSeries(1, 1);
        foreach (ValueColumn column in batch.Dimensions)
        {
            column.Set(series, "A");
        }

        int row = batch.AddObservation(1, 1);
        batch.Periods[row] = TimePeriod.Parse("9999");
        foreach (ObservationValue[] measure in batch.Measures)
        {
            measure[row] = ObservationValue.Parse("79228162514264337593543950335");
        }

        new DataValidator(space, issues).Validate(batch);
        foreach (SchemaComponent component in schema.Components)
        {
            schema.Allowed(component);
        }
    }

    [GeneratedRegex("=\"[^\"]*\"|>[^<>]+<")]
    private static partial Regex Value();
}
