using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dsm.Conformance.DataMessages;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Clients;

/// <summary>
/// khaeru/sdmx (Python) finds in our messages what we put there, and we find in its messages what it read. What it cannot read, and why
/// some messages here have no attributes of whole data sets, is told in docs/deviations.md.
/// </summary>
public partial class KhaeruSdmxTests
{
    [KhaeruTheory]
    [InlineData("DF_ASYLAPP", "2.1", true)]
    [InlineData("DF_FSTOCK", "2.1", true)]
    [InlineData("DF_ASYLAPP", "3.0", false)]
    [InlineData("DF_WPERMIT", "3.0", false)]
    public void Finds_every_code_concept_component_and_name_of_our_structures(string flow, string version, bool withFlowAttributes)
    {
        ClientMessages messages = new(flow, withFlowAttributes);
        using ClientFile structures = new("xml", messages.Structures(version));

        IReadOnlyList<string> found = ForeignClient.Khaeru.Facts("facts", structures.Path);

        ClientFacts.Differences(found, messages.ExpectedStructures).Should().BeEmpty();
        found.Should().Contain(f => f.StartsWith("Code\t", StringComparison.Ordinal) && f.EndsWith("\tЖенщины", StringComparison.Ordinal));
    }

    [KhaeruTheory]
    [InlineData("SDMX-ML 2.1 generic data", "DF_ASYLAPP", "TIME_PERIOD", true)]
    [InlineData("SDMX-ML 2.1 generic data", "DF_G", "AllDimensions", true)]
    [InlineData("SDMX-ML 2.1 generic time series", "DF_ENTRY", "TIME_PERIOD", false)]
    [InlineData("SDMX-ML 2.1 structure-specific data", "DF_G", "TIME_PERIOD", true)]
    [InlineData("SDMX-ML 2.1 structure-specific data", "DF_G", "AllDimensions", true)]
    [InlineData("SDMX-ML 2.1 structure-specific data", "DF_ASYLAPP", "TIME_PERIOD", true)]
    [InlineData("SDMX-ML 2.1 structure-specific time series", "DF_RSD", "TIME_PERIOD", true)]
    [InlineData("SDMX-ML 3.0 data", "DF_ASYLAPP", "TIME_PERIOD", false)]
    [InlineData("SDMX-ML 3.0 data", "DF_FSTOCK", "AllDimensions", false)]
    [InlineData("SDMX-CSV 2.0 data", "DF_ASYLAPP", null, false)]
    [InlineData("SDMX-CSV 2.1 data", "DF_WPERMIT", null, false)]
    public void Finds_every_observation_with_its_attributes(string formatName, string flow, string? dimension, bool withFlowAttributes)
    {
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == formatName);
        ClientMessages messages = new(flow, withFlowAttributes);
        using ClientFile structures = new("xml", messages.Structures(format.IsVersion3 ? "3.0" : "2.1"));
        using ClientFile data = new(format.Syntax, messages.Data(format, dimension));

        IReadOnlyList<string> found = ForeignClient.Khaeru.Facts("facts", data.Path, structures.Path);

        // It knows no columns of texts by language (COMMENT_OBS[en]).
        ClientFacts.Differences(found, messages.ExpectedObservations.Select(o => format.Syntax == "csv" ? Comment().Replace(o, "") : o)).Should().BeEmpty();
        found.Should().HaveCountGreaterThan(100);
    }

    [KhaeruTheory]
    [InlineData("DF_ASYLAPP")]
    [InlineData("DF_RSD")]
    public void Its_structures_are_read_by_us(string flow)
    {
        ClientMessages messages = new(flow);
        using ClientFile ours = new("xml", messages.Structures("2.1"));
        using ClientFile theirs = new("xml");
        ForeignClient.Khaeru.Run("write", ours.Path, theirs.Path);

        IssueList issues = new();
        using MemoryStream stream = new(theirs.Content);
        StructureSet read = StructureMessageReader.Read(stream, issues);

        issues.Kept.Should().BeEmpty();
        IReadOnlyList<string> found = ClientFacts.Of(read.All.Where(a => a is Codelist or ConceptScheme or DataStructure or Dataflow));
        ClientFacts.Differences(found, messages.ExpectedStructures).Should().BeEmpty();
    }

    [KhaeruTheory]
    [InlineData("TIME_PERIOD", "xml")]
    [InlineData("AllDimensions", "xml")]
    [InlineData("TIME_PERIOD", "csv")]
    public void Its_data_are_read_by_us(string dimension, string written)
    {
        (byte[] theirs, ClientMessages messages) = Rewritten(MediaTypes.StructureSpecificData21, dimension, written);

        IReadOnlyList<string> found = ClientFacts.Of(WrittenMessage.Read(theirs, messages.Schema));

        // In its CSV files a value that is missing on purpose is an empty field.
        ClientFacts.Differences(found, messages.ExpectedObservations.Select(o => written == "csv" ? o.Replace("=NaN", "=", StringComparison.Ordinal) : o)).Should().BeEmpty();
        found.Should().HaveCountGreaterThan(100);
    }

    [KhaeruTheory]
    [InlineData("TIME_PERIOD")]
    [InlineData("AllDimensions")]
    public void Its_generic_data_are_read_by_us_or_refused_with_their_place_where_they_stand_under_the_wrong_root(string dimension)
    {
        (byte[] theirs, ClientMessages messages) = Rewritten(MediaTypes.GenericData21, dimension, "xml");
        if (XElement.Load(new MemoryStream(theirs)).Name.LocalName == "GenericData")
        {
            ClientFacts.Differences(ClientFacts.Of(WrittenMessage.Read(theirs, messages.Schema)), messages.ExpectedObservations).Should().BeEmpty();
            return;
        }

        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(theirs), _ => messages.Schema, issues)!;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
                batch.Dimensions.SelectMany(d => Enumerable.Range(0, batch.SeriesCount).Select(s => d[s])).Should().OnlyContain(v => v == null, "no key is made up");
            }
        }

        issues.Kept.Should().Contain(i => i.Code.Id == "M0008" && i.Location.Line == 2 && i.Location.Column > 0);
    }

    [GeneratedRegex("\tCOMMENT_OBS=[^\t]*")]
    private static partial Regex Comment();

    private static (byte[] Theirs, ClientMessages Messages) Rewritten(SdmxFormat format, string dimension, string written)
    {
        ClientMessages messages = new("DF_ASYLAPP", withFlowAttributes: false);
        using ClientFile structures = new("xml", messages.Structures("2.1"));
        using ClientFile ours = new("xml", messages.Data(format, dimension));
        using ClientFile theirs = new(written);
        ForeignClient.Khaeru.Run("write", ours.Path, theirs.Path, structures.Path);
        return (theirs.Content, messages);
    }
}
