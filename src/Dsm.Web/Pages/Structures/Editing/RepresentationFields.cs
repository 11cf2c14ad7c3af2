using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Fields for the values of a concept or component: a codelist, or a type of text with its limits.</summary>
/// <param name="Values">The values now; null when they are not said here.</param>
/// <param name="Lists">Lists to choose from.</param>
/// <param name="Label">What is chosen.</param>
/// <param name="None">Text for saying nothing.</param>
public sealed record RepresentationFields(Representation? Values, IReadOnlyList<Maintainable> Lists, string Label, string None)
{
    /// <summary>The value of the choice: <c>list:URN</c>, <c>text:Type</c> or empty.</summary>
    public string Chosen => Values?.Enumeration is { } list ? "list:" + list.Urn : Values?.TextFormat is { } format ? "text:" + format.DataType : Values is null ? "" : "text:" + SdmxDataType.String;

    /// <summary>The values that a form says; what the form has no field for stays.</summary>
    public static Representation? Read(IFormCollection form, Representation? before)
    {
        ArgumentNullException.ThrowIfNull(form);
        string chosen = form["values"].ToString();
        if (chosen.StartsWith("list:", StringComparison.Ordinal) && References.Parse(chosen[5..]) is { } list)
        {
            return (before ?? new Representation()) with { Enumeration = list, TextFormat = before?.Enumeration is null ? null : before.TextFormat };
        }

        if (!chosen.StartsWith("text:", StringComparison.Ordinal) || !Enum.TryParse(chosen[5..], out SdmxDataType type))
        {
            return null;
        }

        TextFormat format = (before?.Enumeration is null ? before?.TextFormat : null) ?? new TextFormat();
        return (before ?? new Representation()) with
        {
            Enumeration = null,
            TextFormat = format with
            {
                DataType = type,
                MinLength = Number(form["minLength"]),
                MaxLength = Number(form["maxLength"]),
                Decimals = Number(form["decimals"]),
                MinValue = Amount(form["minValue"]),
                MaxValue = Amount(form["maxValue"]),
                Pattern = form["pattern"].ToString() is { Length: > 0 } pattern ? pattern : null,
                IsMultilingual = form["multilingual"].Contains("true"),
            },
        };
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static decimal? Amount(string? text)
        => decimal.TryParse(text?.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) ? amount : null;
}
