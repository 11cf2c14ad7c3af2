using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Dsm.Tests;

/// <summary>
/// Prints a model value property by property, so that two values can be compared by content: records compare their collections by
/// reference. Only what can be set is printed; what is computed follows from it.
/// </summary>
internal static class ModelText
{
    /// <summary>The text of a value, one property a line.</summary>
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Print(text, "", value);
        return text.ToString();
    }

    private static void Print(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case string or Enum or bool or IFormattable or Dsm.Sdmx.Model.SdmxVersion or Dsm.Sdmx.Model.StructureType:
                text.Append(path).Append(" = ").AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
            case Dsm.Sdmx.Model.LocalisedText localised:
                foreach ((string language, string localText) in localised.Texts)
                {
                    text.Append(path).Append('@').Append(language).Append(" = ").AppendLine(localText);
                }

                return;
            case IDictionary<string, string> or IReadOnlyDictionary<string, string>:
                foreach (KeyValuePair<string, string> pair in ((IEnumerable<KeyValuePair<string, string>>)value).OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    Print(text, $"{path}[{pair.Key}]", pair.Value);
                }

                return;
            case IEnumerable list:
                int index = 0;
                foreach (object? item in list)
                {
                    Print(text, $"{path}[{index++}]", item);
                }

                return;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && (p.CanWrite || value is System.Runtime.CompilerServices.ITuple || p.Name is "Key" or "Value")))
        {
            Print(text, $"{path}.{property.Name}", property.GetValue(value));
        }
    }
}
