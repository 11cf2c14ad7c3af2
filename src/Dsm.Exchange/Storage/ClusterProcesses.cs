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
        string wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && WorkingFolder(process) == wanted)
            {
                found.Add(pid);
            }
        }

        return found;
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

    private static string? WorkingFolder(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
