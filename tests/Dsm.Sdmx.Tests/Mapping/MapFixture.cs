using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Mapping;

/// <summary>A small national structure, a small regional one, and maps between them built from short texts.</summary>
internal sealed class MapFixture
{
    private readonly List<Maintainable> _artefacts =
    [
        Codes("CL_FREQ", "A S Q M D"), Codes("CL_AREA", "ARM RUS SPM _X"), Codes("CL_SEX", "M F _T"), Codes("CL_STATUS", "A O D Q"), Codes("CL_NAT", "51 31 8"),
        Dsd("REG", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("AREA", Coded("CL_AREA")), Dimension("SEX", Coded("CL_SEX")), Time()],
            Measure(Text(SdmxDataType.Integer)),
            Attribute("UNIT", Text(), false, AttributeRelationship.Dimensions, "FREQ", "AREA", "SEX"),
            Attribute("OBS_STATUS", Coded("CL_STATUS"), false, AttributeRelationship.Observation),
            Attribute("NOTE", Text(), false, AttributeRelationship.Observation)),
        Dsd("NAT", [Dimension("NAME", Text()), Dimension("SHEET", Text()), Dimension("PERIOD", Text())],
            Measure(Text()), Attribute("FLAG", Text(), false, AttributeRelationship.Observation), Attribute("TITLE", Text(), false, AttributeRelationship.Dimensions, "NAME", "SHEET", "PERIOD")),
        Dsd("NATT", [Dimension("CODE", Coded("CL_NAT")), Time()], Measure(Text()), Attribute("FLAG", Text(), false, AttributeRelationship.Observation)),
    ];

    private readonly List<ComponentMap> _components = [];
    private readonly List<FixedValueMap> _fixed = [];
    private readonly List<TimePatternMap> _times = [];
    private readonly string _source;
    private int _maps;

    public MapFixture(string source = "NAT") => _source = source;

    public IssueList Issues { get; } = new();

    public ValueTuple<DataSchema, DataSchema> Schemas { get; private set; }

    /// <summary>A component map; rows <c>a+b > c+d</c>, <c>~</c> in front of a regular expression, <c>[0..3]</c> of a substring, <c>@2022..2023</c> behind for validity.</summary>
    public MapFixture Map(string sources, string targets, params string[] rows)
    {
        StructureReference? reference = null;
        if (rows.Length > 0)
        {
            RepresentationMap map = new()
            {
                AgencyId = Agency,
                Id = "RM" + (++_maps),
                Version = SdmxVersion.Default,
                Mappings = [.. rows.Select(Row)],
            };
            _artefacts.Add(map);
            reference = map.Reference;
        }

        _components.Add(new ComponentMap { Sources = [.. sources.Split('+')], Targets = [.. targets.Split('+')], RepresentationMap = reference });
        return this;
    }

    public MapFixture Fixed(params string[] values)
    {
        _fixed.AddRange(values.Select(v => v.Split('=')).Select(v => new FixedValueMap(v[0].TrimStart('<'), [v[1]], !v[0].StartsWith('<'))));
        return this;
    }

    public MapFixture Dates(TimePatternMap map)
    {
        _times.Add(map);
        return this;
    }

    public CompiledStructureMap? Compile(bool summed = false, bool normalizes = true)
    {
        StructureSet structures = new(_artefacts);
        Schemas = (Resolve(structures, Structure(_source)), Resolve(structures, Structure("REG")));
        StructureMap map = new()
        {
            AgencyId = Agency,
            Id = "SM",
            Version = SdmxVersion.Default,
            Source = Structure(_source),
            Target = Structure("REG"),
            ComponentMaps = [.. _components],
            FixedValues = [.. _fixed],
            TimeMaps = [.. _times],
            Annotations = summed ? [new Annotation { Type = StructureMap.AggregateAnnotation, Title = "SUM" }] : [],
        };
        return CompiledStructureMap.Compile(map, structures, Schemas.Item1, Schemas.Item2, Issues, new MappingOptions { NormalizesSource = normalizes });
    }

    /// <summary>Maps lines as those of TestStructures.Batch; gives <c>key period=value status note</c> for each target observation.</summary>
    public string[] Run(string text, bool normalizes = true)
    {
        CompiledStructureMap map = Compile(normalizes: normalizes) ?? throw new InvalidOperationException(string.Join('\n', Issues.Kept));
        DataSetSpace space = Space(Schemas.Item1);
        ObservationBatch source = Batch(space, text);
        StructureMapper mapper = map.Start(space, Issues);
        ObservationBatch target = new(mapper.Target);
        mapper.Map(source, target);
        Refused = [.. source.Refused[..source.Count]];
        Target = target;
        return [.. Enumerable.Range(0, target.Count).Select(row =>
            $"{target.KeyOf(target.SeriesOf[row])} {target.Periods[row]}={target.Measures[0][row]} {target.ObservationAttributes[0][row]} {target.ObservationAttributes[1][row]}".TrimEnd())];
    }

    public ImmutableArray<bool> Refused { get; private set; } = [];

    public ObservationBatch Target { get; private set; } = null!;

    private static RepresentationMapping Row(string row)
    {
        string[] validity = row.Split('@');
        string[] sides = validity[0].Split('>', 2);
        string[] span = validity.Length > 1 ? validity[1].Split("..") : ["", ""];
        return new RepresentationMapping(
            [.. sides[0].Split('+').Select(v => v.Trim(' ')).Select(Source)],
            sides[1].Trim(' ') is "" ? [] : [.. sides[1].Split('+').Select(v => v.Trim(' '))],
            span[0].Length > 0 ? span[0] : null,
            span[1].Length > 0 ? span[1] : null);
    }

    private static MappedValue Source(string text)
    {
        int? start = null, end = null;
        if (text.StartsWith('['))
        {
            string[] range = text[1..text.IndexOf(']', StringComparison.Ordinal)].Split("..");
            start = range[0].Length > 0 ? int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture) : null;
            end = range[1].Length > 0 ? int.Parse(range[1], System.Globalization.CultureInfo.InvariantCulture) : null;
            text = text[(text.IndexOf(']', StringComparison.Ordinal) + 1)..];
        }

        return text.StartsWith('~') ? new MappedValue(text[1..].Replace("⁺", "+", StringComparison.Ordinal), true, start, end) : new MappedValue(text, false, start, end);
    }
}
