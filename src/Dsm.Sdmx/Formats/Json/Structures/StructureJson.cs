using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>What writing structure messages has in common in all versions of SDMX-JSON: message, names, annotations, links, formats.</summary>
internal abstract partial class StructureJson(Utf8JsonWriter json, string version, IssueList issues)
{
    /// <summary>The writer.</summary>
    protected Utf8JsonWriter Json { get; } = json;

    /// <summary>True for 1.0, whose model is that of SDMX 2.1.</summary>
    protected bool Is10 { get; } = version == "1.0";

    /// <summary>True for 2.1, whose model is that of SDMX 3.1.</summary>
    protected bool Is21 { get; } = version == "2.1";

    /// <summary>Writes a whole message.</summary>
    public void Message(IReadOnlyCollection<Maintainable> artefacts, MessageHeader header)
    {
        Json.WriteStartObject();
        JsonMeta.Write(Json, header, "structure", version);
        Json.WriteStartObject("data");
        Structures(artefacts);
        Json.WriteEndObject();
        Json.WriteEndObject();
        Json.Flush();
    }

    /// <summary>Writes the members of the data object.</summary>
    protected abstract void Structures(IReadOnlyCollection<Maintainable> artefacts);

    /// <summary>Says that a property, or an artefact as a whole, is left out.</summary>
    /// <param name="property">Its name in <see cref="KnownLosses"/>.</param>
    /// <param name="owner">What it belongs to.</param>
    protected void NotCarried(string property, object? owner) => issues.Add(
        IssueCodes.NotCarried, Location.None, property.Contains('.', StringComparison.Ordinal) ? $"{property} of {owner}" : $"{property} {owner}", $"SDMX-JSON {version}");

    /// <summary>Says that a list is left out, unless it is empty.</summary>
    protected void NotCarried<T>(string property, ImmutableArray<T> list, object? owner)
    {
        if (!list.IsEmpty)
        {
            NotCarried(property, owner);
        }
    }

    /// <summary>Says that a text is left out, unless there is none.</summary>
    protected void NotCarried(string property, string? text, object? owner)
    {
        if (text is not null)
        {
            NotCarried(property, owner);
        }
    }

    /// <summary>Writes an array of objects; nothing when there are none.</summary>
    protected void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        bool any = false;
        foreach (T item in items)
        {
            if (!any)
            {
                Json.WriteStartArray(name);
                any = true;
            }

            Json.WriteStartObject();
            write(item);
            Json.WriteEndObject();
        }

        if (any)
        {
            Json.WriteEndArray();
        }

