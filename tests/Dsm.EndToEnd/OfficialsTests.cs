using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dsm.EndToEnd.Hubs;
using Microsoft.Playwright;

namespace Dsm.EndToEnd;

/// <summary>
/// What officials do with structures besides publishing a code, each journey from its beginning to its end in a real browser without
/// scripts, in the language of those who make it: proposing and deciding, comparing and taking back, filling a national space, mapping
/// codes side by side, being told of changes.
/// </summary>
[Collection(StructureWorkTests.Hub)]
public sealed class OfficialsTests(SharedHub hub) : IAsyncLifetime
{
    private readonly OldMachine machine = new();

    public Task InitializeAsync() => machine.StartAsync();

    public async Task DisposeAsync() => await machine.DisposeAsync();

    [BrowserFact]
    public async Task An_office_proposes_a_code_that_is_discussed_accepted_and_published()
    {
        IPage office = await SignInAsync("ru", "focal.kgz"), maintainer = await SignInAsync("ru", "structures"), anybody = await machine.OpenAsync(hub.Process.Address, "ru");
        await office.GotoAsync("/ru/structures/Codelist/EECA/CL_PURPOSE/+");
        await LinkAsync(office, "Предложить изменение");
        await FillAsync(office, ("#id", "bad code"), ("#parent", "NOBODY"), ("#name_ru", "Волонтёрство"), ("#reason", "Учитывается с 2025 года."));
        await PressAsync(office, "Внести предложение");
        (await office.TitleAsync()).Should().StartWith("Ошибка: ");
        (await office.Locator("[role=alert] a").AllAsync()).Should().HaveCount(2, "both faults are told at once");
        (await office.Locator("#id-error, #parent-error").AllInnerTextsAsync()).Should().HaveCount(2).And.OnlyContain(t => Regex.IsMatch(t, "^[А-Я]"));
        (await office.Locator("#name_ru").InputValueAsync(), await office.Locator("#reason").InputValueAsync()).Should().Be(("Волонтёрство", "Учитывается с 2025 года."));
        await ShootAsync(office, "proposal-faults.ru");
        await FillAsync(office, ("#id", "VOLUNT"), ("#parent", ""));
        await PressAsync(office, "Внести предложение");
        string address = new Uri(office.Url).AbsolutePath;
        address.Should().MatchRegex("^/ru/structures/proposals/[0-9]+$");
        (await StatusAsync(office)).Should().Be("внесено");

        await maintainer.GotoAsync("/ru/");
        await maintainer.Locator($".work a[href='{address}']").ClickAsync();
        await maintainer.Locator("#text").FillAsync("Сколько таких случаев в год?");
        await PressAsync(maintainer, "Добавить в обсуждение");
        await office.GotoAsync(address);
        (await office.Locator(".talk").InnerTextAsync()).Should().Contain("Сколько таких случаев в год?");
        await maintainer.Locator("#decision").FillAsync("Нужно нескольким государствам.");
        await PressAsync(maintainer, "Принять и внести в черновик");
        (await StatusAsync(maintainer)).Should().Be("принято");
        await ShootAsync(maintainer, "proposal-accepted.ru");

        await maintainer.Locator("dd a.code").Filter(new() { HasText = "-draft" }).ClickAsync();
        await LinkAsync(maintainer, "Проверить и опубликовать");
        (await maintainer.Locator("main").InnerTextAsync()).Should().Contain("VOLUNT");
        await PressAsync(maintainer, "Опубликовать");
        await maintainer.GotoAsync(address);
        (await StatusAsync(maintainer)).Should().Be("опубликовано", "who comes from publishing sees it at once");
        await anybody.GotoAsync("/ru/structures/proposals");
        await anybody.Locator($"main a[href='{address}']").ClickAsync();
        string seen = await anybody.Locator("main").InnerTextAsync();
        seen.Should().Contain("Нужно нескольким государствам.").And.NotContain("focal.kgz").And.NotContain("Сколько таких случаев");

        // Taken back, it is what it was before: accepted, in its draft.
        await maintainer.Locator("dd a[href*='/structures/log/']").ClickAsync();
        await maintainer.Locator("#comment").FillAsync("Рано: ещё не согласовано.");
        await maintainer.Locator("main form button.danger").ClickAsync();
        await maintainer.GotoAsync(address);
        (await StatusAsync(maintainer)).Should().Be("принято");
        (await maintainer.Locator(".talk").InnerTextAsync()).Should().Contain("Публикация отменена");
        machine.RequestsElsewhere(hub.Process.Address).Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData("en", "CL_SOURCE_MIG", "Edit", "Add a code", "Check and publish", "Publish", "Compare", "taken back")]
    [InlineData("ru", "CL_ROUNDING", "Изменить", "Добавить код", "Проверить и опубликовать", "Опубликовать", "Сравнить", "отменено")]
    public async Task Two_versions_are_compared_and_the_later_one_is_taken_back(
        string language, string list, string edit, string add, string check, string publish, string compare, string takenBack)
    {
        IPage page = await SignInAsync(language, "structures");
        await page.GotoAsync($"/{language}/structures/Codelist/EECA/{list}/+");
        string before = new Uri(page.Url).AbsolutePath;
        await PressAsync(page, edit);
        await LinkAsync(page, add);
        await FillAsync(page, ("#code", "QQBACK"), ("#name_en", "To be taken back"), ("#name_ru", "Будет отменено"));
        await page.Locator("main form button").First.ClickAsync();
        (await page.Locator("[role=status]").CountAsync()).Should().Be(1, "it is said that it was saved");
        await LinkAsync(page, check);
        await PressAsync(page, publish);
        string after = new Uri(page.Url).AbsolutePath;
        after.Should().NotContain("draft");

        IPage anybody = await machine.OpenAsync(hub.Process.Address, language);
        await anybody.GotoAsync(after);
        await anybody.Locator($"main a[href='{after}/compare']").ClickAsync();
        await anybody.Locator("#with").SelectOptionAsync(new SelectOptionValue { Label = "1.0.0" });
        await PressAsync(anybody, compare);
        (await anybody.Locator("table.changes tbody tr").AllInnerTextsAsync()).Should().ContainSingle().Which.Should().Contain("QQBACK");
        await ShootAsync(anybody, $"compare.{language}");

        await page.GotoAsync($"/{language}/structures/log");
        (await page.Locator("table.log tbody tr").First.InnerTextAsync()).Should().Contain($"EECA:{list}");
        await page.Locator("table.log tbody th a").First.ClickAsync();
        string entry = page.Url;
        (await page.Locator("#preview ~ .scroll").First.InnerTextAsync()).Should().Contain($"{list}(1.1.0)", "what would go is said before");
        await page.Locator("#comment").FillAsync("tried");
        await ShootAsync(page, $"take-back.{language}");
        await page.Locator("main form button.danger").ClickAsync();
        (await page.Locator("[role=status] a").GetAttributeAsync("href")).Should().Contain("/structures/log/", "it is said which change took it back");

        (await anybody.GotoAsync(after))!.Status.Should().Be(404);
        await anybody.GotoAsync(before);
        (await anybody.Locator("main").InnerTextAsync()).Should().NotContain("QQBACK");
        await page.GotoAsync(entry);
        (await page.Locator("main form").CountAsync()).Should().Be(0, "it cannot be taken back twice");
        (await page.Locator("main .state").First.InnerTextAsync()).Should().Be(takenBack);
        await page.GotoAsync($"/{language}/structures/log");
        string[] rows = [.. await page.Locator("table.log tbody tr").AllInnerTextsAsync()];
        rows[0].Should().Contain("tried");
        rows[1].Should().Contain(takenBack);
        (await hub.HarvestOneAsync("arm-df-arm-dimum")).Should().BeEquivalentTo(new { Refused = 0L, Added = 0L, Changed = 0L, Removed = 0L });
    }

