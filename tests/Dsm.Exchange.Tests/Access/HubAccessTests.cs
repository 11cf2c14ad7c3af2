using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Demo;
using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Access;

public sealed class HubAccessTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsm-access-").FullName;
    private string connectionString = "";
    private ServiceProvider provider = null!;
    private AsyncServiceScope scope;

    public async Task InitializeAsync()
    {
        connectionString = await TestDatabase.CreateDatabaseAsync();
        provider = Node(connectionString);
        await provider.GetRequiredService<HubDatabase>().MigrateAsync(NullLogger.Instance, CancellationToken.None);
        scope = provider.CreateAsyncScope();
    }

    public async Task DisposeAsync()
    {
        await scope.DisposeAsync();
        await provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Issues_demo_accounts_once_with_passwords_that_stay()
    {
        DemoAccounts demo = new(Get<AccountIssuer>(), new RegionOptions { States = ["ARM", "AZE", "BLR"] });
        AccountFile file = await demo.EnsureAsync(folder);
        IReadOnlyList<IssuedAccount> first = file.Read();
        first.Select(a => a.UserName).Should().Equal(
            "admin", "coordinator", "country.arm", "country.aze", "focal.arm", "focal.aze", "focal.blr", "structures");
        first.Select(a => a.Password).Should().OnlyHaveUniqueItems().And.OnlyContain(p => p.Length >= HubAccess.PasswordLength);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await demo.EnsureAsync(folder)).Read().Should().Equal(first);
        await AllCanSignInAsync(first);
    }

    [Fact]
    public async Task Gives_new_passwords_when_the_file_is_lost()
    {
        DemoAccounts demo = new(Get<AccountIssuer>(), new RegionOptions { States = ["ARM"] });
        string before = (await demo.EnsureAsync(folder)).Read()[0].Password;
        File.Delete(Path.Combine(folder, DemoAccounts.FileName));
        IReadOnlyList<IssuedAccount> after = (await demo.EnsureAsync(folder)).Read();
        after[0].Password.Should().NotBe(before);
        await AllCanSignInAsync(after);
    }

    [Fact]
    public async Task Makes_a_first_administrator_only_when_nobody_has_an_account()
    {
        FirstAdministrator first = Get<FirstAdministrator>();
        string? path = await first.EnsureAsync(folder, CancellationToken.None);
        IssuedAccount account = new AccountFile(path!).Read().Single();
        account.Role.Should().Be(HubRoles.SystemAdministrator);
        await AllCanSignInAsync([account]);
        (await first.EnsureAsync(folder, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Puts_roles_and_state_into_the_claims_that_rights_are_read_from()
    {
        await Get<AccountIssuer>().EnsureRolesAsync();
        await Get<AccountIssuer>().EnsureAsync(Account("anna", HubRoles.FocalPoint, "ARM"));
        HubUser user = (await Get<UserManager<HubUser>>().FindByNameAsync("anna"))!;
        ClaimsPrincipal principal = await Get<IUserClaimsPrincipalFactory<HubUser>>().CreateAsync(user);
        principal.FindFirstValue(HubRights.CountryClaim).Should().Be("ARM");
        HubRights.MaySubmitFor(principal, "ARM").Should().BeTrue();
        HubRights.MaySubmitFor(principal, "AZE").Should().BeFalse();
        HubRights.Reading(principal).States.Should().BeEquivalentTo("ARM");
        HubRights.Reading(principal).SeesAllRestricted.Should().BeFalse();
        HubRights.MaySubmitFor(new ClaimsPrincipal(new ClaimsIdentity()), "ARM").Should().BeFalse();
    }

    [Fact]
    public async Task Locks_an_account_after_wrong_passwords_and_refuses_the_right_one_then()
    {
        await Get<AccountIssuer>().EnsureRolesAsync();
        IssuedAccount account = Account("anna", HubRoles.Coordinator, null);
        await Get<AccountIssuer>().EnsureAsync(account);
        SignInManager<HubUser> signIn = Get<SignInManager<HubUser>>();
        HubUser user = (await Get<UserManager<HubUser>>().FindByNameAsync("anna"))!;
        for (int i = 1; i < HubAccess.LockoutAttempts; i++)
        {
            (await signIn.CheckPasswordSignInAsync(user, "wrong", lockoutOnFailure: true)).IsLockedOut.Should().BeFalse();
        }

        (await signIn.CheckPasswordSignInAsync(user, "wrong", lockoutOnFailure: true)).IsLockedOut.Should().BeTrue();
        (await signIn.CheckPasswordSignInAsync(user, account.Password, lockoutOnFailure: true)).IsLockedOut.Should().BeTrue();
    }

    [Theory]
    [InlineData("short-one")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task Refuses_weak_passwords(string password)
        => (await Get<UserManager<HubUser>>().CreateAsync(new HubUser { UserName = "anna" }, password)).Succeeded.Should().BeFalse();

    [Fact]
    public async Task Shares_its_keys_with_other_nodes()
    {
        string secret = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("cookie");
        await using ServiceProvider other = Node(connectionString);
        other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret).Should().Be("cookie");
    }

    private static IssuedAccount Account(string name, string role, string? country)
        => new() { UserName = name, Password = AccountIssuer.NewPassword(), Role = role, Country = country, DisplayName = name };

    private static ServiceProvider Node(string connectionString)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new HubDatabase(connectionString));
        services.AddScoped(p => p.GetRequiredService<HubDatabase>().CreateContext());
        services.AddHubAccess();
        return services.BuildServiceProvider();
    }

    private T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    private async Task AllCanSignInAsync(IEnumerable<IssuedAccount> accounts)
    {
        UserManager<HubUser> users = Get<UserManager<HubUser>>();
        foreach (IssuedAccount account in accounts)
        {
            HubUser user = (await users.FindByNameAsync(account.UserName))!;
            (await users.CheckPasswordAsync(user, account.Password)).Should().BeTrue();
            (await users.GetRolesAsync(user)).Should().Equal(account.Role);
            user.Country.Should().Be(account.Country);
        }
    }
}
