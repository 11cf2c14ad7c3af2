using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes what a data message says about a structure: its components by level, with the values that were met.</summary>
internal sealed class JsonStructurePartWriter
{
    private readonly Utf8Output _output;
    private readonly JsonVersion _version;
    private readonly ImmutableArray<string> _languages;
    private readonly JsonValuesWriter _values;
    private readonly Action<Utf8Output, SchemaComponent> _describe;
    private JsonStructureUse? _use;
    private JsonDescriptions? _descriptions;

    public JsonStructurePartWriter(Utf8Output output, JsonVersion version, ImmutableArray<string> languages)
    {
        (_output, _version, _languages) = (output, version, languages);
        _values = new JsonValuesWriter(output, version, languages);
        _describe = Describe;
    }

    /// <summary>Writes the object.</summary>
    public void Write(JsonStructureUse use)
    {
        _use = use;
        _descriptions = JsonDescriptions.Of(use.Layout.Schema, _version, _languages);
        _output.Raw(_descriptions.Of(use.Reference, Head));
        foreach (JsonWrittenComponent dimension in use.InKeyOrder)
        {
            // Only deletions leave a dimension out of all keys. It has a place in them all the same, and so the empty text for a value.
            if (use.NeedsValues && dimension.List!.Values.Count == 0 && !use.IsLeftOut(dimension))
            {
                dimension.List.IndexOf("");
            }
        }

        _output.Raw(",\"dimensions\":{\"dataSet\":[],\"series\":["u8);
        Dimensions(JsonLevel.Series);
        _output.Raw("],\"observation\":["u8);
        Dimensions(JsonLevel.Observation);
        _output.Raw("]}"u8);
        if (!_version.Is1)
        {
            _output.Raw(",\"measures\":{\"observation\":["u8);
            Components(use.Measures);
            _output.Raw("]}"u8);
        }

        _output.Raw(",\"attributes\":{\"dataSet\":["u8);
        Components(use.DataSetAttributes);
        if (!_version.Is1)
        {
            _output.Raw("],\"dimensionGroup\":["u8);
            Components(use.GroupAttributes);
        }

        _output.Raw("],\"series\":["u8);
        Components(use.SeriesAttributes);
        _output.Raw("],\"observation\":["u8);
        bool any = Components(use.ObservationAttributes);
        Components(use.AttributesOfSeriesAtObservation, any);
        _output.Raw("]}"u8);
        if (!_version.Is1 && use.DataSets.Count > 0)
        {
            _output.Raw(",\"dataSets\":["u8);
            for (int i = 0; i < use.DataSets.Count; i++)
            {
                _output.Raw(i > 0 ? ","u8 : ""u8);
                JsonWrittenComponent.Integer(_output, use.DataSets[i]);
            }

            _output.Raw("]"u8);
        }

        _output.Raw("}"u8);
    }

    /// <summary>The brace, links and names of what the data follow.</summary>
    private void Head(Utf8Output output)
    {
        JsonStructureUse use = _use!;
        DataSchema schema = use.Layout.Schema;
        output.Raw("{"u8);
        Links(output, use.Reference, schema.Structure.Reference);
        Maintainable artefact = use.Reference.Type == StructureType.ProvisionAgreement && schema.Agreement is { } agreement ? agreement
            : use.Reference.Type == StructureType.DataStructure || schema.Dataflow is null ? schema.Structure
            : schema.Dataflow;
        JsonText.Names(output, artefact.Name, artefact.Id, _languages);
        JsonText.Names(output, artefact.Description, null, _languages, _version == JsonVersion.V21 ? null : "description", "descriptions");
    }

    /// <summary>Writes the member <c>links</c>: what the data follow comes first.</summary>
    public static void Links(Utf8Output output, params ReadOnlySpan<StructureReference> references)
    {
        output.Raw("\"links\":["u8);
        for (int i = 0; i < references.Length; i++)
        {
            if (i > 0 && references[i] == references[0])
            {
                continue;
            }

            string relation = references[i].Type.Class.ToLowerInvariant();
            output.Raw(i > 0 ? ",{\"urn\":"u8 : "{\"urn\":"u8);
            JsonText.String(output, references[i].Urn);
            output.Text($",\"rel\":\"{relation}\"}}");
        }

        output.Raw("]"u8);
    }

