using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Hosting;

/// <summary>Sign-in by a real OpenID Connect provider, from the button to the page that was wanted, as a browser walks it.</summary>
public sealed class OpenIdConnectSignInTests(OpenIdConnectSignInTests.Installation installation) : IClassFixture<OpenIdConnectSignInTests.Installation>
{
    private readonly TestIdentityProvider provider = installation.Provider;
    private readonly TestHub hub = installation.Hub;

    /// <summary>A hub that makes accounts of mapped roles and takes the state from the provider, and the provider.</summary>
    public sealed class Installation : IAsyncLifetime
    {
        public TestIdentityProvider Provider { get; private set; } = null!;

        public TestHub Hub { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Provider = await TestIdentityProvider.StartAsync();
            Hub = await StartHubAsync(
                Provider, "--Hub:Oidc:CreateAccounts=true", "--Hub:Oidc:CountryClaim=country",
                "--Hub:Oidc:Roles:stat-coordinators=coordinator", "--Hub:Oidc:Roles:stat-senders=focal-point", "--Hub:Oidc:Roles:cooks=cook");
        }

        public async Task DisposeAsync()
        {
            await Hub.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }

    [Fact]
    public async Task Lets_a_known_person_in_by_verified_address_and_from_then_on_by_subject()
    {
        HubUser anna = await AddLocalAsync(hub, "anna", "anna@stat.example");
        provider.Person = new ProviderPerson("s-anna", "Anna") { Email = "Anna@stat.example", Roles = ["stat-senders"], Country = "ARM" };
        Browser first = new(hub);
        (await first.SignInAsync("en", "/en/about")).PathAndQuery.Should().Be("/en/about");
        (await first.IsSignedInAsync()).Should().BeTrue();
        provider.ChallengeMethods.Should().OnlyContain(m => m == "S256");

        provider.Person = provider.Person with { Email = "anna@elsewhere.example" };
        (await new Browser(hub).SignInAsync("en", "/en/about")).PathAndQuery.Should().Be("/en/about");
        (await LoginsAsync("s-anna")).Should().Equal(anna.Id);
    }

    [Fact]
    public async Task Makes_an_account_for_an_unknown_person_with_a_mapped_role()
    {
        provider.Person = new ProviderPerson("s|boris", "Борис") { Email = "boris@stat.example", Roles = ["others", "stat-senders"], Country = "GEO" };
        (await new Browser(hub).SignInAsync("ru", "/ru/about")).PathAndQuery.Should().Be("/ru/about");
        HubUser made = await FindAsync("boris@stat.example");
        (made.DisplayName, made.Email, made.Country, made.PasswordHash).Should().Be(("Борис", "boris@stat.example", "GEO", null));
        (await RolesAsync(hub, made.Id)).Should().Equal(HubRoles.FocalPoint);
    }

    [Fact]
    public async Task Reads_roles_that_only_the_user_info_tells()
    {
        provider.Person = new ProviderPerson("s-clara", "Clara") { Email = "clara@stat.example", Roles = ["stat-senders", "stat-coordinators"], RolesInUserInfo = true };
        await new Browser(hub).SignInAsync("en", "/en/about");
        (await RolesAsync(hub, (await FindAsync("clara@stat.example")).Id)).Should().BeEquivalentTo(HubRoles.FocalPoint, HubRoles.Coordinator);
    }

