using System.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Opens a message that is read by element, leads to its root element, and turns what the parser throws into findings.</summary>
internal static class XmlWalk
{
    /// <summary>Runs a reader on the root element of a message, inside its SOAP envelope if it has one; then goes on to the end of the message.</summary>
    public static void Run(Stream stream, IssueList issues, Action<XmlCursor> read)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(stream, XmlMessages.Settings(StructureMessageReader.MaxCharacters));
            XmlCursor cursor = new(xml, issues);
            SoapEnvelope soap = new();
            do
            {
                if (!cursor.NextElement())
                {
                    issues.Add(IssueCodes.EmptyMessage, cursor.Location);
                    return;
                }

                if (soap.IsFault(cursor.Name, cursor.Namespace))
                {
                    cursor.Report(IssueCodes.SdmxErrorMessage, "SOAP", cursor.Token());
                    return;
                }
            }
            while (soap.IsPart(cursor.Name, cursor.Namespace, cursor.Depth));

            read(cursor);
            cursor.ToEnd();
        }
        catch (XmlException e)
        {
            issues.Add(XmlMessages.Finding(e, StructureMessageReader.MaxCharacters));
        }
        catch (NestingException)
        {
            issues.Add(IssueCodes.TooLarge, Location.None, "nesting of elements", XmlCursor.MaxDepth);
        }
        catch (InvalidDataException e)
        {
            // A decompressing stream handed in found its data damaged.
            issues.Add(IssueCodes.MalformedXml, Location.None, e.Message);
        }
    }
}
