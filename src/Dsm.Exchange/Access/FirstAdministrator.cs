namespace Dsm.Exchange.Access;

/// <summary>Gives an installation without accounts its first administrator, with a one-time password in <c>DIR/first-admin.json</c>.</summary>
public sealed class FirstAdministrator(AccountIssuer issuer)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "first-admin.json";

    /// <summary>Makes the account if nobody has one.</summary>
    /// <returns>The file with the password; null when there are accounts.</returns>
    public async Task<string?> EnsureAsync(string dataDirectory, CancellationToken ct)
    {
        await issuer.EnsureRolesAsync().ConfigureAwait(false);
        if (!await issuer.IsEmptyAsync(ct).ConfigureAwait(false))
        {
            return null;
        }

        AccountFile file = new(Path.Combine(dataDirectory, FileName));
        IssuedAccount account = new()
        {
            UserName = "admin",
            Password = AccountIssuer.NewPassword(),
            Role = HubRoles.SystemAdministrator,
            DisplayName = "First administrator",
        };

        // The file first: an account whose password nobody knows would lock everybody out.
        file.Write([account]);
        await issuer.EnsureAsync(account).ConfigureAwait(false);
        return file.Path;
    }
}
