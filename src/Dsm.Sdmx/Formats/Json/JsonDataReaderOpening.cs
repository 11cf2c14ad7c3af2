using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <content>The opening of a data set: what must be known before its observations, if need be by looking ahead.</content>
public sealed partial class JsonDataReader
{
    private static readonly string[] Bulk = ["attributes", "dimensionGroupAttributes", "series", "observations"];

    private string? _pending;
    private JsonDataSetPart _part = null!;
    private JsonStructurePart _structure = null!;
    private JsonBinding _binding = null!;

    private bool OpenDataSet()
    {
        _dataSetNumber++;
        _members = new HashSet<string>(StringComparer.Ordinal);
        _pending = null;
        JsonDataSetPart part = _ahead is not null && _dataSetNumber < _ahead.Count ? _ahead[_dataSetNumber] : new JsonDataSetPart { Location = _cursor.Location };
        bool isEmpty = false;
        while (_pending is null && !isEmpty)
        {
            _cursor.ReadToken();
            isEmpty = _cursor.Token == JsonTokenType.EndObject;
            if (!isEmpty && IsFirst(_cursor, _members, "dataSet"))
            {
                _pending = ReadDataSetMember(_cursor, part);
            }
        }

        part.HasSeries ??= _pending switch { "series" => true, "observations" => false, _ => null };
        if (!IsReady(part, isEmpty))
        {
            part = LookAhead(part, isEmpty);
        }

        _part = part;
        _place = isEmpty ? Place.Outside : Place.DataSet;
        return Begin();
    }

    /// <summary>True for a name that comes for the first time in an object; others are reported and passed over.</summary>
    private bool IsFirst(JsonCursor cursor, HashSet<string> seen, string parent)
    {
        string name = cursor.Text()!;
        if (seen.Add(name))
        {
            return true;
        }

        Issues.Add(IssueCodes.JsonDuplicateMember, cursor.Location, name, parent);
        cursor.Skip();
        return false;
    }

    /// <summary>Reads a short member of a data set. Of one of the long ones it gives the name, and leaves the cursor there.</summary>
    private static string? ReadDataSetMember(JsonCursor cursor, JsonDataSetPart part)
    {
        string name = cursor.Text()!;
        if (Bulk.Contains(name))
        {
            return name;
        }

        if (name == "links")
        {
            if (part.References.Count == 0)
            {
                JsonLinks.Read(cursor, part.References);
                return null;
            }

            cursor.Skip();
            return null;
        }

        cursor.ReadToken();
        string? text = cursor.Token is JsonTokenType.StartObject or JsonTokenType.StartArray ? null : cursor.Text();
        switch (name)
        {
            case "structure":
                part.Structure = JsonFindings.TryInteger(cursor, out int index) ? index : part.Structure;
                break;
            case "action":
                (part.Action, part.ActionLocation) = (text, cursor.Location);
                break;
            case "validFrom":
                part.ValidFrom = text;
                break;
            case "validTo":
                part.ValidTo = text;
                break;
            case "reportingBegin":
                part.ReportingBegin = text;
                break;
            case "reportingEnd":
                part.ReportingEnd = text;
                break;
            case "publicationYear":
                part.PublicationYear = text;
                break;
            case "publicationPeriod":
                part.PublicationPeriod = text;
                break;
            case "id" or "setId":
                part.Id = text;
                break;
        }

        cursor.Skip();
        return null;
    }

    /// <summary>True when everything is known that may not come after the observations.</summary>
    private bool IsReady(JsonDataSetPart part, bool isEmpty)
    {
        if (_ahead is not null || part.IsComplete)
        {
            return true;
        }

        if (_structures is null || Header is null || (!isEmpty && part.Action is null) || (!isEmpty && _structures.Count > 1 && part.Structure is null))
        {
            return false;
        }

        // Attributes of groups that include time go to observations: they must be there before these.
        return isEmpty || _members.Contains("dimensionGroupAttributes")
            || _structures.All(s => s.Attributes[(int)JsonLevel.DimensionGroup].Count == 0);
    }

    /// <summary>Keeps the rest of the message, and goes through it for all that says something about the data.</summary>
    private JsonDataSetPart LookAhead(JsonDataSetPart part, bool isEmpty)
    {
        JsonBookmark here = Keep();
        JsonCursor cursor = _cursor.Fork(here, _spool!.From(here.Offset));
        List<JsonDataSetPart> ahead = [.. Enumerable.Range(0, _dataSetNumber).Select(_ => new JsonDataSetPart()), part];
        try
        {
            if (!isEmpty)
            {
                LookThroughDataSet(cursor, part, _pending);
            }

            part.IsComplete = true;
            LookThroughRest(cursor, ahead);
        }
        catch (MessageException)
        {
            // Reading comes to the same place, and reports it.
        }

        _ahead = ahead;
        return part;
    }

    /// <summary>From now on reads from a spool that holds the rest of the message. Gives the place where it stands.</summary>
    private JsonBookmark Keep()
    {
        JsonBookmark here = _cursor.Bookmark;
        if (_spool is null)
        {
            _spool = _cursor.Spool();
            _cursor = _cursor.Fork(here, _spool.From(here.Offset));
        }

        return here;
    }

