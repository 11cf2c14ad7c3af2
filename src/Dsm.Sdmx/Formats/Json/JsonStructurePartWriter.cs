using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes what a data message says about a structure: its components by level, with the values that were met.</summary>
internal sealed class JsonStructurePartWriter(Utf8Output output, JsonVersion version, ImmutableArray<string> languages)
{
    private JsonStructureUse? _use;
    private JsonDescriptions? _descriptions;

    /// <summary>Writes the object.</summary>
    public void Write(JsonStructureUse use)
    {
        _use = use;
        DataSchema schema = use.Layout.Schema;
        _descriptions = JsonDescriptions.Of(schema, version, languages);
        output.Raw("{"u8);
        Links(use.Reference, schema.Structure.Reference);
        Maintainable artefact = use.Reference.Type == StructureType.ProvisionAgreement && schema.Agreement is { } agreement ? agreement
            : use.Reference.Type == StructureType.DataStructure || schema.Dataflow is null ? schema.Structure
            : schema.Dataflow;
        JsonText.Names(output, artefact.Name, artefact.Id, languages);
        JsonText.Names(output, artefact.Description, null, languages, version == JsonVersion.V21 ? null : "description", "descriptions");
        List<JsonWrittenComponent> dimensions = [.. use.InKeyOrder.Where(d => !use.IsLeftOut(d))];
        foreach (JsonWrittenComponent dimension in dimensions.Where(d => use.NeedsValues && d.List!.Values.Count == 0))
        {
            // Only deletions leave a dimension out of all keys. It has a place in them all the same, and so the empty text for a value.
            dimension.List!.IndexOf("");
        }

        output.Raw(",\"dimensions\":{"u8);
        Level("dataSet", []);
        output.Raw(","u8);
        Level("series", dimensions.Where(d => d.Level == JsonLevel.Series));
        output.Raw(","u8);
        Level("observation", dimensions.Where(d => d.Level == JsonLevel.Observation));
        output.Raw("}"u8);
        if (!version.Is1)
        {
            output.Raw(",\"measures\":{"u8);
            Level("observation", use.Measures);
            output.Raw("}"u8);
        }

        output.Raw(",\"attributes\":{"u8);
        Level("dataSet", use.DataSetAttributes);
        if (!version.Is1)
        {
            output.Raw(","u8);
            Level("dimensionGroup", use.GroupAttributes);
        }

        output.Raw(","u8);
        Level("series", use.SeriesAttributes);
        output.Raw(","u8);
        Level("observation", use.ObservationAttributes.Concat(use.AttributesOfSeriesAtObservation));
        output.Raw("}"u8);
        if (!version.Is1 && use.DataSets.Count > 0)
        {
            output.Text($",\"dataSets\":[{string.Join(',', use.DataSets)}]");
        }

        output.Raw("}"u8);
    }

    /// <summary>Writes the member <c>links</c>: what the data follow comes first.</summary>
    public void Links(params ReadOnlySpan<StructureReference> references)
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

    private void Level(string name, IEnumerable<JsonWrittenComponent> components)
    {
        output.Text($"\"{name}\":[");
        bool any = false;
        foreach (JsonWrittenComponent component in components)
        {
            output.Raw(any ? ","u8 : ""u8);
            Component(component);
            any = true;
        }

        output.Raw("]"u8);
    }

    private void Component(JsonWrittenComponent written)
    {
        output.Raw(_descriptions!.Of(written.Component, Describe));
        new JsonValuesWriter(output, version, languages).Write(written);
        output.Raw("}"u8);
    }

    // All that is said of a component but its values: it hangs on nothing in the message.
    private void Describe(Utf8Output output, SchemaComponent component)
    {
        output.Raw("{\"id\":"u8);
        JsonText.String(output, component.Id);
        JsonText.Names(output, component.Name, component.Id, languages);
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

        if (!version.Is1 && component.Role is ComponentRole.Measure or ComponentRole.Attribute)
        {
            output.Raw(component.IsMandatory ? ",\"isMandatory\":true"u8 : ",\"isMandatory\":false"u8);
        }

        if (component.Role == ComponentRole.Attribute)
        {
            Relationship(output, component, (DataAttribute)definition);
        }

        if (!version.Is1 && !component.IsCoded)
        {
            new JsonFormatWriter(output).Write(component);
        }
        else if (version == JsonVersion.V21 && component.IsMultiValued)
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
            : attribute.Level != AttachmentLevel.Observation ? version.Is1 ? "\"none\":{}" : "\"dataflow\":{}"
            : version.Is1 ? $"\"primaryMeasure\":\"{schema.Measures.FirstOrDefault()?.Id ?? "OBS_VALUE"}\""
            : "\"observation\":{}");
        if (!version.Is1 && definition.Measures.Length > 0)
        {
            output.Text($",\"measures\":[\"{string.Join("\",\"", definition.Measures)}\"]");
        }

        output.Raw("}"u8);
    }
}
