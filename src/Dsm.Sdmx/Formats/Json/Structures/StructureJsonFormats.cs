using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Representations, text formats, contacts and processes, which differ only in names between the versions.</summary>
internal abstract partial class StructureJson
{
    /// <summary>Writes a representation; nothing when it says nothing.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="representation">The representation.</param>
    /// <param name="occurs">True where numbers of values may be said.</param>
    /// <param name="codelistOnly">True where value lists are not allowed.</param>
    /// <param name="multilingual">True where texts may be in several languages.</param>
    protected void Representation(string name, Representation? representation, bool occurs, bool codelistOnly = false, bool multilingual = true)
    {
        StructureReference? list = representation?.Enumeration;
        if (list is not null && list.Type == StructureType.ValueList && (codelistOnly || Is10))
        {
            NotCarried(representation!.TextFormat is not null ? "Representation.Enumeration" : name == "coreRepresentation" ? "Concept.CoreRepresentation" : "Component.Representation", list);
            list = null;
        }

        if (representation is null || (list is null && representation.TextFormat is null))
        {
            return;
        }

        Json.WriteStartObject(name);
        if (occurs && !Is10)
        {
            Occurs(representation.MinOccurs, representation.MaxOccurs);
        }
        else
        {
            NotCarried("Representation.MinOccurs", representation.MinOccurs == 1 ? null : "", name);
            NotCarried("Representation.MaxOccurs", representation.MaxOccurs == 1 ? null : "", name);
        }

        if (list is not null)
        {
            Reference("enumeration", list);
            if (representation.TextFormat is { } coded)
            {
                Format("enumerationFormat", coded, coded: true);
            }
        }
        else
        {
            Format(Is10 ? "textFormat" : "format", representation.TextFormat!, coded: false, multilingual: multilingual);
        }

        Json.WriteEndObject();
    }

    /// <summary>Writes numbers of values that are not one.</summary>
    protected void Occurs(int min, int? max)
    {
        if (min != 1)
        {
            Json.WriteNumber("minOccurs", min);
        }

        if (max is null)
        {
            Json.WriteString("maxOccurs", "unbounded");
        }
        else if (max != 1)
        {
            Json.WriteNumber("maxOccurs", max.Value);
        }
    }

    /// <summary>Writes a text format.</summary>
    protected void Format(string name, TextFormat format, bool coded, bool multilingual = true)
    {
        Json.WriteStartObject(name);
        string type = format.DataType.ToString();
        if (Is10 && format.DataType == SdmxDataType.GeospatialInformation)
        {
            NotCarried("TextFormat.DataType", type);
            type = nameof(SdmxDataType.String);
        }

        Json.WriteString(Is10 ? "textType" : "dataType", type);
        Flag("isSequence", format.IsSequence);
        Number("interval", format.Interval);
        Number("startValue", format.StartValue);
        Number("endValue", format.EndValue);
        Text("timeInterval", format.TimeInterval);
        Text("startTime", format.StartTime);
        Text("endTime", format.EndTime);
        Number("minLength", format.MinLength);
        Number("maxLength", format.MaxLength);
        Number("minValue", format.MinValue);
        Number("maxValue", format.MaxValue);
        Text("pattern", format.Pattern);
        if (!coded)
        {
            Number("decimals", format.Decimals);
            Flag("isMultiLingual", multilingual && format.IsMultilingual);
            NotCarried("TextFormat.IsMultilingual", format.IsMultilingual && !multilingual ? "" : null, name);
            Sentinels(format);
        }
        else
        {
            NotCarried("TextFormat.Decimals", format.Decimals is null ? null : "", name);
            NotCarried("TextFormat.IsMultilingual", format.IsMultilingual ? "" : null, name);
            NotCarried("TextFormat.SentinelValues", format.SentinelValues, name);
        }

        Json.WriteEndObject();
    }

    private static readonly string[] ContactKinds = ["Telephone", "Fax", "X400", "URI", "Email"];

