using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Queries;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registrations;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Secrecy;

/// <summary>
/// A hub with the seed of the Test Compliance Kit as its region and, in the restricted national space of the north, a second seed: an
/// artefact of every kind with <see cref="Mark"/> in its id and <see cref="NameMark"/> in its names, data, sources with runs, a delivery,
/// reports of reference metadata, a registration and a proposal. Some of it hangs on what is public.
/// </summary>
public sealed partial class SecretHub : IAsyncLifetime
{
    /// <summary>In the id of all that is secret.</summary>
    public const string Mark = "SECRETX";

    /// <summary>In every name of all that is secret, and in nothing that a reader can ask for.</summary>
    public const string NameMark = "HIDDENNAME";

    private const string Space = "SEED.NORTH";
    private static readonly string Seed = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Seed");
    private readonly Dictionary<string, string> passwords = [];

    public TestHub Hub { get; private set; } = null!;

    /// <summary>Id of a registration of a secret agreement.</summary>
    public string SecretRegistration { get; private set; } = "";

    /// <summary>The secret artefacts.</summary>
    public IReadOnlyList<Maintainable> Secrets { get; private set; } = [];

    /// <summary>A moment when half of what is secret now was still public, as a parameter.</summary>
    public string WhilePublic { get; private set; } = "";

    public StructureRegistry Registry => Hub.Services.GetRequiredService<StructureRegistry>();

