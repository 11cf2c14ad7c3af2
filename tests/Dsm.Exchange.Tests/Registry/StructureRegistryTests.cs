using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Registry;

public sealed class StructureRegistryTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsm-structures-").FullName;
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Resolves_every_agreement_and_compiles_every_map_of_the_region()
    {
        RegistrySnapshot snapshot = hub.Registry.Current;

        foreach (ProvisionAgreement agreement in snapshot.Structures.Of<ProvisionAgreement>())
        {
            Dsm.Sdmx.Data.DataSchema? schema = snapshot.Schema(agreement.Reference);
            schema.Should().NotBeNull(agreement.Id);
            AgreementState.Of(snapshot.Structures, agreement, schema!).Should().Be(agreement.DataProvider!.ItemId![..3]);
        }

        (await hub.ScalarAsync("SELECT count(*) FROM structure")).Should().Be(snapshot.Structures.All.Length);
    }

    [Fact]
    public async Task Writes_nothing_when_the_files_are_as_before()
    {
        (await hub.Registry.LoadAsync(Exchange.StructuresFolder, CancellationToken.None)).Should().Be(0);
    }

    [Fact]
    public async Task Adds_a_version_of_what_changed_and_other_nodes_see_it()
    {
        Copy();
        using StructureRegistry other = new(hub.Database, TimeProvider.System, NullLogger<StructureRegistry>.Instance);
        await other.RefreshAsync(CancellationToken.None);
        string file = Path.Combine(folder, "codelist", "CL_DIRECTION.1.0.0.xml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("<str:Code id=\"IN\">", "<str:Code id=\"INWARD\"><com:Name xml:lang=\"en\">x</com:Name></str:Code><str:Code id=\"IN\">", StringComparison.Ordinal));

        int changed = await hub.Registry.LoadAsync(folder, CancellationToken.None);
        await other.RefreshAsync(CancellationToken.None);

        changed.Should().Be(1);
        other.Current.Version.Should().Be(hub.Registry.Current.Version);
        other.Current.Structures.Of<Codelist>().Single(c => c.Id == "CL_DIRECTION").Codes.Should().Contain(c => c.Id == "INWARD");
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE urn LIKE '%CL_DIRECTION%'")).Should().Be(2);
    }

    [Fact]
    public async Task Takes_nothing_from_a_folder_with_a_dangling_reference()
    {
        Copy();
        File.Delete(Path.Combine(folder, "codelist", "CL_DIRECTION.1.0.0.xml"));

        Func<Task> load = () => hub.Registry.LoadAsync(folder, CancellationToken.None);

        (await load.Should().ThrowAsync<StructuresException>()).Which.Faults.Should().Contain(f => f.Contains("CL_DIRECTION", StringComparison.Ordinal));
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE current_to IS NOT NULL")).Should().Be(0);
    }

    private void Copy()
    {
        foreach (string file in Directory.GetFiles(Exchange.StructuresFolder, "*.xml", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(Exchange.StructuresFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