        if (any && Json.BytesPending > 64 * 1024)
        {
            Json.Flush();
        }
    }

    /// <summary>Writes an array of texts; nothing when there are none.</summary>
    protected void Texts(string name, IEnumerable<string> texts)
    {
        bool any = false;
        foreach (string text in texts)
        {
            if (!any)
            {
                Json.WriteStartArray(name);
                any = true;
            }

            Json.WriteStringValue(text);
        }

        if (any)
        {
            Json.WriteEndArray();
        }
    }

    /// <summary>Writes a text; nothing for null.</summary>
    protected void Text(string name, string? text)
    {
        if (text is not null)
        {
            Json.WriteString(name, text);
        }
    }

    /// <summary>Writes a flag when it is set.</summary>
    protected void Flag(string name, bool value)
    {
        if (value)
        {
            Json.WriteBoolean(name, true);
        }
    }

    /// <summary>Writes a number; nothing for null.</summary>
    protected void Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            Json.WriteNumber(name, number);
        }
    }

    /// <summary>Writes an empty object, as the format has it for "this one".</summary>
    protected void Empty(string name)
    {
        Json.WriteStartObject(name);
        Json.WriteEndObject();
    }

    /// <summary>Writes an object.</summary>
    protected void Object(string name, Action write)
    {
        Json.WriteStartObject(name);
        write();
        Json.WriteEndObject();
    }

    /// <summary>Writes a reference as URN; nothing for null.</summary>
    protected void Reference(string name, StructureReference? reference) => Text(name, reference is null ? null : Urn(reference));

    /// <summary>Writes references as URNs.</summary>
    protected void References(string name, IEnumerable<StructureReference> references) => Texts(name, references.Select(Urn));

    /// <summary>The URN of a reference as this version spells it.</summary>
    protected abstract string Urn(StructureReference reference);

    /// <summary>Writes a text in its languages: the best as <paramref name="one"/>, all as <paramref name="all"/>.</summary>
    protected void Localised(string one, string all, LocalisedText text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Json.WriteString(one, text.Best());
        Json.WriteStartObject(all);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string language, string value) in text.Texts)
        {
            if (seen.Add(language))
            {
                Json.WriteString(language, value);
            }
        }

        Json.WriteEndObject();
    }

    /// <summary>Name and description. Where the schema requires a name and there is none, the id stands for it.</summary>
    protected void Names(string id, LocalisedText name, LocalisedText description, bool required = true)
    {
        Localised("name", "names", name.IsEmpty && required ? LocalisedText.Of(id) : name);
        Localised("description", "descriptions", description);
    }

    /// <summary>Writes annotations; nothing when there are none.</summary>
    protected void Annotations(ImmutableArray<Annotation> annotations) => Array("annotations", annotations, annotation =>
    {
        Text("id", annotation.Id);
        Text("title", annotation.Title);
        Text("type", annotation.Type);
        if (!Is10)
        {
            Text("value", annotation.Value);
        }
        else if (annotation.Value is not null)
        {
            NotCarried("Annotation.Value", annotation.Id ?? annotation.Type);
        }

        Localised("text", "texts", annotation.Text);
        IEnumerable<KeyValuePair<string, string>> urls = annotation.Url is null ? annotation.Urls.Texts : annotation.Urls.Texts.Prepend(new("", annotation.Url));
        Array("links", urls, url =>
        {
            Json.WriteString("href", url.Value);
            Json.WriteString("rel", "self");
            Text("hreflang", url.Key.Length == 0 ? null : url.Key);
        });
    });

    /// <summary>The version of an artefact as this version of the format has it.</summary>
    protected virtual string Version(Maintainable artefact) => artefact.Version.ToString();

    /// <summary>Writes an instant. The schemas want a date with time and offset: what lacks them is taken for UTC.</summary>
    protected void Instant(string name, string? text, string property, object owner)
    {
        if (text is not null)
        {
            string instant = JsonMeta.Instant(text);
            Json.WriteString(name, instant);
            NotCarried(property, instant == text ? null : text, owner);
        }
    }

    /// <summary>Starts an artefact: what every maintainable has. True when its content is to be written, false for a stub.</summary>
    protected bool Begin(Maintainable artefact, bool versioned = true)
    {
        Json.WriteString("id", artefact.Id);
        Json.WriteString("agencyID", artefact.AgencyId);
        string version = versioned ? Version(artefact) : SdmxVersion.Default.ToString();
        if (versioned)
        {
            Json.WriteString("version", version);
        }
        else if (artefact.Version != SdmxVersion.Default)
        {
            NotCarried("Maintainable.Version", artefact.Reference);
        }

        if (Is10)
        {
            Json.WriteBoolean("isFinal", artefact.IsFinal ?? artefact.Version.IsStable);
        }
        else if (artefact.IsFinal is not null)
        {
            NotCarried("Maintainable.IsFinal", artefact.Reference);
        }

        if (artefact.IsPartialLanguage)
        {
            if (Is21)
            {
                Json.WriteBoolean("isPartialLanguage", true);
            }
            else
            {
                NotCarried("Maintainable.IsPartialLanguage", artefact.Reference);
            }
        }

        Flag("isExternalReference", artefact.IsExternalReference);
        Instant("validFrom", artefact.ValidFrom, "Maintainable.ValidFrom", artefact.Reference);
        Instant("validTo", artefact.ValidTo, "Maintainable.ValidTo", artefact.Reference);
        Names(artefact.Id, artefact.Name, artefact.Description);
        Annotations(artefact.Annotations);
        Links(Urn(artefact.Reference with { Version = version }), artefact);
        if (artefact is ItemScheme { IsPartial: true } and not ValueList)
        {
            Json.WriteBoolean("isPartial", true);
        }

        return artefact is not { IsExternalReference: true } or ItemScheme { IsPartial: true };
    }

    /// <summary>Starts an item of a scheme: what every item has.</summary>
    protected void BeginItem(Item item, bool named = true)
    {
        Json.WriteString("id", item.Id);
        Names(item.Id, item.Name, item.Description, named);
        Annotations(item.Annotations);
        Links(item.Links, item.Uri);
    }

    /// <summary>Links of what is no artefact of its own; its URI is the link to what describes it.</summary>
    protected void Links(ImmutableArray<Link> links, string? uri = null)
    {
        // A link to itself would need a URN; what is linked by a URI describes it.
        Array("links", uri is null ? links : links.Prepend(new Link("describedby", uri)), LinkMembers);
    }

    private void Links(string urn, Maintainable artefact)
    {
        Json.WriteStartArray("links");
        Json.WriteStartObject();
        Json.WriteString("rel", "self");
        // The schema of 2.0 spells the class of value lists otherwise than the standard.
        Json.WriteString("urn", artefact is ValueList && !Is21 ? urn.Replace(".ValueList=", ".Valuelist=", StringComparison.Ordinal) : urn);
        Text("href", artefact.StructureUrl);
        Text("uri", artefact.Uri);
        Json.WriteEndObject();
        if (artefact.ServiceUrl is not null)
        {
            Json.WriteStartObject();
            LinkMembers(new Link("service", artefact.ServiceUrl));
            Json.WriteEndObject();
        }

        // A link to itself by its URN is what stands first anyway.
        foreach (Link link in artefact.Links.Where(l => l.Rel != "self" || l.Url != urn))
        {
            Json.WriteStartObject();
            LinkMembers(link);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    /// <summary>Writes the members of a link.</summary>
    protected void LinkMembers(Link link)
    {
        Json.WriteString("rel", link.Rel);
        Json.WriteString("href", link.Url);
        Text("urn", link.Urn);
        Text("type", link.Type);
    }
}
