using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads the structure of a data message. The cursor stands on its first token; afterwards on its last. Spellings of older services
/// are taken as well: <c>dataset</c> for <c>dataSet</c>, links without URN (the address says what they mean), values with a name only.
/// </summary>
internal sealed class JsonStructurePartReader(JsonCursor cursor, IssueList issues)
{
    public JsonStructurePart Read()
    {
        JsonStructurePart part = new() { Location = cursor.Location };
        JsonMembers members = new(cursor, issues, "structure");
        while (members.Next())
        {
            if (cursor.IsName("links"u8))
            {
                JsonLinks.Read(cursor, part.References);
            }
            else if (cursor.IsName("dimensions"u8))
            {
                ReadLevels(part.Dimensions, "dimensions");
            }
            else if (cursor.IsName("measures"u8))
            {
                List<JsonComponentPart>[] levels = [[], [], [], []];
                ReadLevels(levels, "measures");
                part.Measures = levels[(int)JsonLevel.Observation];
            }
            else if (cursor.IsName("attributes"u8))
            {
                ReadLevels(part.Attributes, "attributes");
            }
            else if (cursor.IsName("dataSets"u8))
            {
                ReadDataSets(part);
            }
            else
            {
                // Names and annotations say nothing that reading needs.
                cursor.Skip();
            }
        }

        return part;
    }

    private void ReadLevels(List<JsonComponentPart>[] levels, string parent)
    {
        cursor.ReadToken();
        JsonMembers members = new(cursor, issues, parent);
        while (members.Next())
        {
            JsonLevel? level = cursor.IsName("dataSet"u8) ? JsonLevel.DataSet
                : cursor.IsName("dimensionGroup"u8) ? JsonLevel.DimensionGroup
                : cursor.IsName("series"u8) ? JsonLevel.Series
                : cursor.IsName("observation"u8) ? JsonLevel.Observation
                : null;
            cursor.ReadToken();
            if (level is null || cursor.Token != JsonTokenType.StartArray)
            {
                cursor.Skip();
                continue;
            }

            int depth = cursor.Depth;
            while (NextElement(depth))
            {
                if (cursor.Token == JsonTokenType.StartObject)
                {
                    levels[(int)level].Add(ReadComponent());
                }
                else
                {
                    JsonFindings.WrongKind(cursor, issues, null, "object");
                    cursor.Skip();
                }
            }
        }
    }

    private bool NextElement(int depth)
    {
        cursor.ReadToken();
        return !(cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth);
    }

    private void ReadDataSets(JsonStructurePart part)
    {
        cursor.ReadToken();
        if (cursor.Token != JsonTokenType.StartArray)
        {
            cursor.Skip();
            return;
        }

        int depth = cursor.Depth;
        while (NextElement(depth))
        {
            if (JsonFindings.TryInteger(cursor, out int index))
            {
                part.DataSets.Add(index);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private JsonComponentPart ReadComponent()
    {
        JsonComponentPart component = new() { Location = cursor.Location };
        JsonMembers members = new(cursor, issues, "component");
        while (members.Next())
        {
            if (cursor.IsName("id"u8))
            {
                component.Id = ReadText() ?? "";
            }
            else if (cursor.IsName("keyPosition"u8))
            {
                cursor.ReadToken();
                component.KeyPosition = JsonFindings.TryInteger(cursor, out int position) ? position : null;
                cursor.Skip();
            }
            else if (cursor.IsName("default"u8))
            {
                component.Default = ReadText();
            }
            else if (cursor.IsName("relationship"u8))
            {
                ReadRelationship(component);
            }
            else if (cursor.IsName("values"u8))
            {
                ReadValues(component);
            }
            else
            {
                cursor.Skip();
            }
        }

        return component;
    }

    private string? ReadText()
    {
        cursor.ReadToken();
        string? text = cursor.Token is JsonTokenType.StartObject or JsonTokenType.StartArray ? null : cursor.Text();
        cursor.Skip();
        return text;
    }

    private void ReadRelationship(JsonComponentPart component)
    {
        cursor.ReadToken();
        JsonMembers members = new(cursor, issues, "relationship");
        while (members.Next())
        {
            if (!cursor.IsName("dimensions"u8))
            {
                cursor.Skip();
                continue;
            }

            cursor.ReadToken();
            int depth = cursor.Depth;
            while (cursor.Token == JsonTokenType.StartArray || cursor.Depth > depth)
            {
                cursor.ReadToken();
                if (cursor.Token == JsonTokenType.String && cursor.Text() is { } id)
                {
                    component.Relationship = component.Relationship.Add(id);
                }
                else if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
                {
                    break;
                }
            }
        }
    }

    private void ReadValues(JsonComponentPart component)
    {
        cursor.ReadToken();
        if (cursor.Token != JsonTokenType.StartArray)
        {
            if (cursor.Token != JsonTokenType.Null)
            {
                JsonFindings.WrongKind(cursor, issues, component.Id, "array");
            }

            cursor.Skip();
            return;
        }

        component.Values = [];
        int depth = cursor.Depth;
        while (NextElement(depth))
        {
            // Some services list the bare codes.
            component.Values.Add(cursor.Token == JsonTokenType.StartObject ? ReadValue() : JsonValueReader.Read(cursor, issues, component.Id));
        }
    }

    /// <summary>A component value: a code by its id, a text by its name, or a value or several by themselves.</summary>
    private ComplexValue? ReadValue()
    {
        string? id = null, name = null;
        ComplexValue? value = null, names = null;
        JsonMembers members = new(cursor, issues, "values");
        while (members.Next())
        {
            if (cursor.IsName("id"u8))
            {
                id = ReadText();
            }
            else if (cursor.IsName("name"u8))
            {
                cursor.ReadToken();
                ComplexValue? read = JsonValueReader.Read(cursor, issues, null);
                name = read?.Values is [{ Texts: [{ Key: ComplexValue.NoLanguage } text] }] ? text.Value : null;

                // A localised name where the text should be: the oldest drafts.
                names ??= name is null ? read : null;
            }
            else if (cursor.IsName("names"u8))
            {
                cursor.ReadToken();
                names = cursor.Token == JsonTokenType.StartObject ? JsonValueReader.Read(cursor, issues, null) : names;
                cursor.Skip();
            }
            else if (cursor.IsName("value"u8) || cursor.IsName("values"u8))
            {
                cursor.ReadToken();
                value = JsonValueReader.Read(cursor, issues, null);
            }
            else
            {
                cursor.Skip();
            }
        }

        if (value is not null)
        {
            return value;
        }

        return id is not null ? ComplexValue.Of(id)
            : names is not null && names.Values.Length > 0 ? names
            : name is not null ? ComplexValue.Of(name)
            : null;
    }
}