    private void Dimensions(JsonLevel level)
    {
        bool any = false;
        foreach (JsonWrittenComponent dimension in _use!.InKeyOrder)
        {
            if (dimension.Level == level && !_use.IsLeftOut(dimension))
            {
                Component(dimension, any);
                any = true;
            }
        }
    }

    /// <summary>Writes components one after the other; true when there were any.</summary>
    private bool Components(JsonWrittenComponent[] components, bool any = false)
    {
        foreach (JsonWrittenComponent component in components)
        {
            Component(component, any);
            any = true;
        }

        return any;
    }

    private void Component(JsonWrittenComponent written, bool any)
    {
        _output.Raw(any ? ","u8 : ""u8);
        _output.Raw(_descriptions!.Of(written.Component, _describe));
        _values.Write(written, _descriptions);
        _output.Raw((byte)'}');
    }

    // All that is said of a component but its values: it hangs on nothing in the message.
    private void Describe(Utf8Output output, SchemaComponent component)
    {
        output.Raw("{\"id\":"u8);
        JsonText.String(output, component.Id);
        JsonText.Names(output, component.Name, component.Id, _languages);
        Component definition = Definition(component);
        if (component.Role is ComponentRole.Dimension or ComponentRole.TimeDimension)
        {
            output.Text(string.Create(CultureInfo.InvariantCulture, $",\"keyPosition\":{Position(component.Id)}"));
        }

        string[] roles = [.. definition.ConceptRoles.Select(r => r.ItemId).Where(r => r is not null && JsonText.IsId(r) && char.IsAsciiLetter(r[0])).Distinct()!];
        if (roles.Length > 0)
        {
            output.Text($",\"roles\":[\"{string.Join("\",\"", roles)}\"]");
        }

        if (!_version.Is1 && component.Role is ComponentRole.Measure or ComponentRole.Attribute)
        {
            output.Raw(component.IsMandatory ? ",\"isMandatory\":true"u8 : ",\"isMandatory\":false"u8);
        }

        if (component.Role == ComponentRole.Attribute)
        {
            Relationship(output, component, (DataAttribute)definition);
        }

        if (!_version.Is1 && !component.IsCoded)
        {
            new JsonFormatWriter(output).Write(component);
        }
        else if (_version == JsonVersion.V21 && component.IsMultiValued)
        {
            output.Text(",\"maxOccurs\":" + JsonFormatWriter.Occurs(component.Representation.MaxOccurs));
        }

        Component Definition(SchemaComponent c) => Structure.Dimensions.FirstOrDefault(d => d.Id == c.Id)
            ?? Structure.Measures.FirstOrDefault(m => m.Id == c.Id) ?? (Component)Structure.Attributes.First(a => a.Id == c.Id);
    }

    private DataStructure Structure => _use!.Layout.Schema.Structure;

    private int Position(string id)
    {
        for (int i = 0; i < Structure.Dimensions.Length; i++)
        {
            if (Structure.Dimensions[i].Id == id)
            {
                return i;
            }
        }

        return 0;
    }

    private void Relationship(Utf8Output output, SchemaComponent attribute, DataAttribute definition)
    {
        DataSchema schema = _use!.Layout.Schema;
        string[] dimensions = attribute.Level switch
        {
            AttachmentLevel.Series => [.. schema.Dimensions.Select(d => d.Id)],
            AttachmentLevel.Group => [.. attribute.GroupDimensions.Select(d => schema.Dimensions[d].Id)],
            _ => [],
        };
        output.Raw(",\"relationship\":{"u8);
        output.Text(dimensions.Length > 0 ? $"\"dimensions\":[\"{string.Join("\",\"", dimensions)}\"]"
            : attribute.Level != AttachmentLevel.Observation ? _version.Is1 ? "\"none\":{}" : "\"dataflow\":{}"
            : _version.Is1 ? $"\"primaryMeasure\":\"{schema.Measures.FirstOrDefault()?.Id ?? "OBS_VALUE"}\""
            : "\"observation\":{}");
        if (!_version.Is1 && definition.Measures.Length > 0)
        {
            output.Text($",\"measures\":[\"{string.Join("\",\"", definition.Measures)}\"]");
        }

        output.Raw("}"u8);
    }
}
