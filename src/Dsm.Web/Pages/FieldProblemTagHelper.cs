using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Dsm.Web.Pages;

/// <summary>
/// Says what is wrong with a field beside the field. The summary above the form hands over the problems of the page by
/// <see cref="Tell"/>; each field they name by its id then carries its own, for eyes and for screen readers.
/// </summary>
[HtmlTargetElement("input", Attributes = "id", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "id")]
[HtmlTargetElement("textarea", Attributes = "id")]
[HtmlTargetElement("fieldset", Attributes = "id")]
public sealed class FieldProblemTagHelper(HtmlEncoder encoder) : TagHelper
{
    // A table of a hundred bad rows is told above the form; beside the field its beginning is enough.
    private const int Shown = 5;

    private static readonly object Key = new();

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>Hands the problems of a page over to its fields.</summary>
    /// <param name="view">The page.</param>
    /// <param name="problems">Field id and text.</param>
    public static void Tell(ViewContext view, IReadOnlyList<(string Field, string Text)> problems)
    {
        ArgumentNullException.ThrowIfNull(view);
        view.HttpContext.Items[Key] = problems;
    }

    /// <summary>True when the page has problems to tell.</summary>
    public static bool HasAny(ViewContext view) => Told(view).Count > 0;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        string id = context.AllAttributes["id"].Value?.ToString() ?? "";
        string[] texts = [.. Told(View).Where(p => p.Field == id && id.Length > 0).Select(p => p.Text).Distinct().Take(Shown)];
        if (texts.Length == 0 || IsHidden(context))
        {
            return;
        }

        if (output.TagName != "fieldset")
        {
            output.Attributes.SetAttribute("aria-invalid", "true");
        }

        // Ticks stand within their label, where no paragraph may stand; the summary names them.
        if (IsTick(context))
        {
            return;
        }

        string error = id + "-error";
        string? described = output.Attributes["aria-describedby"]?.Value?.ToString();
        output.Attributes.SetAttribute("aria-describedby", described is { Length: > 0 } ? $"{error} {described}" : error);
        output.PreElement.AppendHtml($"<p class=\"error\" id=\"{encoder.Encode(error)}\">{string.Join("<br>", texts.Select(encoder.Encode))}</p>");
    }

    private static IReadOnlyList<(string Field, string Text)> Told(ViewContext view)
        => view.HttpContext.Items.TryGetValue(Key, out object? told) && told is IReadOnlyList<(string, string)> problems ? problems : [];

    private static bool IsHidden(TagHelperContext context) => TypeOf(context) == "hidden";

    private static bool IsTick(TagHelperContext context) => TypeOf(context) is "checkbox" or "radio";

    private static string? TypeOf(TagHelperContext context) => context.AllAttributes["type"]?.Value?.ToString();
}
