using System.Globalization;

namespace Dsm.Exchange.Storage;

/// <summary>
/// The operating system account that runs the server. PostgreSQL refuses to run as root, so a hub started by root
/// hands its server to another account; any other hub runs it as itself.
/// </summary>
internal sealed record PrivateClusterAccount(string Name, uint? UserId, uint? GroupId)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    /// <summary>True when the server runs under another account than the hub.</summary>
    public bool IsOther => UserId is not null;

    /// <summary>
    /// Decides the account: ourselves when not root; else the owner of an existing cluster, the account
    /// <c>postgres</c>, or the account that called sudo.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Root, and no other account to be had.</exception>
    public static async Task<PrivateClusterAccount> ChooseAsync(string existingCluster, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PrivateClusterAccount(Environment.UserName, UserId: null, GroupId: null);
        }

        string? owner = Directory.Exists(existingCluster)
            ? await AnswerAsync("stat", ["-c", "%u", existingCluster], ct).ConfigureAwait(false)
            : null;
        foreach (string? candidate in new[] { owner, "postgres", Environment.GetEnvironmentVariable("SUDO_UID") })
        {
            if (candidate is null or "" or "0")
            {
                continue;
            }

            string? user = await AnswerAsync("id", ["-u", candidate], ct).ConfigureAwait(false);
            string? group = await AnswerAsync("id", ["-g", candidate], ct).ConfigureAwait(false);
            string? name = await AnswerAsync("id", ["-un", candidate], ct).ConfigureAwait(false);
            if (user is not null && user != "0" && group is not null)
            {
                return new PrivateClusterAccount(name ?? user, Number(user), Number(group));
            }
        }

        throw new StorageUnavailableException(
            "PostgreSQL does not run as root, and there is no account 'postgres' to run it. "
            + "Create one (useradd --system postgres) or start the hub as an ordinary user.");
    }

    /// <summary>Runs a program under this account.</summary>
    public Task<PrivateClusterCommand.Result> RunAsync(
        string program, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken ct)
    {
        if (!IsOther)
        {
            return PrivateClusterCommand.RunAsync(program, arguments, timeout, ct);
        }

        string[] drop =
        [
            string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
            "--clear-groups",
            "--",
            program,
        ];
        return PrivateClusterCommand.RunAsync("setpriv", [.. drop, .. arguments], timeout, ct);
    }

    /// <summary>Whether this account can reach the folder: every folder above must let it pass.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken ct)
    {
        PrivateClusterCommand.Result result = await RunAsync("/usr/bin/test", ["-x", folder], Quick, ct).ConfigureAwait(false);
        return result.Succeeded;
    }

    /// <summary>Gives a folder and all in it to this account.</summary>
    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (!IsOther)
        {
            return;
        }

        string owner = string.Create(CultureInfo.InvariantCulture, $"{UserId}:{GroupId}");
        PrivateClusterCommand.Result result = await PrivateClusterCommand
            .RunAsync("chown", ["-R", owner, path], Quick, ct).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new StorageUnavailableException($"Cannot give {path} to the account {Name}: {result.Output}");
        }
    }

    private static async Task<string?> AnswerAsync(string program, string[] arguments, CancellationToken ct)
    {
        PrivateClusterCommand.Result result = await PrivateClusterCommand
            .RunAsync(program, arguments, Quick, ct).ConfigureAwait(false);
        return result.Succeeded ? result.Output : null;
    }

    private static uint Number(string text) => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
