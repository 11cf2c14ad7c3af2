using System.Text;
using System.Xml;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Settings of the writers.</summary>
internal static class XmlSettings
{
    /// <summary>UTF-8 without byte order mark, line ends kept as they are.</summary>
    public static XmlWriterSettings Of(bool indented) => new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = indented,
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };
}
