using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Extensions of codelists in words.</summary>
public static class ExtensionTexts
{
    /// <summary>Which codes an extension takes in.</summary>
    public static string Which(CodelistExtension extension, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(texts);
        return extension.Codes.IsEmpty ? texts["extension.all"]
            : texts.Format(extension.IsExclusive ? "extensions.not" : "extensions.only", string.Join(", ", extension.Codes.Take(20).Select(c => Value(c, texts))) + (extension.Codes.Length > 20 ? " …" : ""));
    }

    private static string Value(MemberValue value, PageTexts texts) => value.Cascade switch
    {
        CascadeValues.WithRoot => texts.Format("extensions.withbelow", value.Value),
        CascadeValues.ExcludeRoot => texts.Format("extensions.onlybelow", value.Value),
        _ => value.Value,
    };
}
