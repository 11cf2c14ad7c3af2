using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Says what a data format cannot carry (S0006), each once a message: the property as <see cref="KnownLosses.Data"/> names it, and what
/// it concerns. Of headers the table itself decides what is said.
/// </summary>
internal sealed class DataLosses(SdmxFormat format, IssueList? issues)
{
    /// <summary>Properties of the header of a message that say something of the data, and whether they are there.</summary>
    private static readonly (string Property, Func<MessageHeader, bool> IsThere)[] OfMessage =
    [
        ("MessageHeader.IsTest", h => h.IsTest),
        ("MessageHeader.Name", h => !h.Name.IsEmpty),
        ("MessageHeader.Source", h => !h.Source.IsEmpty),
    ];

    /// <summary>Properties of the header of a data set that are carried or not, and their texts.</summary>
    private static readonly (string Property, Func<DataSetHeader, string?> Text)[] OfDataSet =
    [
        ("DataSetHeader.SetId", h => h.SetId),
        ("DataSetHeader.DataProvider", h => h.DataProvider?.ToString()),
        ("DataSetHeader.ValidFrom", h => h.ValidFrom),
        ("DataSetHeader.ValidTo", h => h.ValidTo),
        ("DataSetHeader.ReportingBegin", h => h.ReportingBegin),
        ("DataSetHeader.ReportingEnd", h => h.ReportingEnd),
        ("DataSetHeader.PublicationYear", h => h.PublicationYear),
        ("DataSetHeader.PublicationPeriod", h => h.PublicationPeriod),
        ("DataSetHeader.Annotations", h => h.Annotations.IsEmpty ? null : ""),
    ];

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>True when somebody wants to know.</summary>
    public bool AreAsked => issues is not null;

    /// <summary>Says once that something is not carried.</summary>
    /// <param name="property">Its name in the table.</param>
    /// <param name="what">What it concerns; null for nothing in particular.</param>
    /// <param name="at">Where it was found.</param>
    public void Say(string property, string? what = null, Location at = default)
    {
        if (issues is null)
        {
            return;
        }

        string text = what is null ? property : $"{property} {what}";
        if (_said.Add(text))
        {
            issues.Add(IssueCodes.NotCarried, at, text, format.Name);
        }
    }

    /// <summary>Says once that something of a component is not carried.</summary>
    public void Say(string property, SchemaComponent component) => Say(property, component.Id, new Location(Component: component.Id));

    /// <summary>Says what of the header of the message is not carried.</summary>
    public void SayOf(MessageHeader header)
    {
        if (!AreAsked)
        {
            return;
        }

        foreach ((string property, Func<MessageHeader, bool> isThere) in OfMessage)
        {
            if (isThere(header) && KnownLosses.FindOfData(property, format) is not null)
            {
                Say(property);
            }
        }
    }

    /// <summary>Says what of the header of a data set is not carried.</summary>
    public void SayOf(DataSetSpace dataSet)
    {
        if (!AreAsked)
        {
            return;
        }

        DataSetHeader header = dataSet.Header;
        Location at = new(header.Line);
        foreach ((string property, Func<DataSetHeader, string?> textOf) in OfDataSet)
        {
            // SDMX-JSON carries validity, but as an instant with an offset.
            bool isValidity = format.Kind == MessageKind.JsonData && property.StartsWith("DataSetHeader.Valid", StringComparison.Ordinal);
            if (textOf(header) is { } text && KnownLosses.FindOfData(property, format) is not null && !(isValidity && JsonText.ToDateTime(text) == text))
            {
                Say(property, text.Length == 0 ? null : text, at);
            }
        }

        foreach (Annotation annotation in KnownLosses.FindOfData("DataSetHeader.Annotations", format) is null ? header.Annotations : [])
        {
            SayOf(annotation, at);
        }
    }

    /// <summary>
    /// Says that a data set that deletes names parts of observations, where only keys are written: then more is deleted than was asked
    /// for. The dashes of SDMX-CSV 2.x are such parts.
    /// </summary>
    public void SayPartsOfDeletions(ObservationBatch batch, bool carriesDashes)
    {
        if (!AreAsked)
        {
            return;
        }

        bool IsLost(string? cell) => cell is not null && !(carriesDashes && cell == "-");
        for (int m = 0; m < batch.Measures.Length; m++)
        {
            if (batch.Measures[m].Take(batch.Count).Any(v => IsLost(v.Kind == ObservationValueKind.Absent ? null : v.ToString())))
            {
                Say("Deletion.Parts", batch.Schema.Measures[m]);
            }
        }

        foreach ((ValueColumn column, int count) in batch.SeriesAttributes.Select(a => (a, batch.SeriesCount)).Concat(batch.ObservationAttributes.Select(a => (a, batch.Count))))
        {
            if (Enumerable.Range(0, count).Any(i => IsLost(column[i])))
            {
                Say("Deletion.Parts", column.Component);
            }
        }
    }

    private void SayOf(Annotation annotation, Location at)
    {
        foreach ((string property, bool isThere) in new[] { ("Annotation.Value", annotation.Value is not null), ("Annotation.Urls", !annotation.Urls.IsEmpty) })
        {
            if (isThere && KnownLosses.FindOfData(property, format) is not null)
            {
                Say(property, annotation.Id ?? annotation.Type ?? annotation.Title, at);
            }
        }
    }
}