    private static void LookThroughDataSet(JsonCursor cursor, JsonDataSetPart part, string? pending)
    {
        while (true)
        {
            if (pending is not null)
            {
                part.HasSeries ??= pending switch { "series" => true, "observations" => false, _ => null };
                part.Attributes = pending == "attributes" ? part.Attributes ?? cursor.Bookmark : part.Attributes;
                part.Groups = pending == "dimensionGroupAttributes" ? part.Groups ?? cursor.Bookmark : part.Groups;
                cursor.SkipQuickly();
            }

            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndObject)
            {
                part.IsComplete = true;
                return;
            }

            pending = ReadDataSetMember(cursor, part);
        }
    }

    private void LookThroughRest(JsonCursor cursor, List<JsonDataSetPart> ahead)
    {
        bool inDataSets = true, inData = _inData;

        // Findings about these members are made here, once; the data sets' own are made when they are read.
        while (true)
        {
            cursor.ReadToken();
            if (inDataSets)
            {
                if (cursor.Token == JsonTokenType.StartObject)
                {
                    JsonDataSetPart part = new() { Location = cursor.Location };
                    ahead.Add(part);
                    LookThroughDataSet(cursor, part, null);
                }
                else if (cursor.Token == JsonTokenType.EndArray)
                {
                    inDataSets = false;
                }
                else
                {
                    cursor.Skip();
                }
            }
            else if (cursor.Token == JsonTokenType.PropertyName)
            {
                string name = cursor.Text()!;
                if (name == "data" && !inData && !_rootMembers.Contains("data"))
                {
                    cursor.ReadToken();
                    inData = cursor.Token == JsonTokenType.StartObject;
                    cursor.Skip(unless: inData);
                }
                else if ((inData ? _dataMembers : _rootMembers).Contains(name))
                {
                    cursor.Skip();
                }
                else
                {
                    ReadDescription(cursor, Issues, name);
                }
            }
            else if (inData)
            {
                inData = false;
            }
            else
            {
                return;
            }
        }
    }

    private bool Begin()
    {
        if (FindStructure() is not { } structure)
        {
            return false;
        }

        _structure = structure;
        if (ActionOf(_part) is not { } action)
        {
            Issues.Add(IssueCodes.UnknownAction, _part.ActionLocation, _part.Action);
            return false;
        }

        StructureReference[] references = [.. structure.References.Concat(_part.References).Distinct()];
        (StructureReference? reference, DataSchema? schema) = Resolve(references.Length > 0 ? references : _options.FallbackStructure is { } fallback ? [fallback] : []);
        if (schema is null)
        {
            Issues.Add(IssueCodes.UnknownStructure, _part.Location, reference?.ToString() ?? "-");
            return false;
        }

        List<JsonComponentPart> observation = structure.Dimensions[(int)JsonLevel.Observation];
        bool hasSeries = _part.HasSeries ?? structure.Dimensions[(int)JsonLevel.Series].Count > 0;
        DataSet = new DataSetSpace(
            new DataSetHeader
            {
                Structure = reference!,
                Action = action,
                DimensionAtObservation = hasSeries && observation is [{ } only] ? only.Id : DataSchema.AllDimensions,
                ProvisionAgreement = reference!.Type == StructureType.ProvisionAgreement ? reference : null,
                SetId = _part.Id,
                ValidFrom = _part.ValidFrom,
                ValidTo = _part.ValidTo,
                ReportingBegin = _part.ReportingBegin,
                ReportingEnd = _part.ReportingEnd,
                PublicationYear = _part.PublicationYear,
                PublicationPeriod = _part.PublicationPeriod,
                Line = _part.Location.Line,
            },
            schema);
        StartReading(DataSet);
        return true;
    }

    private JsonStructurePart? FindStructure()
    {
        int index = _part.Structure ?? Math.Max(0, _structures?.FindIndex(s => s.DataSets.Contains(_dataSetNumber)) ?? 0);
        if (_structures is null || _structures.Count == 0)
        {
            // Perhaps the message breaks off or is broken before its structure; that says more.
            long before = Issues.CountOf(Severity.Fatal);
            while (_cursor.Read())
            {
            }

            if (Issues.CountOf(Severity.Fatal) == before)
            {
                Issues.Add(IssueCodes.UnknownStructure, _part.Location, "-");
            }

            return null;
        }

        if (index < _structures.Count)
        {
            return _structures[index];
        }

        Issues.Add(IssueCodes.JsonIndexOutOfRange, _part.Location, index, "structure", _structures.Count);
        Issues.Add(IssueCodes.UnknownStructure, _part.Location, $"structures[{index}]");
        return null;
    }

    /// <summary>The first of the artefacts that is known, by the order of the links.</summary>
    private (StructureReference? Reference, DataSchema? Schema) Resolve(IReadOnlyList<StructureReference> references)
    {
        foreach (StructureReference reference in references)
        {
            if (_resolve(reference) is { } schema)
            {
                return (reference, schema);
            }
        }

        return (references.Count > 0 ? references[0] : null, null);
    }

    /// <summary>The action; where none is said the versions differ: Merge in 2.1, Information before.</summary>
    private DataSetAction? ActionOf(JsonDataSetPart part)
    {
        if (part.Action is not { } text)
        {
            return _schemaAddress?.Contains("2.1", StringComparison.Ordinal) == true ? DataSetAction.Merge : DataSetAction.Information;
        }

        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out DataSetAction action) ? action : null;
    }
}
