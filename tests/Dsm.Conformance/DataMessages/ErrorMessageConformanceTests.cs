using System.Buffers;
using System.Text;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Error messages are valid in every version and say the same in every language.</summary>
public class ErrorMessageConformanceTests
{
    [SharedFolderFact]
    public void Is_valid_by_the_official_schemas()
    {
        foreach (SdmxNamespaces version in new[] { SdmxNamespaces.V21, SdmxNamespaces.V30, SdmxNamespaces.V31 })
        {
            ArrayBufferWriter<byte> output = new();
            ErrorMessage syntax = ErrorMessage.Of("140", new Issue(IssueCodes.UnknownParameter, Location.None, "<x> & \"y\""));
            ErrorMessageWriter.Write(output, version, syntax, new ErrorMessage("100", LocalisedText.Of("No results")));
            OfficialSchemas.Errors(new MemoryStream(output.WrittenSpan.ToArray()), version.Standard).Should().BeEmpty(version.Standard);
            Encoding.UTF8.GetString(output.WrittenSpan).Should().Contain("code=\"140\"").And.Contain("xml:lang=\"ru\"").And.Contain("&lt;x&gt; &amp; &quot;y&quot;");
        }
    }

    [Fact]
    public void Refuses_to_be_empty()
        => FluentActions.Invoking(() => ErrorMessageWriter.Write(new ArrayBufferWriter<byte>(), SdmxNamespaces.V21)).Should().Throw<ArgumentException>();
}
