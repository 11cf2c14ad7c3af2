using System.Diagnostics;
using System.Globalization;

namespace Dsm.EndToEnd.Hubs;

/// <summary>
/// A hub's data folder that is thrown away, with everything that still runs out of it, when this test process ends, however that
/// happens. The account that runs the private database can pass through.
/// </summary>
public sealed class DataFolder
{
    private const string Cleaner =
        """
        exec </dev/null >/dev/null 2>&1
        while kill -0 "$1" 2>/dev/null; do sleep 0.3; done
        for pid in $(cat "$2"/*.pid 2>/dev/null); do kill -KILL "$pid" 2>/dev/null; done
        pid=$(head -n 1 "$2/postgres/cluster/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ]; then
          kill -QUIT "$pid" 2>/dev/null
          i=0; while kill -0 "$pid" 2>/dev/null && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
        fi
        rm -rf "$2"
        """;

    public DataFolder()
    {
        Path = Directory.CreateTempSubdirectory("dsm-hub-e2e-").FullName;
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        using Process? cleaner = Process.Start(new ProcessStartInfo(
            "setsid", ["sh", "-c", Cleaner, "sh", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Path])
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
        });
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Process id of the private database server; null when none runs.</summary>
    public int? Postmaster
    {
        get
        {
            string file = System.IO.Path.Combine(Path, "postgres", "cluster", "postmaster.pid");
            return File.Exists(file) && int.TryParse(File.ReadLines(file).First(), CultureInfo.InvariantCulture, out int pid) ? pid : null;
        }
    }

    /// <summary>Connection string of the private database, as the hub's own role.</summary>
    public string ConnectionString
        => $"Host=127.0.0.1;Port={Text("postgres/port")};Database=hub;Username=hub;Password={Text("postgres/password")};Application Name=DSM Hub end-to-end";

    /// <summary>Notes a process that must not outlive the tests.</summary>
    public void Note(int processId) => File.WriteAllText(NoteOf(processId), processId.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>Forgets a process that has ended: its number may be given to another.</summary>
    public void Forget(int processId) => File.Delete(NoteOf(processId));

    /// <summary>The text of a small file in the folder.</summary>
    public string Text(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name)).Trim();

    private string NoteOf(int processId) => System.IO.Path.Combine(Path, $"{processId}.pid");
}
