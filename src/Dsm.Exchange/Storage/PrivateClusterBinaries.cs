using System.Globalization;
using System.Text.RegularExpressions;

namespace Dsm.Exchange.Storage;

/// <summary>One installed set of PostgreSQL server programs: the folder with initdb, pg_ctl and postgres.</summary>
internal sealed partial record PrivateClusterBinaries(string Folder, int MajorVersion)
{
    /// <summary>Names the folder of the server programs when they are in an unusual place.</summary>
    public const string OverrideVariable = "DSM_PG_BIN";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// Finds the newest installed version, or, for a cluster that exists already, the version that can read it.
    /// </summary>
    /// <param name="clusterVersion">The major version of an existing cluster; null for a new one.</param>
    /// <exception cref="StorageUnavailableException">Nothing suitable is installed.</exception>
    public static async Task<PrivateClusterBinaries> FindAsync(int? clusterVersion, CancellationToken ct)
    {
        List<PrivateClusterBinaries> installed = [];
        foreach (string folder in Folders().Where(IsComplete))
        {
            installed.Add(new PrivateClusterBinaries(folder, await VersionOfAsync(folder, ct).ConfigureAwait(false)));
        }

        PrivateClusterBinaries? found = clusterVersion is int wanted
            ? installed.Find(b => b.MajorVersion == wanted)
            : installed.MaxBy(b => b.MajorVersion);
        return found ?? throw new StorageUnavailableException(Missing(clusterVersion, installed));
    }

    private static IEnumerable<string> Folders()
    {
        string? chosen = Environment.GetEnvironmentVariable(OverrideVariable);
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return [chosen];
        }

        IEnumerable<string> packaged = Children("/usr/lib/postgresql", "*")
            .Concat(Children("/usr", "pgsql-*"))
            .Concat(Children("/opt/homebrew/opt", "postgresql@*"))
            .Append("/usr/local/pgsql")
            .Select(root => Path.Combine(root, "bin"));
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return packaged.Concat(path);
    }

    private static string[] Children(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    private static bool IsComplete(string folder) => Programs.All(program => File.Exists(Path.Combine(folder, program)));

    private static async Task<int> VersionOfAsync(string folder, CancellationToken ct)
    {
        PrivateClusterCommand.Result result = await PrivateClusterCommand
            .RunAsync(Path.Combine(folder, "postgres"), ["--version"], TimeSpan.FromSeconds(10), ct)
            .ConfigureAwait(false);
        Match match = VersionPattern().Match(result.Output);
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static string Missing(int? clusterVersion, List<PrivateClusterBinaries> installed)
    {
        const string Otherwise =
            "Or point the hub at a server that exists: ConnectionStrings__Hub=\"Host=...;Database=...;Username=...;Password=...\".";
        if (clusterVersion is int wanted)
        {
            string have = installed.Count == 0 ? "none" : string.Join(", ", installed.Select(b => b.MajorVersion).Distinct());
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The data folder holds a PostgreSQL {wanted} cluster, but its programs are not installed (found: {have}). ")
                + string.Create(CultureInfo.InvariantCulture, $"Install them: apt-get install -y postgresql-{wanted}. ")
                + Otherwise;
        }

        return "PostgreSQL is not installed. Install it: apt-get install -y postgresql (as root; ./hub run does it for you). "
            + $"If it is in an unusual place, name the folder of initdb in {OverrideVariable}. " + Otherwise;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