    [BrowserFact]
    public async Task A_country_fills_its_space_and_hides_it_from_others()
    {
        const string space = "/ru/structures/national/AZE", flat = "/sdmx/v2/structure/codelist/EECA.AZE/CL_RAYON";
        IPage page = await SignInAsync("ru", "country.aze"), neighbour = await SignInAsync("ru", "focal.arm"), own = await SignInAsync("ru", "focal.aze");
        await page.GotoAsync(space);
        await LinkAsync(page, "Новая структура");
        await LinkAsync(page, "Кодовый список");
        (await page.Locator("#agency").InputValueAsync()).Should().Be("EECA.AZE");
        await FillAsync(page, ("#id", "1 RAYON"), ("#name_en", "Districts"));
        await PressAsync(page, "Создать черновик");
        (await page.Locator("#id-error").InnerTextAsync()).Should().StartWith("Идентификатор должен начинаться");
        (await page.Locator("#name_en").InputValueAsync()).Should().Be("Districts", "what was typed stays");
        await FillAsync(page, ("#id", "CL_RAYON"), ("#name_ru", "Районы"));
        await PressAsync(page, "Создать черновик");
        await LinkAsync(page, "Добавить код");
        await FillAsync(page, ("#code", "AGD"), ("#name_en", "Agdam"), ("#name_ru", "Агдам"));
        await page.Locator("main form button").First.ClickAsync();
        await LinkAsync(page, "Проверить и опубликовать");
        await PressAsync(page, "Опубликовать");
        string list = new Uri(page.Url).AbsolutePath;
        await neighbour.GotoAsync(list);
        (await neighbour.Locator("main").InnerTextAsync()).Should().Contain("Агдам");

        await page.GotoAsync(space);
        await page.Locator("input[name=comment]").FillAsync("Ещё не утверждено.");
        await PressAsync(page, "Ограничить доступ своим государством");
        (await page.Locator("[role=status]").InnerTextAsync()).Should().Be("Доступ к пространству ограничен.");
        (await page.Locator("main").InnerTextAsync()).Should().Contain("CL_RAYON");
        await ShootAsync(page, "national.ru");
        (await neighbour.GotoAsync(list))!.Status.Should().Be(404);
        await neighbour.GotoAsync(space);
        (await neighbour.Locator("main").InnerTextAsync()).Should().NotContain("CL_RAYON");
        await neighbour.GotoAsync("/ru/structures?q=RAYON");
        (await neighbour.Locator("main").InnerTextAsync()).Should().NotContain("CL_RAYON");
        using HttpResponseMessage hidden = await hub.Anonymous.GetAsync(flat);
        hidden.StatusCode.Should().NotBe(HttpStatusCode.OK);
        (await hidden.Content.ReadAsStringAsync()).Should().NotContain("AGD");
        (await own.GotoAsync(list))!.Status.Should().Be(200, "people of the state see it");

        await page.GotoAsync("/ru/structures/log");
        (await page.Locator("table.log tbody tr").First.InnerTextAsync()).Should().Contain("доступ ограничен своим государством: EECA.AZE").And.Contain("Ещё не утверждено.");
        await page.GotoAsync(space);
        await PressAsync(page, "Открыть для всех");
        (await neighbour.GotoAsync(list))!.Status.Should().Be(200);
        (await hub.Anonymous.TextAsync(flat)).Should().Contain("AGD");
    }

