namespace Dsm.Web.Hosting;

/// <summary>Finds the folders that are delivered with the program: beside it when published, beside the solution in a clone.</summary>
public static class HubFolders
{
    /// <summary>The configured folder, or the nearest one of that name from the program's folder upwards.</summary>
    /// <returns>An absolute path; empty when nothing is configured and nothing is found.</returns>
    public static string Find(string configured, string name)
    {
        ArgumentNullException.ThrowIfNull(configured);
        if (configured.Length > 0)
        {
            return Path.GetFullPath(configured);
        }

        string beside = Path.Combine(AppContext.BaseDirectory, name);
        if (Directory.Exists(beside))
        {
            return beside;
        }

        // Only a clone is searched upwards: a stray folder of that name above an installation is not ours.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dsm.Hub.sln")))
            {
                string found = Path.Combine(folder.FullName, name);
                return Directory.Exists(found) ? found : "";
            }
        }

        return "";
    }

    /// <summary>Where <c>wwwroot</c> and <c>appsettings.json</c> lie: the current folder of a developer, else the program's.</summary>
    public static string ContentRoot()
    {
        string current = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(current, "appsettings.json")) && File.Exists(Path.Combine(current, "Dsm.Web.csproj"))
            ? current
            : AppContext.BaseDirectory;
    }
}
