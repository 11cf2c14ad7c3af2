using Dsm.Conformance.Seed;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registrations;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Conformance.Rest;

/// <summary>
/// The seeded hub with a codelist in ten versions of every form, four reports of reference metadata and three registrations: what
/// requests for anything but data can tell apart.
/// </summary>
public sealed class StructureHub : SeededHub
{
    protected override string StructuresFolder
    {
        get
        {
            string folder = Path.Combine(OwnFolder, "structures-of-test");
            Directory.CreateDirectory(folder);
            string own = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Rest", "structures");
            foreach (string file in Directory.GetFiles(Structures).Concat(Directory.GetFiles(own)))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            }

            return folder;
        }
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Services.GetRequiredService<MetadataLibrary>().SubmitAsync(
            [
                Report("OFFICE", "WORK_NOTES", "1.0.0", "CITY"), Report("OFFICE", "WORK_NOTES", "1.1.0", "VILLAGE"), Report("OFFICE", "WAGE_NOTES", "2.0.0-draft", "CITY"),
                Report("FUND", "WORK_NOTES", "1.0.0", "CITY"),
            ],
            "test",
            CancellationToken.None);
        await Services.GetRequiredService<RegistrationDesk>().SubmitAsync(
            [.. new[] { "PA_STOCK_NORTH", "PA_STOCK_SOUTH", "PA_VOLUME_NORTH" }.Select(id => new RegistrationRequest("Append", new Registration
            {
                ProvisionAgreement = new StructureReference(StructureType.ProvisionAgreement, "SEED", id, "1.0"), SimpleDataSource = $"https://example.org/{id}.xml",
            }))],
            "test",
            CancellationToken.None);
    }

    private static MetadataSet Report(string provider, string id, string version, string method) => new()
    {
        AgencyId = provider, Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of(id),
        Metadataflow = new StructureReference(StructureType.Metadataflow, "SEED3", "MDF_WORK", "1.0.0"),
        Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEED3:DF_WORK(1.0.0)"],
        Attributes = [new ReportedAttribute { Id = "METHOD", Value = method }],
    };
}

/// <summary>One hub for all tests that ask it for anything but data: they only read.</summary>
[CollectionDefinition(Name)]
public sealed class StructureHubCollection : ICollectionFixture<StructureHub>
{
    public const string Name = "hub of structures";
}