    [BrowserFact]
    public async Task Codes_are_mapped_side_by_side()
    {
        IPage page = await SignInAsync("en", "structures");
        await page.GotoAsync("/en/structures/RepresentationMap/EECA/RM_ESTAT_DECISION_IN/+");
        await PressAsync(page, "Edit");
        await LinkAsync(page, "Codes side by side");
        await page.GetByLabel("Only those without a target").CheckAsync();
        await PressAsync(page, "Search");
        ILocator total = page.GetByLabel("Target of TOTAL", new() { Exact = true });
        await total.FillAsync("NOPE");
        await PressAsync(page, "Save");
        (await total.InputValueAsync()).Should().Be("NOPE");
        (await total.GetAttributeAsync("aria-invalid")).Should().Be("true");
        (await page.Locator("p.error").InnerTextAsync()).Should().Be("TOTAL: NOPE is not in the target list.");
        await ShootAsync(page, "sides.en");
        await total.FillAsync("_T");
        await PressAsync(page, "Save");
        (await page.Locator("[role=status]").InnerTextAsync()).Should().StartWith("Saved in the draft.");
        (await total.CountAsync()).Should().Be(0, "it has a target now");

        string draft = new Uri(page.Url).AbsolutePath.Replace("/edit/rows", "", StringComparison.Ordinal);
        await page.GotoAsync(draft + "/compare");
        (await page.Locator("table.changes tbody tr").AllInnerTextsAsync()).Should().ContainSingle().Which.Should().Contain("TOTAL");
    }

