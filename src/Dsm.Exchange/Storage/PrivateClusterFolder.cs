using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Dsm.Exchange.Storage;

/// <summary>
/// What the hub keeps beside its private cluster, in <c>DIR/postgres</c>: the passwords (mode 600), the port, where the
/// cluster itself lies, and two lock files. The locks are the operating system's, so a killed hub leaves none behind.
/// </summary>
internal sealed class PrivateClusterFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Others may pass through, not look: the account of the server has to reach its own folder inside.
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Below the range from which Linux takes ports for outgoing connections, so that ours stays free between runs.
    private const int FirstPort = 21_000;
    private const int PortCount = 8_000;

    private readonly string root;

    private PrivateClusterFolder(string root, string hubPassword, string adminPassword)
    {
        this.root = root;
        HubPassword = hubPassword;
        AdminPassword = adminPassword;
    }

    /// <summary>The password of the role the hub works as.</summary>
    public string HubPassword { get; }

    /// <summary>The password of the cluster's superuser, used for its set-up only.</summary>
    public string AdminPassword { get; }

    /// <summary>The file in which the superuser's password is kept; initdb reads it.</summary>
    public string AdminPasswordFile => Path.Combine(root, "admin-password");

    /// <summary>The folder of the cluster inside <c>DIR</c>, when the server's account can reach it.</summary>
    public string InnerCluster => Path.Combine(root, "cluster");

    /// <summary>The folder itself.</summary>
    public string Root => root;

    private string LocationFile => Path.Combine(root, "location");

    private string PortFile => Path.Combine(root, "port");

    /// <summary>Opens <c>DIR/postgres</c>, creating it with fresh passwords the first time.</summary>
    /// <exception cref="StorageUnavailableException">The folder belongs to somebody else or cannot be written.</exception>
    [UnsupportedOSPlatform("windows")]
    public static PrivateClusterFolder Open(string dataDirectory)
    {
        string root = Path.Combine(Path.GetFullPath(dataDirectory), "postgres");
        try
        {
            CreatePassable(root);
            return new PrivateClusterFolder(root, Secret(root, "password"), Secret(root, "admin-password"));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StorageUnavailableException(
                $"Cannot use {root}: {e.Message} Start the hub as the account that owns this folder, or choose another one with --data.",
                e);
        }
    }

    /// <summary>Creates a folder others may pass through, whatever the caller's umask says.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void CreatePassable(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, PassThrough);
        }
    }

    /// <summary>Where the cluster lies; null until that has been decided.</summary>
    public string? ReadLocation() => File.Exists(LocationFile) ? File.ReadAllText(LocationFile).Trim() : null;

    /// <summary>Remembers a cluster that had to be put outside <c>DIR</c>.</summary>
    public void WriteLocation(string path) => File.WriteAllText(LocationFile, path + "\n");

    /// <summary>The port of the last run, or 0.</summary>
    public int ReadPort() =>
        File.Exists(PortFile)
        && int.TryParse(File.ReadAllText(PortFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int port)
            ? port
            : 0;

    /// <summary>Remembers the port for the next run.</summary>
    public void WritePort(int port) => File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>The remembered port if nobody took it in the meantime, else a free one.</summary>
    public int ChoosePort()
    {
        int port = ReadPort();
        for (int attempt = 0; attempt < 200; attempt++)
        {
            if (port != 0 && LoopbackPort.IsFree(port))
            {
                return port;
            }

            port = FirstPort + RandomNumberGenerator.GetInt32(PortCount);
        }

        throw new StorageUnavailableException("No free port on loopback for the private PostgreSQL server.");
    }

    /// <summary>Waits for the right to start or stop the server; one process at a time holds it.</summary>
    public async Task<FileStream> EnterAsync(CancellationToken ct)
    {
        while (true)
        {
            if (TryLock("start.lock", FileAccess.ReadWrite, FileShare.None) is { } gate)
            {
                return gate;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that this process uses the server. Hold <see cref="EnterAsync"/> while asking.</summary>
    public FileStream Join() =>
        TryLock("users.lock", FileAccess.Read, FileShare.Read)
        ?? throw new IOException($"{root}/users.lock is locked by a foreign program.");

    /// <summary>Whether any process uses the server. Hold <see cref="EnterAsync"/> while asking.</summary>
    public bool IsUsed()
    {
        using FileStream? all = TryLock("users.lock", FileAccess.ReadWrite, FileShare.None);
        return all is null;
    }

    // .NET maps FileShare.None to an exclusive and FileShare.Read to a shared flock; the kernel drops it with the process.
    private FileStream? TryLock(string name, FileAccess access, FileShare share)
    {
        string path = Path.Combine(root, name);
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = access, Share = share };
            if (access == FileAccess.Read)
            {
                options.Mode = FileMode.Open;
                Touch(path);
            }

            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static void Touch(string path)
    {
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, []);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string Secret(string root, string name)
    {
        string path = Path.Combine(root, name);
        if (!File.Exists(path))
        {
            // Complete or not at all: a crash must not leave an empty password behind.
            string draft = path + ".new";
            File.Delete(draft);
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            };
            using (StreamWriter writer = new(draft, options))
            {
                writer.Write(RandomNumberGenerator.GetHexString(48, lowercase: true) + "\n");
            }

            File.Move(draft, path);
        }

        return File.ReadAllText(path).Trim();
    }
}
