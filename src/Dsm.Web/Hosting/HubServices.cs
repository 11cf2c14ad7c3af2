using System.Text.Encodings.Web;
using System.Text.Unicode;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Registry.Impact;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Web.Localisation;
using Dsm.Web.Pages;
using Dsm.Web.Rest;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace Dsm.Web.Hosting;

/// <summary>Registers everything a hub consists of.</summary>
public static class HubServices
{
    /// <summary>Registers the services of a hub over one database.</summary>
    public static void AddHub(this IServiceCollection services, HubOptions options, string connectionString)
    {
        services.AddSingleton(options).AddSingleton(options.Region).AddSingleton(HarvestOf(options)).AddSingleton(options.Freshness).AddSingleton(options.ChangesOf());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new HubDatabase(connectionString));
        services.AddScoped(p => p.GetRequiredService<HubDatabase>().CreateContext());
        services.AddSingleton<HubReadiness>();

        // First, so that its StartAsync (migration) comes before every other hosted service and its StopAsync after the web server's.
        services.AddHostedService<HubStartup>();

        services.AddHubAccess();
        services.ConfigureHubCookie();
        services.AddOpenIdConnectSignIn(options.Oidc);
        services.AddScoped<ExternalSignIn>();
        services.AddAuthorization();

        services.AddJobs(connectionString);
        services.AddSubmissions();
        services.AddHarvesting();
        services.AddImpact();
        services.AddSingleton<SavedQueryDesk>();
        services.AddSingleton<ProcessSubmission>(p => (submission, how, ct) => p.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, how, ct));
        services.AddProposalsAndSubscriptions();
        services.AddOverview();
        services.AddDemonstration(options);
        services.AddWeb(options);
        services.AddSdmxRest();
        services.AddSingleton<HubAnnouncement>();
    }

    private static void AddDemonstration(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(new DemoFolders(options.SamplesPath, options.Data));
        services.AddSingleton<DemoSources>().AddSingleton<Demonstration>();
        services.AddScoped<DemoAccounts>();
    }

    // The national systems of the demonstration are on this machine, where nothing else may be harvested.
    private static HarvestOptions HarvestOf(HubOptions options) => options.Empty
        ? options.Harvest
        : options.Harvest with { AllowedHosts = [.. options.Harvest.AllowedHosts, "127.0.0.1"] };

    private static void AddWeb(this IServiceCollection services, HubOptions options)
    {
        TextCatalogue texts = new();
        services.AddHttpContextAccessor().AddSingleton(texts).AddSingleton<PageTexts>().AddSingleton<RegionView>();
        services.AddSingleton<Dsm.Exchange.Registry.Editing.DraftDesk>().AddSingleton<Pages.Structures.Editing.Editors>().AddSingleton<Pages.Structures.Editing.UploadedMessages>();
        services.AddSingleton<Pages.Structures.Proposals.ProposalView>().AddSingleton<Pages.Structures.Subscriptions.ChangeLetters>();
        services.AddSingleton<ComposeLetter>(p => p.GetRequiredService<Pages.Structures.Subscriptions.ChangeLetters>().Compose);
        services.AddSingleton<ComposeProposalLetter>(p => p.GetRequiredService<Pages.Structures.Subscriptions.ChangeLetters>().Compose);
        services.AddRazorPages(pages =>
        {
            PathLanguage.AddLanguageToRoutes(pages.Conventions, texts.Languages);
            pages.Conventions.AddPageApplicationModelConvention("/Submissions/New", page =>
            {
                page.EndpointMetadata.Add(new RequestSizeLimitAttribute(options.MaxUploadBytes));
                page.Filters.Add(new RequestSizeLimitAttribute(options.MaxUploadBytes));
                page.Filters.Add(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = options.MaxUploadBytes });
            });
        });

        // Cyrillic as it is, not as entities: a third of the size.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(o => o.Cookie.Name = "dsm-hub-form");
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
    }
}