    [BrowserTheory]
    [InlineData("en", "RM_ESTAT_AGE_OUT", "Y0T4", "Y_LT14", "SM_ESTAT_ASYAPP_OUT", "age", "Edit", "Codes side by side", "Target of {0}", "Save", "Check and publish", "Publish", "by a map of values", "Tick a source component.")]
    [InlineData("ru", "RM_ESTAT_SEX_OUT", "_Z", "UNK", "SM_ESTAT_ASYDEC_OUT", "sex", "Изменить", "Коды рядом", "Чему соответствует {0}", "Сохранить", "Проверить и опубликовать", "Опубликовать", "по карте значений", "Отметьте исходный компонент.")]
    public async Task A_structure_map_is_given_a_rule_with_a_new_map_of_values_and_published(
        string language, string values, string from, string to, string map, string target, string edit, string sides, string targetOf, string save, string check, string publish, string byMap, string noSource)
    {
        IPage page = await SignInAsync(language, "structures");
        await page.GotoAsync($"/{language}/structures/RepresentationMap/EECA/{values}/+");
        await PressAsync(page, edit);
        await LinkAsync(page, sides);
        await page.GetByLabel(string.Format(CultureInfo.InvariantCulture, targetOf, from), new() { Exact = true }).FillAsync(to);
        await PressAsync(page, save);
        await page.GotoAsync(page.Url.Split("/edit")[0] + "/publish");
        await PressAsync(page, publish);
        string version = new Uri(page.Url).AbsolutePath.Split('/')[^1], urn = $"urn:sdmx:org.sdmx.infomodel.structuremapping.RepresentationMap=EECA:{values}({version})";
        version.Should().NotBe("1.0.0").And.NotContain("draft");

        await page.GotoAsync($"/{language}/structures/StructureMap/EECA/{map}/+");
        string before = await hub.Anonymous.TextAsync($"/sdmx/v2/structure/structuremap/EECA/{map}/1.0.0");
        await PressAsync(page, edit);
        await LinkAsync(page, target);
        (await page.GetByLabel(byMap).IsCheckedAsync()).Should().BeTrue("the rule is shown as it is");
        string source = (await page.Locator("#source input:checked").GetAttributeAsync("value"))!;
        await page.Locator("#source input:checked").UncheckAsync();
        await page.Locator("#map").SelectOptionAsync(urn);
        await PressAsync(page, save);
        (await page.Locator("#source-error").InnerTextAsync()).Should().Be(noSource);
        (await page.Locator("#map").InputValueAsync()).Should().Be(urn, "what was chosen stays");
        await ShootAsync(page, $"rule-faults.{language}");
        await page.Locator($"#source input[value='{source}']").CheckAsync();
        await PressAsync(page, save);
        (await page.Locator("[role=status]").CountAsync()).Should().Be(1);
        await LinkAsync(page, check);
        (await page.Locator("table.changes tbody tr").AllInnerTextsAsync()).Should().ContainSingle().Which.Should().Contain(version);
        await PressAsync(page, publish);
        string published = new Uri(page.Url).AbsolutePath;
        published.Should().NotContain("draft");
        (await page.Locator("main").InnerTextAsync()).Should().Contain($"{values}({version})");

        string stored = await hub.Anonymous.TextAsync($"/sdmx/v2/structure/structuremap/EECA/{map}/{published.Split('/')[^1]}");
        stored.Should().Contain(urn).And.NotContain(urn.Replace(version, "1.0.0", StringComparison.Ordinal));
        (await hub.Anonymous.TextAsync($"/sdmx/v2/structure/structuremap/EECA/{map}/1.0.0")).Should().Contain(urn.Replace(version, "1.0.0", StringComparison.Ordinal), "the version before stays");
        before.Should().NotContain(urn);
        (await hub.Anonymous.TextAsync($"/sdmx/v2/structure/representationmap/EECA/{values}/{version}")).Should().MatchRegex($"\"{from}\"[^}}]*}}?\\][^\\[]*\\[\"{to}\"\\]");
    }

