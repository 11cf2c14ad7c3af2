using System.Globalization;
using System.Text;

namespace Dsm.Exchange.Storage;

/// <summary>
/// The server settings of a private cluster, in <c>dsm-hub.conf</c> inside the cluster, rewritten at every start.
/// An operator's own settings go to <c>ALTER SYSTEM</c> and win over these.
/// </summary>
internal static class PrivateClusterSettings
{
    private const string FileName = "dsm-hub.conf";
    private const string Include = "include_if_exists = '" + FileName + "'";

    /// <summary>Writes the settings and makes the server read them.</summary>
    public static async Task WriteAsync(
        string cluster, int port, PrivateClusterOptions options, PrivateClusterAccount account, CancellationToken ct)
    {
        string path = Path.Combine(cluster, FileName);
        await File.WriteAllTextAsync(path, Render(port, options), ct).ConfigureAwait(false);
        await account.OwnAsync(path, ct).ConfigureAwait(false);

        string main = Path.Combine(cluster, "postgresql.conf");
        string text = await File.ReadAllTextAsync(main, ct).ConfigureAwait(false);
        if (!text.Contains(Include, StringComparison.Ordinal))
        {
            await File.AppendAllTextAsync(main, "\n# DSM Hub\n" + Include + "\n", ct).ConfigureAwait(false);
        }
    }

    private static string Render(int port, PrivateClusterOptions options)
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        long shared = options.Durable ? Math.Clamp(memory / 16, 128, 1024) : 128;
        long cache = Math.Clamp(memory / 2, 256, 65_536);
        StringBuilder text = new("# Written by DSM Hub at every start; use ALTER SYSTEM for settings of your own.\n");
        Set("listen_addresses", "'127.0.0.1'");
        Set("port", port.ToString(CultureInfo.InvariantCulture));

        // Loopback with a password is the only way in; a socket path would have to fit into 107 bytes.
        Set("unix_socket_directories", "''");
        Set("max_connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture));
        Set("shared_buffers", Megabytes(shared));
        Set("effective_cache_size", Megabytes(cache));
        Set("work_mem", "'16MB'");
        Set("maintenance_work_mem", "'128MB'");
        Set("max_wal_size", "'2GB'");
        Set("checkpoint_timeout", "'15min'");
        Set("wal_compression", "on");
        Set("random_page_cost", "1.1");

        // The hub's queries are short; compiling them costs more than it saves.
        Set("jit", "off");
        Set("timezone", "'UTC'");
        Set("log_timezone", "'UTC'");
        Set("logging_collector", "on");
        Set("log_directory", "'log'");
        Set("log_filename", "'postgresql-%a.log'");
        Set("log_rotation_age", "'1d'");
        Set("log_rotation_size", "0");
        Set("log_truncate_on_rotation", "on");
        string safety = options.Durable ? "on" : "off";
        Set("fsync", safety);
        Set("synchronous_commit", safety);
        Set("full_page_writes", safety);
        return text.ToString();

        void Set(string name, string value) => text.Append(name).Append(" = ").Append(value).Append('\n');
    }

    private static string Megabytes(long value) => string.Create(CultureInfo.InvariantCulture, $"'{value}MB'");
}