    public async Task InitializeAsync()
    {
        Hub = await TestHub.StartAsync(
            await TestDatabase.CreateDatabaseAsync(), null, "--empty", $"--Hub:StructuresPath={Path.Combine(Seed, "structures")}", "--Hub:Changes:PublicAddress=https://hub.example.org");
        await AddPeopleAsync();
        foreach (string agreement in new[] { "PA_STOCK_NORTH", "PA_STOCK_SOUTH", "PA_VOLUME_NORTH" })
        {
            await LoadAsync(Urn(StructureType.ProvisionAgreement, "SEED", agreement), await File.ReadAllTextAsync(Path.Combine(Seed, "data", agreement + ".csv")));
        }

        await AddStructuresAsync();
        await AddDataAsync();
        await AddSourcesAsync();
        await AddReportsAsync();
        await AddProposalAsync();
        await AddQueriesAsync();
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    /// <summary>The password of somebody.</summary>
    public string PasswordOf(string user) => passwords[user];

    /// <summary>A browser in which somebody is signed in; null for nobody.</summary>
    public async Task<HttpClient> BrowserAsync(string? user)
    {
        HttpClient browser = Hub.NewClient(new CookieContainer());
        if (user is not null)
        {
            using IHtmlDocument form = new HtmlParser().ParseDocument(await browser.GetStringAsync("/en/sign-in"));
            using FormUrlEncodedContent content = new(
                [new("UserName", user), new("Password", passwords[user]), new("__RequestVerificationToken", form.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
            using HttpResponseMessage answer = await browser.PostAsync("/en/sign-in", content);
            answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        }

        return browser;
    }

    private async Task AddPeopleAsync()
    {
        await using AsyncServiceScope scope = Hub.Services.CreateAsyncScope();
        AccountIssuer issuer = scope.ServiceProvider.GetRequiredService<AccountIssuer>();
        await issuer.EnsureRolesAsync();
        foreach ((string name, string role, string? state) in new[]
        {
            ("south", HubRoles.FocalPoint, "SOUTH"), ("south-admin", HubRoles.CountryAdministrator, "SOUTH"), ("structures", HubRoles.StructureMaintainer, (string?)null),
            ("north", HubRoles.FocalPoint, "NORTH"), ("coordinator", HubRoles.Coordinator, null),
        })
        {
            passwords[name] = AccountIssuer.NewPassword();
            await issuer.EnsureAsync(new IssuedAccount { UserName = name, Password = passwords[name], Role = role, Country = state, DisplayName = name });
        }
    }

    // The first half comes while the space is public, with a public artefact in the same message; the rest when it is closed.
    private async Task AddStructuresAsync()
    {
        Maintainable[] all = [.. SecondSeed(), .. Extras()];
        Secrets = all;
        Maintainable[] first = [.. all.Where(a => a is OrganisationScheme or Codelist or ConceptScheme or ValueList)];
        Codelist open = new() { AgencyId = "SEED", Id = "CL_OPEN", Version = SdmxVersion.Default, Name = LocalisedText.Of("Open"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] };
        await ApplyAsync([.. first, open]);
        await Task.Delay(20);
        WhilePublic = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        await Task.Delay(20);
        StructureReceipt closed = await Hub.Services.GetRequiredService<StructureMaintenance>().SetSpaceAsync(new AgencySpace { AgencyId = Space, State = "NORTH", IsRestricted = true }, Maintainer.Hub, $"{NameMark} closes", default);
        closed.IsApplied.Should().BeTrue(string.Join("; ", closed.Plan.Issues));
        await ApplyAsync([.. all.Except(first), open with { Description = LocalisedText.Of("Changed") }]);
    }

    private async Task ApplyAsync(Maintainable[] artefacts)
    {
        using MemoryStream message = new();
        StructureMessages.Write(MediaTypes.StructureXml31, message, artefacts, new() { Id = "S", SenderId = "TEST" }, new IssueList());
        StructureReceipt receipt = await Hub.Services.GetRequiredService<StructureMaintenance>().ApplyAsync(
            new StructureSubmission
            {
                Tasks = [.. artefacts.Select(StructureTask.Replace)], By = Maintainer.Hub, Origin = $"upload {Mark}.xml", Comment = $"{NameMark}: as agreed", Message = message.ToArray(), MediaType = MediaTypes.StructureXml31.MediaType,
            },
            default);
        receipt.IsApplied.Should().BeTrue(string.Join("; ", receipt.Plan.Issues));
    }

    /// <summary>The artefacts of the seed in the secret space under secret ids and names.</summary>
    private static Maintainable[] SecondSeed()
    {
        string[] texts = [.. Directory.GetFiles(Path.Combine(Seed, "structures"), "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        HashSet<string> ids = [.. texts.SelectMany(t => MaintainablePattern().Matches(t)).Select(m => m.Groups[1].Value).Where(id => id is not ("AGENCIES" or "DATA_PROVIDERS" or "DATA_CONSUMERS" or "METADATA_PROVIDERS"))];
        Regex words = new($@"(?<![\w.])(?:{string.Join('|', ids.OrderByDescending(i => i.Length))})(?![\w])", RegexOptions.CultureInvariant);
        List<Maintainable> artefacts = [];
        foreach (string text in texts)
        {
            string secret = words.Replace(text, m => $"{Mark}_{m.Value}");
            secret = NamePattern().Replace(secret, m => m.Value + NameMark + " ");
            secret = Seed3Pattern().Replace(secret, $"{Space}.{Mark}");
            secret = AgencyPattern().Replace(secret, m => m.Value.Replace("SEED", Space, StringComparison.Ordinal));
            secret = secret.Replace("NORTH_NSO", $"NORTH_{Mark}", StringComparison.Ordinal).Replace("SOUTH_NSO", $"SOUTH_{Mark}", StringComparison.Ordinal);
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(secret));
            IssueList issues = new();
            artefacts.AddRange(StructureMessages.Read(stream, issues).Structures.All);
            issues.HasErrors.Should().BeFalse(string.Join("; ", issues.Kept));
        }

        return [.. artefacts.Where(a => a.AgencyId != "SDMX").Select(a => a is OrganisationScheme { Type.Class: "AgencyScheme" } agencies
            ? agencies with { Organisations = [.. agencies.Organisations, new Organisation { Id = Mark, Name = LocalisedText.Of(NameMark) }] } : a)];
    }

    // What hangs on the public: an agreement for a public flow, a constraint on it, a categorisation and an association of public things.
    private static IEnumerable<Maintainable> Extras()
    {
        StructureReference flow = StructureReference.ParseUrn(Urn(StructureType.Dataflow, "SEED", "DF_STOCK")), list = StructureReference.ParseUrn(Urn(StructureType.Codelist, "SEED", "CL_AREA"));
        LocalisedText name = LocalisedText.Of(NameMark);
        yield return new ProvisionAgreement
        {
            AgencyId = Space, Id = $"{Mark}_PUBLIC", Version = SdmxVersion.Default, Name = name, Dataflow = flow,
            DataProvider = StructureReference.ParseUrn($"urn:sdmx:org.sdmx.infomodel.base.DataProvider={Space}:DATA_PROVIDERS(1.0).NORTH_{Mark}"),
            Annotations = [new Annotation { Type = "DSM_SYNTHETIC", Title = Mark, Text = name }],
        };
        yield return new Codelist
        {
            AgencyId = Space, Id = $"{Mark}_EXTENDS", Version = SdmxVersion.Default, Name = name, Codes = [new Code { Id = $"{Mark}_CODE", Name = name }], Extensions = [new CodelistExtension(list, null, [], false)],
        };
    }

    private async Task AddDataAsync()
    {
        string header = (await File.ReadAllLinesAsync(Path.Combine(Seed, "data", "PA_STOCK_NORTH.csv")))[0];
        await LoadAsync(Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_PUBLIC"), $"{header}\nSEED:DF_STOCK(1.0),A,NORTH,M,2031,7,A,PS,,\n");
        await LoadAsync(
            Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_PA_STOCK_NORTH"), $"{header}\n{Space}:{Mark}_DF_STOCK(1.0),A,NORTH,F,2015,8,A,PS,{NameMark},\n");
    }

    private async Task LoadAsync(string agreement, string csv)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        Submission submission = await Hub.Services.GetRequiredService<SubmissionIntake>().ReceiveAsync(
            content, new SubmissionDraft { Origin = SubmissionOrigin.Upload, AgreementUrn = agreement, SourceName = agreement.Contains(Mark, StringComparison.Ordinal) ? $"{Mark}.csv" : "file.csv" }, default);
        SubmissionReceipt receipt = await Hub.Services.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, new PipelineOptions(), default);
        receipt.IsAccepted.Should().BeTrue("{0}: {1}", agreement, string.Join("; ", receipt.Findings));
    }

    private async Task AddSourcesAsync()
    {
        HarvestSchedule schedule = Hub.Services.GetRequiredService<HarvestSchedule>();
        string map = Urn(StructureType.StructureMap, Space + "." + Mark, $"{Mark}_SM_WORK"), structure = Urn(StructureType.Dataflow, Space, $"{Mark}_DF_NATIONAL");
        foreach ((string id, string agreement) in new[]
        {
            ("OPEN", Urn(StructureType.ProvisionAgreement, "SEED", "PA_STOCK_NORTH")), ($"{Mark}_1", Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_PUBLIC")),
            ($"{Mark}_2", Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_PA_STOCK_NORTH")), ($"{Mark}_3", Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_GONE")),
        })
        {
            await schedule.RegisterAsync(
                new Source { Id = id, AgreementUrn = agreement, Url = $"http://{Mark}.invalid/{NameMark}", Name = new() { ["en"] = id == "OPEN" ? "Open" : NameMark, ["ru"] = id == "OPEN" ? "Open" : NameMark }, MapUrn = map, SourceStructureUrn = structure, IsEnabled = false }, null, default);
            await using HubDbContext db = Hub.Services.GetRequiredService<HubDatabase>().CreateContext();
            db.Runs.Add(new HarvestRun
            {
                SourceId = id, Trigger = "manual", StartedBy = Mark, StartedAt = DateTimeOffset.UtcNow, FinishedAt = DateTimeOffset.UtcNow, Node = Mark, Status = id == "OPEN" ? RunStatus.Clean : RunStatus.Failed,
                FailureCode = ExchangeIssues.RunAbandoned.Id, FailureArguments = new() { [ExchangeIssues.RunAbandoned.Arguments[0]] = NameMark }, Counts = new MergeCounts { Read = 4242 },
            });
            await db.SaveChangesAsync();
        }
    }

    private async Task AddReportsAsync()
    {
        StructureReference open = StructureReference.ParseUrn(Urn(StructureType.Metadataflow, "SEED3", "MDF_WORK", "1.0.0")), secret = StructureReference.ParseUrn(Urn(StructureType.Metadataflow, Space + "." + Mark, $"{Mark}_MDF_WORK", "1.0.0"));
        string openTarget = Urn(StructureType.Dataflow, "SEED3", "DF_WORK", "1.0.0"), secretTarget = Urn(StructureType.Dataflow, Space, $"{Mark}_DF_STOCK");
        await Hub.Services.GetRequiredService<MetadataLibrary>().SubmitAsync(
            [
                Report("OFFICE", $"{Mark}_ON_SECRET_FLOW", secret, openTarget, null),
                Report("OFFICE", $"{Mark}_ON_SECRET_TARGET", open, secretTarget, null),
                Report("OFFICE", $"{Mark}_OF_SECRET_PROVIDER", open, openTarget, StructureReference.ParseUrn($"urn:sdmx:org.sdmx.infomodel.base.MetadataProvider={Space}.{Mark}:METADATA_PROVIDERS(1.0).OFFICE")),
                Report("OFFICE", "OPEN", open, openTarget, null) with { Name = LocalisedText.Of("Open"), Attributes = [new ReportedAttribute { Id = "METHOD", Value = "CITY" }] },
            ],
            "test", default);
        SecretRegistration = (await Hub.Services.GetRequiredService<RegistrationDesk>().SubmitAsync(
            [
                new RegistrationRequest("Append", new Registration { ProvisionAgreement = StructureReference.ParseUrn(Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_PUBLIC")), SimpleDataSource = $"http://example.org/{NameMark}" }),
                new RegistrationRequest("Append", new Registration { ProvisionAgreement = StructureReference.ParseUrn(Urn(StructureType.ProvisionAgreement, Space, $"{Mark}_GONE")), SimpleDataSource = $"http://example.org/{NameMark}" }),
                new RegistrationRequest("Append", new Registration { ProvisionAgreement = StructureReference.ParseUrn(Urn(StructureType.ProvisionAgreement, "SEED", "PA_STOCK_SOUTH")), SimpleDataSource = "http://example.org/open" }),
            ],
            "test", default))[0]!.Id!;
    }

    private static MetadataSet Report(string agency, string id, StructureReference flow, string target, StructureReference? provider) => new()
    {
        AgencyId = agency, Id = id, Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of(NameMark), Metadataflow = flow, Targets = [target], Provider = provider,
        Attributes = [new ReportedAttribute { Id = "METHOD", Text = LocalisedText.Of(NameMark) }],
    };

    private async Task AddProposalAsync()
    {
        Proposal proposal = new()
        {
            Kind = ProposalKind.Code, AgencyId = Space, Class = "Codelist", ArtefactId = $"{Mark}_CL_SEX", ItemId = $"{Mark}_NEW", Name = new() { ["en"] = NameMark, ["ru"] = NameMark }, Reason = $"{NameMark} is wanted", ProposedBy = "",
        };
        (await Hub.Services.GetRequiredService<ProposalDesk>().SubmitAsync(proposal, new Participant("north", "NORTH", true, new ReaderAccess(false, ["NORTH"])), default)).Should().BeEmpty();
        await using HubDbContext db = Hub.Services.GetRequiredService<HubDatabase>().CreateContext();
        await db.Proposals.ExecuteUpdateAsync(p => p.SetProperty(x => x.Status, ProposalStatus.Accepted));
    }

    // One for what is secret, one for that and for what is public, one for what is public under a name of the north's own.
    private async Task AddQueriesAsync()
    {
        SavedQueryDesk desk = Hub.Services.GetRequiredService<SavedQueryDesk>();
        await using AsyncServiceScope scope = Hub.Services.CreateAsyncScope();
        string north = (await scope.ServiceProvider.GetRequiredService<UserManager<HubUser>>().FindByNameAsync("north"))!.Id;
        foreach ((string name, string address) in new[]
        {
            ($"{NameMark} 1", $"/sdmx/v2/data/dataflow/{Space}/{Mark}_DF_STOCK/1.0/A.NORTH"), ($"{NameMark} 2", $"/sdmx/v2/data/dataflow/SEED,{Space}/DF_STOCK,{Mark}_DF_STOCK/1.0/A.NORTH"),
            ($"{NameMark} 3", "/sdmx/v2/data/dataflow/SEED/DF_STOCK/1.0/A.NORTH"), ($"{NameMark} 4", $"/sdmx/v2/data/dataflow/SEED/DF_STOCK/1.0/A.NORTH.{Mark}"),
        })
        {
            SavedQueryReceipt receipt = await desk.KeepAsync(north, name, address, new ReaderAccess(false, ["NORTH"]), default);
            receipt.Id.Should().NotBeNull("{0}: {1} {2}", address, string.Join("; ", receipt.Faults), string.Join("; ", receipt.Issues));
        }
    }

    private static string Urn(StructureType type, string agency, string id, string version = "1.0") => new StructureReference(type, agency, id, version).Urn;

    [GeneratedRegex("<str:\\w+ id=\"(\\w+)\" agencyID=\"SEED3?\"")]
    private static partial Regex MaintainablePattern();

    [GeneratedRegex("<com:(?:Name|Description) xml:lang=\"\\w+\">")]
    private static partial Regex NamePattern();

    [GeneratedRegex("(?<!id=\")SEED3")]
    private static partial Regex Seed3Pattern();

    [GeneratedRegex("agencyID=\"SEED\"|[=]SEED:|>SEED:")]
    private static partial Regex AgencyPattern();
}

[CollectionDefinition(Name)]
public sealed class SecretCollection : ICollectionFixture<SecretHub>
{
    public const string Name = "secrecy";
}
