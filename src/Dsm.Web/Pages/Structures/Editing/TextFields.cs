using Dsm.Sdmx.Model;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Fields for a text, one a language.</summary>
/// <param name="Name">Beginning of the names of the fields: <c>name</c> gives <c>name_en</c>, <c>name_ru</c>.</param>
/// <param name="Label">What the text is.</param>
/// <param name="Text">The text now.</param>
/// <param name="Languages">The languages.</param>
/// <param name="IsLong">True for several lines.</param>
public sealed record TextFields(string Name, string Label, LocalisedText Text, IReadOnlyList<string> Languages, bool IsLong = false);
