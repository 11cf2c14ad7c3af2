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
        string file = Path.Combine(folder, "agencyscheme", "AGENCIES.1.0.xml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("<str:Agency id=\"ARM\">", "<str:Agency id=\"NEW\"><com:Name xml:lang=\"en\">x</com:Name></str:Agency><str:Agency id=\"ARM\">", StringComparison.Ordinal));

        int changed = await hub.Registry.LoadAsync(folder, CancellationToken.None);
        await other.RefreshAsync(CancellationToken.None);

        changed.Should().Be(1);
        other.Current.Version.Should().Be(hub.Registry.Current.Version);
        other.Current.Structures.Of<OrganisationScheme>().Single(c => c.Urn.EndsWith("EECA:AGENCIES(1.0)", StringComparison.Ordinal)).Organisations.Should().Contain(c => c.Id == "NEW");
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE urn LIKE '%EECA:AGENCIES%'")).Should().Be(2);
    }

    [Fact]
    public async Task Refuses_a_file_that_changes_a_stable_version_and_says_which()
    {
        Copy();
        string file = Path.Combine(folder, "codelist", "CL_DIRECTION.1.0.0.xml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("<str:Code id=\"IN\">", "<str:Code id=\"INWARD\"><com:Name xml:lang=\"en\">x</com:Name></str:Code><str:Code id=\"IN\">", StringComparison.Ordinal));

        Func<Task> load = () => hub.Registry.LoadAsync(folder, CancellationToken.None);

        (await load.Should().ThrowAsync<StructuresException>()).Which.Faults.Should().ContainSingle()
            .Which.Should().StartWith("codelist/CL_DIRECTION.1.0.0.xml: ").And.Contain("1.1.0");
        (await hub.ScalarAsync("SELECT count(*) FROM structure_transaction WHERE status = 'Refused'")).Should().Be(1);
    }

    [Fact]
    public async Task Keeps_every_type_of_artefact_with_all_it_has()
    {
        Copy();
        Maintainable[] artefacts =
        [
            new Codelist { AgencyId = "EECA", Id = "CL_PARTLY", Name = LocalisedText.Of("Partly"), IsPartialLanguage = true, Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] },
            new Process { AgencyId = "EECA", Id = "PROC", Name = LocalisedText.Of("Process"), Steps = [new ProcessStep { Id = "S1", Name = LocalisedText.Of("Step") }] },
            new VtlMappingScheme { AgencyId = "EECA", Id = "VM", Name = LocalisedText.Of("Names"), Mappings = [new VtlMapping { Id = "M", Name = LocalisedText.Of("All"), Alias = "x" }] },
            new ReportingTaxonomy { AgencyId = "EECA", Id = "RT", Name = LocalisedText.Of("Report"), Categories = [new ReportingCategory { Id = "K", Name = LocalisedText.Of("Chapter") }] },
            new MetadataConstraint { AgencyId = "EECA", Id = "MC", Name = LocalisedText.Of("Metadata"), Regions = [new MetadataTargetRegion(true, [new MemberSelection { ComponentId = "A", IsAttribute = true }])] },
        ];
        using (FileStream stream = File.Create(Path.Combine(folder, "various.xml")))
        {
            Dsm.Sdmx.Formats.Xml.StructureMessageWriter31.Write(stream, artefacts, new Dsm.Sdmx.Data.MessageHeader { Id = "M" }, new Dsm.Sdmx.Issues.IssueList());
        }

        (await hub.Registry.LoadAsync(folder, CancellationToken.None)).Should().Be(artefacts.Length);

        Dsm.Sdmx.Model.StructureSet structures = hub.Registry.Current.Structures;
        structures.Find<Codelist>(artefacts[0].Reference)!.IsPartialLanguage.Should().BeTrue();
        structures.Find<Process>(artefacts[1].Reference)!.Steps.Should().ContainSingle();
        structures.Find<VtlMappingScheme>(artefacts[2].Reference)!.Mappings.Single().Alias.Should().Be("x");
        structures.Find<ReportingTaxonomy>(artefacts[3].Reference)!.Categories.Should().ContainSingle();
        structures.Find<MetadataConstraint>(artefacts[4].Reference)!.Regions.Single().Selections.Should().ContainSingle();
    }

    [Fact]
    public async Task Takes_nothing_from_a_folder_with_a_dangling_reference()
    {
        Copy();
        Codelist list = new() { AgencyId = "EECA", Id = "CL_MORE", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("x"), Extensions = [new CodelistExtension(new StructureReference(StructureType.Codelist, "EECA", "CL_ABSENT", "1.0.0"), null, [], false)] };
        await File.WriteAllTextAsync(Path.Combine(folder, "more.xml"), StructureContent.Write(list));

        Func<Task> load = () => hub.Registry.LoadAsync(folder, CancellationToken.None);

        (await load.Should().ThrowAsync<StructuresException>()).Which.Faults.Should().ContainSingle().Which.Should().StartWith("more.xml: ").And.Contain("CL_ABSENT");
        (await hub.ScalarAsync("SELECT count(*) FROM structure WHERE urn LIKE '%CL_MORE%'")).Should().Be(0);
    }

    [Fact]
    public async Task Deletes_what_is_gone_from_the_folder_but_neither_what_is_in_use_nor_what_is_finished()
    {
        Copy();
        Codelist draft = new() { AgencyId = "EECA", Id = "CL_MORE", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("x") };
        string file = Path.Combine(folder, "more.xml");
        await File.WriteAllTextAsync(file, StructureContent.Write(draft));
        (await hub.Registry.LoadAsync(folder, CancellationToken.None)).Should().Be(1);
        File.Delete(file);
        File.Delete(Path.Combine(folder, "codelist", "CL_SEX.2.1.xml"));
        File.Delete(Path.Combine(folder, "categorisation", "CN_RSD.1.0.0.xml"));

        (await hub.Registry.LoadAsync(folder, CancellationToken.None)).Should().Be(1);

        hub.Registry.Current.Structures.Of<Codelist>().Should().Contain(c => c.Id == "CL_SEX").And.NotContain(c => c.Id == "CL_MORE");
        hub.Registry.Current.Structures.Of<Categorisation>().Should().Contain(c => c.Id == "CN_RSD");
        (await hub.Registry.LoadAsync(folder, CancellationToken.None)).Should().Be(0);
    }

    [Fact]
    public async Task Leaves_what_officials_changed_while_its_file_is_as_before()
    {
        StructureSet structures = hub.Registry.Current.Structures;
        OrganisationScheme scheme = structures.Of<OrganisationScheme>().Single(c => c.Urn.EndsWith("AgencyScheme=EECA:AGENCIES(1.0)", StringComparison.Ordinal));
        OrganisationScheme edited = scheme with { Organisations = scheme.Organisations.Add(new Organisation { Id = "OTHER", Name = LocalisedText.Of("Other") }) };
        (await hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [StructureTask.Replace(edited)], By = new Maintainer("Anna") { MaintainsAll = true }, Origin = "page" }, CancellationToken.None))
            .IsApplied.Should().BeTrue();

        (await hub.Registry.LoadAsync(Exchange.StructuresFolder, CancellationToken.None)).Should().Be(0);

        hub.Registry.Current.Structures.Find<OrganisationScheme>(scheme.Reference)!.Organisations.Should().Contain(o => o.Id == "OTHER");
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
