using Dsm.Exchange.Access;

namespace Dsm.Exchange.Demo;

/// <summary>
/// The accounts of the demonstration, with random passwords in <c>DIR/demo-accounts.json</c>: the one place where the passwords are.
/// They stay the same as long as the file does.
/// </summary>
public sealed class DemoAccounts(AccountIssuer issuer, RegionOptions region)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "demo-accounts.json";

    /// <summary>Makes the accounts that are missing.</summary>
    /// <returns>The file.</returns>
    public async Task<AccountFile> EnsureAsync(string dataDirectory)
    {
        AccountFile file = new(Path.Combine(dataDirectory, FileName));
        Dictionary<string, IssuedAccount> known = file.Read().ToDictionary(a => a.UserName);
        List<IssuedAccount> accounts = [.. Wanted(region).Select(a => known.TryGetValue(a.UserName, out IssuedAccount? old) ? a with { Password = old.Password } : a)];
        file.Write(accounts);
        await issuer.EnsureRolesAsync().ConfigureAwait(false);
        foreach (IssuedAccount account in accounts)
        {
            await issuer.EnsureAsync(account).ConfigureAwait(false);
        }

        return file;
    }

    /// <summary>The accounts a region's demonstration has, with fresh passwords.</summary>
    internal static IEnumerable<IssuedAccount> Wanted(RegionOptions region)
    {
        yield return Account("admin", HubRoles.SystemAdministrator, null);
        yield return Account("coordinator", HubRoles.Coordinator, null);
        foreach (string state in region.States.Take(2))
        {
            yield return Account("country." + Lower(state), HubRoles.CountryAdministrator, state);
        }

        foreach (string state in region.States)
        {
            yield return Account("focal." + Lower(state), HubRoles.FocalPoint, state);
        }

        yield return Account("structures", HubRoles.StructureMaintainer, null);
    }

    private static string Lower(string state) => state.ToLowerInvariant();

    private static IssuedAccount Account(string name, string role, string? country) => new()
    {
        UserName = name,
        Password = AccountIssuer.NewPassword(),
        Role = role,
        Country = country,
        // Shown as it is on the pages of every language.
        DisplayName = name,
    };
}