    [BrowserFact]
    public async Task An_address_is_subscribed_confirmed_told_and_ended()
    {
        const string address = "ani@stat.example";
        IPage page = await machine.OpenAsync(hub.Process.Address, "ru"), maintainer = await SignInAsync("ru", "structures");
        await page.GotoAsync("/ru/structures");
        await LinkAsync(page, "Узнавать об изменениях");
        await page.Locator("#type").SelectOptionAsync("Codelist");
        await page.GetByLabel("Также черновики").CheckAsync();
        await FillAsync(page, ("#id", "CL LETTER"), ("#email", "ani@"));
        await page.EvaluateAsync("document.querySelectorAll('form').forEach(f => f.noValidate = true)");
        await PressAsync(page, "Подписать этот адрес");
        (await page.Locator("#id-error, #email-error").CountAsync()).Should().Be(2, "both faults are told beside their fields");
        (await page.Locator("#type").InputValueAsync(), await page.Locator("#id").InputValueAsync(), await page.Locator("#email").InputValueAsync()).Should().Be(("Codelist", "CL LETTER", "ani@"));
        await ShootAsync(page, "subscribe-faults.ru");
        await FillAsync(page, ("#id", "CL_LETTER"), ("#email", address));
        await page.Locator("#email").PressAsync("Enter");
        (await page.Locator("[role=status]").InnerTextAsync()).Should().Contain(address).And.Contain("ссылку из него", "the Enter key means the address that was typed");

        string question = await hub.LetterAsync(address);
        question.Should().Contain("CL_LETTER");
        await page.GotoAsync(LinkIn(question, "confirm"));
        (await page.Locator("main").InnerTextAsync()).Should().Contain(address).And.Contain("CL_LETTER");
        await ShootAsync(page, "confirm.ru");
        await PressAsync(page, "Подтвердить подписку");
        (await page.Locator("[role=status]").InnerTextAsync()).Should().StartWith("Подписка действует.");

        await maintainer.GotoAsync("/ru/structures/new?kind=Codelist");
        await maintainer.Locator("#agency").SelectOptionAsync("EECA");
        await FillAsync(maintainer, ("#id", "CL_LETTER"), ("#name_en", "Letters"), ("#name_ru", "Письма"));
        await PressAsync(maintainer, "Создать черновик");
        string told = await hub.LetterAsync(address, after: 1);
        told.Should().Contain("Письма").And.Contain("CL_LETTER");

        await page.GotoAsync(LinkIn(told, "end"));
        await PressAsync(page, "Прекратить подписку");
        (await page.Locator("[role=status]").InnerTextAsync()).Should().StartWith("Подписка прекращена.");
        (await hub.Database.TextAsync("SELECT status::text FROM change_subscription WHERE address = $1", address)).Should().Be("Ended");
    }

    private static string LinkIn(string letter, string page) => Regex.Match(letter, $@"https?://[^/\s]+(/\S+/structures/subscriptions/{page}\?\S+)").Groups[1].Value;

    private static Task<string> StatusAsync(IPage page) => page.Locator("dl.facts .state").First.InnerTextAsync();

    private static async Task FillAsync(IPage page, params (string Field, string Value)[] values)
    {
        foreach ((string field, string value) in values)
        {
            await page.Locator(field).FillAsync(value);
        }
    }

    private static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    private static Task LinkAsync(IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();

    private static Task ShootAsync(IPage page, string name) => OldMachine.ShootAsync(page, "officials-" + name, whole: true);

    private Task<IPage> SignInAsync(string language, string user) => machine.SignInAsync(hub.Process.Address, hub.Data, language, user);
}
