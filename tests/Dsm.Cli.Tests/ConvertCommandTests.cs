using System.Text;
using Dsm.Sdmx.Formats;

namespace Dsm.Cli.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task Data_come_through_every_format_unchanged()
    {
        foreach ((SdmxFormat format, string name) in FormatNames.Writable.Where(w => DataWriters.CanWrite(w.Format)))
        {
            string file = _files.New(name + format.Extension);
            CliRun run = await CliRun.Of("convert", TestFiles.Data, file, "--to", format.MediaType, "-s", TestFiles.Structures);
            run.Code.Should().Be(name == "csv10" ? 1 : 0, $"{name}: {run.Error}");
            CliRun diff = await CliRun.Of("diff", TestFiles.Data, file, "-s", TestFiles.Structures);
            diff.Code.Should().Be(0, $"{name}: {diff.Output}{diff.Error}");
            diff.Output.Should().Contain("261 the same", name);
        }
    }

    [Fact]
    public async Task Structures_come_through_every_format_unchanged()
    {
        foreach ((SdmxFormat format, string name) in FormatNames.Writable.Where(w => StructureMessages.CanWrite(w.Format)))
        {
            string file = _files.New(name + format.Extension);
            CliRun run = await CliRun.Of("convert", TestFiles.Codelist, file, "--to", name);
            run.Code.Should().Be(0, $"{name}: {run.Error}");
            CliRun diff = await CliRun.Of("diff", TestFiles.Codelist, file);
            diff.Code.Should().Be(0, $"{name}: {diff.Output}{diff.Error}");
        }
    }

    [Fact]
    public async Task Reference_metadata_come_through_every_format()
    {
        string source = _files.Write("set.xml", """
            <m:GenericMetadata xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/metadata/generic" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common">
              <m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00Z</m:Prepared><m:Sender id="T"/></m:Header>
              <m:MetadataSet agencyID="T" id="SET" version="1.0"><c:Name>Set</c:Name>
                <g:Metadataflow>urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=T:MDF(1.0)</g:Metadataflow>
                <g:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.0)</g:Target>
                <g:Attribute id="CONTACT"><g:Attribute id="NAME"><c:Text xml:lang="en">Statistics</c:Text><c:Text xml:lang="ru">Статистика</c:Text></g:Attribute></g:Attribute>
                <g:Attribute id="NOTE"><g:Value>42</g:Value></g:Attribute>
              </m:MetadataSet>
            </m:GenericMetadata>
            """);
        (SdmxFormat Format, string Name)[] formats = [.. FormatNames.Writable.Where(w => MetadataMessageWriters.CanWrite(w.Format))];
        formats.Should().HaveCount(8);
        foreach ((SdmxFormat format, string name) in formats)
        {
            string file = _files.New("metadata-" + name + format.Extension), back = _files.New("back-" + name + ".xml");
            CliRun run = await CliRun.Of("convert", source, file, "--to", name);

            // SDMX-CSV says no names.
            run.Code.Should().Be(format.Syntax == "csv" ? 1 : 0, $"{name}: {run.Error}");
            (await CliRun.Of("convert", file, back, "--to", "xml30")).Output.Should().BeEmpty();
            string text = await File.ReadAllTextAsync(back);
            text.Should().Contain("<com:Text xml:lang=\"ru\">Статистика</com:Text>").And.Contain("<md:Value>42</md:Value>").And.Contain("Dataflow=T:DF(1.0)", name);
            CliRun inspected = await CliRun.Of("inspect", file, "--json");
            inspected.Code.Should().Be(0, inspected.Output);
            inspected.Output.Should().Contain("\"MetadataSet\":1", name);
        }
    }

    [Fact]
    public async Task Standard_input_and_output_work()
    {
        CliRun run = await CliRun.With(File.ReadAllBytes(TestFiles.Data), null, "convert", "-", "-", "--to", "csv20", "-s", TestFiles.Structures);
        run.Code.Should().Be(0, run.Error);
        run.Error.Should().BeEmpty();
        run.Output.Should().StartWith("STRUCTURE,STRUCTURE_ID,ACTION,SHARK,TIME_PERIOD,OBS_VALUE");
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(262);
    }

    [Fact]
    public async Task Losses_are_told_and_make_findings()
    {
        string map = Directory.GetFiles(Path.Combine(TestFiles.Maps, "structuremap"))[0];
        CliRun run = await CliRun.Of("convert", map, "-", "--to", "xml21");
        run.Code.Should().Be(1);
        run.Error.Should().Contain("S0006");
    }

    [Fact]
    public async Task Several_data_sets_keep_apart()
    {
        string csv = "STRUCTURE,STRUCTURE_ID,ACTION,SHARK,TIME_PERIOD,OBS_VALUE\n"
            + "dataflow,EECA.ARM:DF_ARM_DIMUM(1.0.0),R,AFG-G-J_-AR-P,2018,5\n"
            + "dataflow,EECA.ARM:DF_ARM_DIMUM(1.0.0),D,AFG-G-J_-AR-P,2019,\n";
        CliRun run = await CliRun.With(Encoding.UTF8.GetBytes(csv), null, "convert", "-", "-", "--to", "application/vnd.sdmx.data+xml;version=3.0.0", "-s", TestFiles.Structures);
        run.Code.Should().Be(0, run.Error);
        run.Output.Should().Contain("action=\"Replace\"").And.Contain("action=\"Delete\"");
    }

    [Fact]
    public async Task Nothing_is_left_behind_when_it_cannot_be_done()
    {
        string target = _files.New("out.csv");
        CliRun run = await CliRun.Of("convert", TestFiles.Data, target, "--to", "csv20");
        run.Code.Should().Be(2);
        run.Error.Should().Contain("--structure");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(target)!).Should().BeEmpty();
        (await CliRun.Of("convert", TestFiles.Codelist, target, "--to", "csv20")).Code.Should().Be(2);
        (await CliRun.Of("convert", TestFiles.Codelist, target, "--to", "morse")).Error.Should().Contain("morse").And.Contain("xml30");
    }

    public void Dispose() => _files.Dispose();
}