    /// <summary>Writes contacts.</summary>
    protected void Contacts(IEnumerable<Contact> contacts) => Array("contacts", contacts, contact =>
    {
        Text("id", contact.Id);
        Localised("name", "names", contact.Name);
        Localised("department", "departments", contact.Department);
        Localised("role", "roles", contact.Role);
        // Kinds stand in lists of their own; the order among them is lost.
        string[] kinds = [.. contact.Details.Select(d => d.Key)];
        NotCarried("Contact.Details", kinds.SequenceEqual(kinds.OrderBy(k => System.Array.IndexOf(ContactKinds, k))) ? null : "", contact.Id);
        foreach ((string kind, string member) in new[] { ("Telephone", "telephones"), ("Fax", "faxes"), ("X400", "x400s"), ("URI", "uris"), ("Email", "emails") })
        {
            Texts(member, contact.Details.Where(d => d.Key == kind).Select(d => d.Value));
        }
    });

    /// <summary>Writes a step of a process with the steps inside it.</summary>
    protected void ProcessStep(ProcessStep step)
    {
        BeginItem(step);
        Array("inputs", step.Inputs, ProcessArtefact);
        Array("outputs", step.Outputs, ProcessArtefact);
        if (step.Computation is { } computation)
        {
            Object("computation", () =>
            {
                Text("localID", computation.LocalId);
                Text("softwarePackage", computation.SoftwarePackage);
                Text("softwareLanguage", computation.SoftwareLanguage);
                Text("softwareVersion", computation.SoftwareVersion);
                Annotations(computation.Annotations);
                Localised("description", "descriptions", computation.Description.IsEmpty ? LocalisedText.Of("") : computation.Description);
            });
        }

        Array("transitions", step.Transitions, transition =>
        {
            Text("id", transition.Id);
            Text("localID", transition.LocalId);
            Annotations(transition.Annotations);
            Links(transition.Links, transition.Uri);
            Json.WriteString("targetStep", TargetStep(transition.TargetStep));
            Localised("condition", "conditions", transition.Condition.IsEmpty ? LocalisedText.Of("") : transition.Condition);
        });
        Array("processSteps", step.Children, ProcessStep);
    }

    /// <summary>How a transition names the step it leads to.</summary>
    protected virtual string TargetStep(string path) => path;

    private void ProcessArtefact(ProcessArtefact artefact)
    {
        Text("localID", artefact.LocalId);
        Annotations(artefact.Annotations);
        Reference("objectReference", artefact.Object);
    }

    private void Sentinels(TextFormat format)
    {
        if (Is10 && !format.SentinelValues.IsEmpty)
        {
            NotCarried("TextFormat.SentinelValues", "format");
            return;
        }

        Array("sentinelValues", format.SentinelValues, sentinel =>
        {
            Json.WriteString("value", sentinel.Value);
            Names(sentinel.Value, sentinel.Name, sentinel.Description);
        });
    }

    /// <summary>Writes what is said about a list of components.</summary>
    protected void Notes(ListNotes? notes)
    {
        if (notes is not null)
        {
            Annotations(notes.Annotations);
            Links(notes.Links, notes.Uri);
        }
    }

    /// <summary>Writes a service from which data can be queried.</summary>
    protected void DataSource(QueryableDataSource source)
    {
        Json.WriteString("dataURL", source.Url);
        Json.WriteBoolean("isRESTDatasource", source.IsRest);
        Json.WriteBoolean("isWebServiceDatasource", source.IsWebService);
        Text("wsdlURL", source.WsdlUrl);
        Text("wadlURL", source.WadlUrl);
    }

    /// <summary>Writes the members of a time range.</summary>
    protected void TimeRange(MemberSelection selection)
    {
        bool both = selection is { StartPeriod: not null, EndPeriod: not null };
        if (selection.StartPeriod is { } start)
        {
            Period(both ? "startPeriod" : "afterPeriod", start, selection.StartInclusive);
        }

        if (selection.EndPeriod is { } end)
        {
            Period(both ? "endPeriod" : "beforePeriod", end, selection.EndInclusive);
        }

        if (Is21)
        {
            Text("validFrom", selection.RangeValidFrom);
            Text("validTo", selection.RangeValidTo);
        }
        else if (selection.RangeValidFrom is not null || selection.RangeValidTo is not null)
        {
            NotCarried("MemberSelection.RangeValidFrom", selection.RangeValidFrom, selection.ComponentId);
            NotCarried("MemberSelection.RangeValidTo", selection.RangeValidTo, selection.ComponentId);
        }
    }

    private void Period(string name, string period, bool inclusive) => Object(name, () =>
    {
        Json.WriteString("period", JsonMeta.Instant(period, dates: false));
        Json.WriteBoolean("isInclusive", inclusive);
    });
}
