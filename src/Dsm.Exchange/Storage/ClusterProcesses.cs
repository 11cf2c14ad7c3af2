using System.Diagnostics;
using System.Globalization;

namespace Dsm.Exchange.Storage;

/// <summary>
/// The processes of a PostgreSQL cluster, told by their working folder (Linux): every process of a server works in its
/// cluster's folder and nothing else has business there. A process number from a file alone proves nothing.
/// </summary>
internal static class ClusterProcesses
{
    /// <summary>The numbers of the processes that work in the folder, as far as we may see them.</summary>
    public static IReadOnlySet<int> WorkingIn(string folder)
    {
        HashSet<int> found = [];
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && WorksIn(pid, folder))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    /// <summary>Whether a process works in the folder; false when it has ended or is not ours to see.</summary>
    public static bool WorksIn(int pid, string folder)
    {
        string link = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cwd");
        return WorkingFolder(link) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    /// <summary>Kills processes; one that is already gone is no matter.</summary>
    public static void Kill(IEnumerable<int> processes)
    {
        foreach (int pid in processes)
        {
            try
            {
                using Process process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It ended between the look and the shot.
            }
        }
    }

    private static string? WorkingFolder(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
