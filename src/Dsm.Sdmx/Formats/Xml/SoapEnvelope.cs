using System.Xml;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Finds the SDMX message in a SOAP envelope (1.1 and 1.2): services put it into elements of their own, which have no meaning here.
/// One for each message being opened.
/// </summary>
internal sealed class SoapEnvelope
{
    private const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    /// <summary>Elements of services are not followed deeper than this.</summary>
    private const int MaxDepth = 8;

    private bool _isOpen;

    /// <summary>True for an element around the message: of SOAP itself, or of the service that answers.</summary>
    /// <param name="name">Local name.</param>
    /// <param name="uri">Namespace.</param>
    /// <param name="depth">Depth of the element; the envelope has 0.</param>
    public bool IsPart(string name, string uri, int depth)
    {
        bool isSoap = IsSoap(uri);
        _isOpen |= isSoap;
        return isSoap || (_isOpen && depth <= MaxDepth && FormatSniffer.FormatOf(name, uri) is null);
    }

    /// <summary>True for the element by which a service says that it could not answer.</summary>
    public bool IsFault(string name, string uri) => name == "Fault" && IsSoap(uri);

    /// <summary>What the fault at hand says, its parts joined by blanks; at most a few hundred characters.</summary>
    /// <exception cref="XmlException">The XML is not well formed.</exception>
    public static string FaultText(XmlReader reader)
    {
        List<string> texts = [];
        int depth = reader.Depth;
        while (!reader.IsEmptyElement && texts.Count < 16 && reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                texts.Add(reader.Value.Trim());
            }
        }

        return string.Join(' ', texts);
    }

    private static bool IsSoap(string uri) => uri is Soap11 or Soap12;
}
