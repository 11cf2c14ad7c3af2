using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Fields for annotations: those there are and one more. Validity has fields of its own and is not among them.</summary>
/// <param name="Annotations">The annotations now.</param>
/// <param name="Languages">Languages of their texts.</param>
public sealed record AnnotationFields(ImmutableArray<Annotation> Annotations, IReadOnlyList<string> Languages)
{
    /// <summary>Those shown, with their numbers; the last one is empty.</summary>
    public IEnumerable<(int Number, Annotation Annotation)> Shown => Editable(Annotations).Append(new Annotation()).Select((a, i) => (i, a));

    /// <summary>The annotations that a form says: an entry without type, title and text goes; what has no field stays.</summary>
    public static ImmutableArray<Annotation> Read(IFormCollection form, ImmutableArray<Annotation> before)
    {
        ArgumentNullException.ThrowIfNull(form);
        Annotation[] shown = [.. Editable(before), new Annotation()];
        List<Annotation> read = [];
        for (int i = 0; i < shown.Length; i++)
        {
            string field = string.Create(CultureInfo.InvariantCulture, $"annotation{i}");
            if (!form.ContainsKey(field + "_type"))
            {
                read.Add(shown[i]);
                continue;
            }

            LocalisedText text = shown[i].Text;
            foreach (string key in form.Keys.Where(k => k.StartsWith(field + "_text_", StringComparison.Ordinal)))
            {
                text = ItemSheet.WithText(text, key[(field.Length + 6)..], form[key].ToString().Trim().ReplaceLineEndings("\n"));
            }

            read.Add(shown[i] with { Type = Text(form, field + "_type"), Title = Text(form, field + "_title"), Text = text });
        }

        return [.. before.Where(IsValidity), .. read.Where(a => a.Type is not null || a.Title is not null || !a.Text.IsEmpty)];
    }

    private static IEnumerable<Annotation> Editable(ImmutableArray<Annotation> annotations) => annotations.Where(a => !IsValidity(a));

    private static bool IsValidity(Annotation annotation) => annotation.Type is ItemSheet.ValidFromAnnotation or ItemSheet.ValidToAnnotation;

    private static string? Text(IFormCollection form, string field) => form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
}