    [Theory]
    [InlineData("en", "you have no account here")]
    [InlineData("ru", "учётной записи здесь у вас нет")]
    public async Task Refuses_an_unknown_person_in_plain_words(string language, string words)
    {
        provider.Person = new ProviderPerson("s-nobody-" + language, "Nobody") { Email = "nobody@stat.example", Roles = ["others", "cooks"] };
        Browser browser = new(hub);
        Uri end = await browser.SignInAsync(language, $"/{language}/data");
        end.AbsolutePath.Should().Be($"/{language}/sign-in");
        IHtmlDocument page = new HtmlParser().ParseDocument(await browser.PageAsync());
        page.QuerySelector("[role=alert]")!.TextContent.Should().Contain(words);
        page.QuerySelector("input[name=ReturnUrl]")!.GetAttribute("value").Should().Be($"/{language}/data", "a local account may try instead");
        (await LoginsAsync(provider.Person.Subject)).Should().BeEmpty();
        (await browser.IsSignedInAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Does_not_believe_an_address_that_the_provider_did_not_verify()
    {
        HubUser dora = await AddLocalAsync(hub, "dora", "dora@stat.example");
        provider.Person = new ProviderPerson("s/dora:2", "Not Dora") { Email = "dora@stat.example", IsEmailVerified = false };
        (await new Browser(hub).SignInAsync("en", "/en/about")).AbsolutePath.Should().Be("/en/sign-in");

        provider.Person = provider.Person with { Roles = ["stat-senders"] };
        (await new Browser(hub).SignInAsync("en", "/en/about")).AbsolutePath.Should().Be("/en/about");
        (await LoginsAsync("s/dora:2")).Should().ContainSingle().Which.Should().NotBe(dora.Id);
    }

    [Fact]
    public async Task Refuses_when_the_address_is_that_of_several_accounts_or_was_another_persons()
    {
        await AddLocalAsync(hub, "office1", "office@stat.example");
        await AddLocalAsync(hub, "office2", "office@stat.example");
        provider.Person = new ProviderPerson("s-office", "Office") { Email = "office@stat.example", Roles = ["stat-senders"] };
        (await new Browser(hub).SignInAsync("en", "/en/about")).Query.Should().Contain("refused=true");

        await AddLocalAsync(hub, "eva", "eva@stat.example");
        provider.Person = new ProviderPerson("s-eva", "Eva") { Email = "eva@stat.example" };
        (await new Browser(hub).SignInAsync("en", "/en/about")).AbsolutePath.Should().Be("/en/about");
        provider.Person = new ProviderPerson("s-eva-successor", "Eva too") { Email = "eva@stat.example", Roles = ["stat-senders"] };
        (await new Browser(hub).SignInAsync("en", "/en/about")).Query.Should().Contain("refused=true");
    }

    [Fact]
    public async Task Refuses_a_locked_account()
    {
        HubUser felix = await AddLocalAsync(hub, "felix", "felix@stat.example");
        await WithUsersAsync(hub, async users => await users.SetLockoutEndDateAsync((await users.FindByIdAsync(felix.Id))!, DateTimeOffset.UtcNow.AddYears(1)));
        provider.Person = new ProviderPerson("s-felix", "Felix") { Email = "felix@stat.example", Roles = ["stat-senders"] };
        Browser browser = new(hub);
        (await browser.SignInAsync("en", "/en/about")).Query.Should().Contain("refused=true");
        (await browser.IsSignedInAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Takes_roles_and_state_away_at_the_next_sign_in()
    {
        provider.Person = new ProviderPerson("s-greta", "Greta") { Email = "greta@stat.example", Roles = ["stat-senders", "stat-coordinators"], Country = "KAZ" };
        await new Browser(hub).SignInAsync("en", "/en/about");
        string id = (await FindAsync("greta@stat.example")).Id;
        (await RolesAsync(hub, id)).Should().HaveCount(2);

        provider.Person = provider.Person with { Roles = ["stat-senders"], Country = "ZZZ" };
        await new Browser(hub).SignInAsync("en", "/en/about");
        (await RolesAsync(hub, id)).Should().Equal(HubRoles.FocalPoint);
        (await FindAsync("greta@stat.example")).Country.Should().BeNull("no state of the region has this code");

        provider.Person = provider.Person with { Roles = [], Country = "KAZ" };
        await new Browser(hub).SignInAsync("en", "/en/about");
        (await RolesAsync(hub, id)).Should().BeEmpty();
        (await FindAsync("greta@stat.example")).Country.Should().Be("KAZ");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("about")]
    public async Task Never_leads_to_another_site(string returnUrl)
    {
        provider.Person = new ProviderPerson("s-hans", "Hans") { Email = "hans@stat.example", Roles = ["stat-senders"] };
        Browser browser = new(hub);
        (await browser.SignInAsync("en", returnUrl)).ToString().Should().Be(new Uri(hub.Http.BaseAddress!, "/en/").ToString());
        browser.Hosts.Should().BeSubsetOf([hub.Http.BaseAddress!.Authority, new Uri(provider.Authority).Authority]);

        HttpResponseMessage direct = await hub.Http.GetAsync("/en/sign-in/return?returnUrl=" + Uri.EscapeDataString(returnUrl));
        direct.Headers.Location!.ToString().Should().StartWith("/en/sign-in?").And.NotContain("evil").And.EndWith("failed=true");
    }

    [Theory]
    [InlineData("en", "was not completed")]
    [InlineData("ru", "не завершён")]
    public async Task Says_so_when_the_provider_denies(string language, string words)
    {
        provider.Person = null;
        Browser browser = new(hub);
        (await browser.SignInAsync(language, $"/{language}/about")).AbsolutePath.Should().Be($"/{language}/sign-in");
        (await browser.PageAsync()).Should().Contain(words);
    }

    [Fact]
    public async Task Does_not_take_an_answer_that_this_browser_did_not_ask_for()
    {
        provider.Person = new ProviderPerson("s-ida", "Ida") { Email = "ida@stat.example", Roles = ["stat-senders"] };
        Uri answer = await new Browser(hub).AnswerOfProviderAsync("en");
        Browser victim = new(hub);
        (await victim.FollowAsync(answer)).Query.Should().Contain("failed=true");
        (await victim.IsSignedInAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Leaves_accounts_roles_and_states_to_the_hub_unless_told_otherwise()
    {
        await using TestHub plain = await StartHubAsync(provider);
        HubUser jana = await AddLocalAsync(plain, "jana", "jana@stat.example", HubRoles.CountryAdministrator, "MDA");
        provider.Person = new ProviderPerson("s-jana", "Jana") { Email = "jana@stat.example", Roles = ["coordinator", "stat-coordinators"], Country = "GEO" };
        (await new Browser(plain).SignInAsync("en", "/en/about")).AbsolutePath.Should().Be("/en/about");
        (await RolesAsync(plain, jana.Id)).Should().Equal(HubRoles.CountryAdministrator);
        await WithUsersAsync(plain, async users => (await users.FindByIdAsync(jana.Id))!.Country.Should().Be("MDA"));

        provider.Person = new ProviderPerson("s-karl", "Karl") { Email = "karl@stat.example", Roles = ["coordinator"] };
        (await new Browser(plain).SignInAsync("en", "/en/about")).Query.Should().Contain("refused=true");
    }

    [Fact]
    public async Task Says_so_when_the_provider_is_away()
    {
        TestIdentityProvider away = await TestIdentityProvider.StartAsync();
        await using TestHub lonely = await StartHubAsync(away);
        await away.DisposeAsync();
        Browser browser = new(lonely);
        (await browser.SignInAsync("en", "/en/about")).AbsolutePath.Should().Be("/en/sign-in");
        (await browser.PageAsync()).Should().Contain("does not answer");
    }

    private static async Task<TestHub> StartHubAsync(TestIdentityProvider provider, params string[] more) => await TestHub.StartAsync(
        await TestDatabase.CreateDatabaseAsync(),
        null,
        [
            "--empty", "--Hub:Oidc:Authority=" + provider.Authority, "--Hub:Oidc:ClientId=" + TestIdentityProvider.ClientId,
            "--Hub:Oidc:ClientSecret=" + TestIdentityProvider.ClientSecret, .. more,
        ]);

    private static async Task<HubUser> AddLocalAsync(TestHub hub, string name, string email, string? role = null, string? country = null)
    {
        HubUser user = new() { UserName = name, Email = email, DisplayName = name, Country = country };
        await WithUsersAsync(hub, async users =>
        {
            (await users.CreateAsync(user)).Succeeded.Should().BeTrue();
            if (role is not null)
            {
                await users.AddToRoleAsync(user, role);
            }
        });
        return user;
    }

    private static async Task WithUsersAsync(TestHub hub, Func<UserManager<HubUser>, Task> act)
    {
        await using AsyncServiceScope scope = hub.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<UserManager<HubUser>>());
    }

    private static async Task<IList<string>> RolesAsync(TestHub hub, string id)
    {
        IList<string> roles = [];
        await WithUsersAsync(hub, async users => roles = await users.GetRolesAsync((await users.FindByIdAsync(id))!));
        return roles;
    }

    private async Task<HubUser> FindAsync(string userName)
    {
        await using HubDbContext db = hub.Services.GetRequiredService<HubDatabase>().CreateContext();
        return await db.Users.AsNoTracking().SingleAsync(u => u.UserName == userName);
    }

    private async Task<List<string>> LoginsAsync(string subject)
    {
        await using HubDbContext db = hub.Services.GetRequiredService<HubDatabase>().CreateContext();
        return await db.UserLogins.Where(l => l.ProviderKey == subject).Select(l => l.UserId).ToListAsync();
    }

    /// <summary>One person's browser: cookies, forms, redirections.</summary>
    private sealed class Browser(TestHub hub)
    {
        private readonly HttpClient http = hub.NewClient(new CookieContainer());
        private Uri here = hub.Http.BaseAddress!;
        private HttpResponseMessage? last;

        public List<string> Hosts { get; } = [];

        /// <summary>From the sign-in page through the provider's button to where it ends.</summary>
        public async Task<Uri> SignInAsync(string language, string returnUrl)
            => await AskProviderAsync(language, returnUrl) is { } next ? await FollowAsync(next) : here;

        /// <summary>The address with the code to which the provider sends the browser, not yet followed.</summary>
        public async Task<Uri> AnswerOfProviderAsync(string language)
        {
            using HttpResponseMessage answer = await http.GetAsync(await AskProviderAsync(language, "/en/about"));
            return answer.Headers.Location!;
        }

        public async Task<Uri> FollowAsync(Uri address)
        {
            for (int i = 0; i < 10; i++)
            {
                here = address;
                Hosts.Add(here.Authority);
                last = await http.GetAsync(here);
                if (last.Headers.Location is not { } next)
                {
                    return here;
                }

                address = new Uri(here, next);
            }

            throw new InvalidOperationException("Redirected without end.");
        }

        public Task<string> PageAsync() => last!.Content.ReadAsStringAsync();

        public async Task<bool> IsSignedInAsync()
            => new HtmlParser().ParseDocument(await http.GetStringAsync("/en/about")).QuerySelector("form[action$='sign-out']") is not null;

        private async Task<Uri?> AskProviderAsync(string language, string returnUrl)
        {
            here = new Uri(hub.Http.BaseAddress!, $"/{language}/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
            IHtmlDocument page = new HtmlParser().ParseDocument(await http.GetStringAsync(here));
            IHtmlFormElement form = page.Forms.Single(f => f.GetAttribute("action")?.Contains("handler=Provider", StringComparison.OrdinalIgnoreCase) == true);
            Dictionary<string, string> fields = form.QuerySelectorAll("input").OfType<IHtmlInputElement>().ToDictionary(i => i.Name!, i => i.GetAttribute("value") ?? "");
            last = await http.PostAsync(new Uri(here, form.GetAttribute("action")!), new FormUrlEncodedContent(fields));
            return last.Headers.Location;
        }
    }
}
