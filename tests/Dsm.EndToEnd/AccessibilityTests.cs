using Dsm.EndToEnd.Hubs;
using Microsoft.Playwright;

namespace Dsm.EndToEnd;

/// <summary>
/// Every kind of page by the rules of WCAG 2.2 AA that a program can check (axe-core), light and dark, for those who meet it; and that none
/// has to be pushed sideways on a telephone.
/// </summary>
[Collection(StructureWorkTests.Hub)]
public sealed class AccessibilityTests(SharedHub hub) : IAsyncLifetime
{
    // Runs the checker and answers what it found, a line a rule: the rule, and the first element that breaks it.
    private const string Check =
        """
        async rules => (await axe.run(document, { runOnly: rules, resultTypes: ['violations'] }))
            .violations.map(v => v.id + ': ' + v.nodes[0].target.join(' ') + ' ' + v.nodes[0].html.slice(0, 160))
        """;

    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], Colours = ["color-contrast"];

    private readonly OldMachine machine = new();

    public Task InitializeAsync() => machine.StartAsync();

    public async Task DisposeAsync() => await machine.DisposeAsync();

    [AxeFact]
    public async Task Pages_are_accessible_light_and_dark_and_fit_a_telephone()
    {
        // Of the two languages the one whose words are longer.
        const string language = "ru";
        string axe = await File.ReadAllTextAsync(AxeFactAttribute.Script!);
        List<string> faults = [];
        async Task LookAsync(IPage page, string what)
        {
            await page.EvaluateAsync(axe);
            faults.AddRange((await page.EvaluateAsync<string[]>(Check, Rules)).Select(f => $"{what}: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            faults.AddRange((await page.EvaluateAsync<string[]>(Check, Colours)).Select(f => $"{what}, dark: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await page.SetViewportSizeAsync(360, 640);
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > 360)
            {
                faults.Add($"{what}: wider than 360");
            }

            await page.SetViewportSizeAsync(800, 600);
        }

        async Task VisitAsync(IPage page, params string[] paths)
        {
            foreach (string path in paths)
            {
                (await page.GotoAsync($"/{language}/{path}"))!.Status.Should().Be(path == "nothing" ? 404 : 200, path);
                await LookAsync(page, path);
            }
        }

        Uri address = hub.Process.Address;
        IPage anybody = await machine.OpenAsync(address, language, scripts: true);
        await VisitAsync(
            anybody, "", "data", "data/try", "data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=ARM&ask=1", "data/EECA/DF_RSD/1.0.0", "structures", "structures?q=asyl", "structures/Codelist/SDMX/CL_SEX/2.1",
            "structures/DataStructure/EECA/DSD_RSD/1.0.0", "structures/Dataflow/EECA/DF_RSD/1.0.0", "structures/DataConstraint/EECA/DC_RSD/1.0.0", "structures/Hierarchy/EECA/H_EAEU/1.0.0",
            "structures/CategoryScheme/EECA/CAT_MIGRATION/1.0.0", "structures/ConceptScheme/EECA/CS_MIGRATION/1.0.0", "structures/StructureMap/EECA.ARM/SM_ARM_DIMUM_ASYLAPP/1.0.0",
            "structures/RepresentationMap/EECA.ARM/RM_ARM_OUTCOME/1.0.0", "structures/ProvisionAgreement/EECA/PA_ASYLAPP_ARM_MCS/1.0.0", "structures/proposals", "structures/subscriptions",
            "structures/subscriptions/confirm?word=none", "structures/national", "structures/national/ARM", "harvests", "harvests/arm-df-wpermit", "submissions", "about", "sign-in", "nothing");

        IPage office = await machine.SignInAsync(address, hub.Data, language, "focal.arm", scripts: true);
        await VisitAsync(
            office, "", "submissions/new", "submissions", "structures/proposals", "structures/proposals/new", "structures/proposals/new?kind=Code", "structures/proposals/new?kind=Definition", "structures/proposals/new?kind=Indicator",
            "structures/subscriptions", "data/queries", "data/try?flow=EECA:DF_ASYLAPP(1.0.0)&REF_AREA=ARM");

        await office.Locator("#name").FillAsync("Ходатайства о предоставлении убежища, поданные в Армении за все годы");
        await office.Locator("form[method=post][action$='data/queries'] button").ClickAsync();
        await LookAsync(office, "the queries of a person");
        await office.Locator("main tbody th a").First.ClickAsync();
        await office.Locator("main button[name=ask]").ClickAsync();
        await LookAsync(office, "a query kept");
        await VisitAsync(office, "data/queries");
        await office.EvaluateAsync("document.querySelectorAll('form').forEach(f => f.noValidate = true)");
        await office.Locator("main form button").First.ClickAsync();
        (await office.Locator("p.error").CountAsync()).Should().Be(2);
        await LookAsync(office, "a query with faults");
        await VisitAsync(office, "structures/subscriptions");

        await office.Locator("#email").FillAsync("a.very.long.name.of.an.office@department-of-migration-statistics.example");
        await office.Locator("button[formaction*=Email]").ClickAsync();
        await office.Locator("main tbody a").First.ClickAsync();
        await LookAsync(office, "a subscription");

        IPage maintainer = await machine.SignInAsync(address, hub.Data, language, "structures", scripts: true);
        async Task<string> DraftAsync(string artefact)
        {
            await maintainer.GotoAsync($"/{language}/structures/{artefact}/+");
            await maintainer.Locator("ul.actions form button").First.ClickAsync();
            return new Uri(maintainer.Url).AbsolutePath[4..].Replace("/edit", "", StringComparison.Ordinal);
        }

        string list = await DraftAsync("Codelist/EECA/CL_OUTCOME"), structure = await DraftAsync("DataStructure/EECA/DSD_WPERMIT"), constraint = await DraftAsync("DataConstraint/EECA/DC_WPERMIT"),
            hierarchy = await DraftAsync("Hierarchy/EECA/H_EAEU"), map = await DraftAsync("StructureMap/EECA/SM_ESTAT_ASYAPP_IN"), values = await DraftAsync("RepresentationMap/EECA/RM_ESTAT_SEX_IN");
        await VisitAsync(
            maintainer, "structures/new", "structures/new?kind=StructureMap", "structures/upload", "structures/impact", "structures/drafts", "structures/log", "structures/log/1", "structures/translations", list, list + "/edit",
            list + "/edit/item?item=REC", list + "/edit/table", list + "/edit/extension", list + "/edit/head", list + "/edit/xml", list + "/translate?all=true", list + "/compare", list + "/publish", structure + "/edit",
            structure + "/edit/component?list=attributes&item=COMMENT_OBS", structure + "/edit/group", constraint + "/edit", constraint + "/edit/region?region=0&component=SEX", constraint + "/edit/keyset", constraint + "/edit/key", hierarchy + "/edit", hierarchy + "/edit/place", hierarchy + "/edit/level",
            map + "/edit", map + "/edit/rule?target=SEX", values + "/edit", values + "/edit/rows", values + "/edit/maptable");
        await maintainer.GotoAsync($"/{language}/{list}/edit/extension");
        await maintainer.Locator("#list").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await maintainer.Locator("main form button").First.ClickAsync();
        await LookAsync(maintainer, "a list that takes in codes of another");
        await VisitAsync(maintainer, list, list + "/edit/extension?number=0", "structures/DataProviderScheme/EECA/DATA_PROVIDERS/1.0/edit/contact?item=ARM_MCS");
        await maintainer.GotoAsync($"/{language}/{constraint}/edit/key");
        await maintainer.Locator("#v_REF_AREA").SelectOptionAsync("ARM");
        await maintainer.Locator("main form button").First.ClickAsync();
        await LookAsync(maintainer, "a constraint with keys");
        await VisitAsync(maintainer, constraint, constraint + "/edit/keyset?set=0", constraint + "/edit/key?set=0&key=0");
        await maintainer.GotoAsync($"/{language}/{hierarchy}/edit/level");
        await maintainer.Locator("#code").FillAsync("UNION");
        await maintainer.Locator("#name_ru").FillAsync("Объединение");
        await maintainer.Locator("main form button").First.ClickAsync();
        await LookAsync(maintainer, "a hierarchy with levels");
        await maintainer.GotoAsync($"/{language}/structures/log");
        await maintainer.Locator("table.log tbody th a").First.ClickAsync();
        (await maintainer.Locator("#preview").CountAsync()).Should().Be(1);
        await LookAsync(maintainer, "a change that may be taken back");
        await maintainer.GotoAsync($"/{language}/structures/log");
        await maintainer.Locator("table.log tbody th a").Nth(1).ClickAsync();
        await LookAsync(maintainer, "a change that others follow");
        await VisitAsync(maintainer, hierarchy, hierarchy + "/edit/level?item=UNION");
        await maintainer.GotoAsync($"/{language}/structures/new?kind=Codelist");
        await maintainer.EvaluateAsync("document.querySelectorAll('form').forEach(f => f.noValidate = true)");
        await maintainer.Locator("main form button").First.ClickAsync();
        (await maintainer.Locator("p.error").CountAsync()).Should().Be(2);
        await LookAsync(maintainer, "a form with faults");

        faults.Should().BeEmpty();
    }
}

/// <summary>A fact that needs Chromium and axe-core: <c>DSM_AXE</c> names the folder that npm installed it into.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute() => Skip = Script is null
        ? "axe-core is not installed (./hub test installs it where npm is there, and names its folder in DSM_AXE)"
        : new BrowserFactAttribute().Skip;

    /// <summary>The checker; null when it is absent.</summary>
    public static string? Script { get; } = Environment.GetEnvironmentVariable("DSM_AXE") is { Length: > 0 } folder
        && Path.Combine(folder, "node_modules", "axe-core", "axe.min.js") is { } file && File.Exists(file) ? file : null;
}
