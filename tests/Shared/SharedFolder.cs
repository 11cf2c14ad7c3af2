namespace Dsm.Tests;

/// <summary>
/// Material some tests need that is not part of the repository (official schemas, published figures), in the folder
/// <c>shared</c> beside it. Tests that need it are marked <see cref="SharedFolderFactAttribute"/> or
/// <see cref="SharedFolderTheoryAttribute"/>; without the folder they are reported as skipped, with this reason.
/// </summary>
internal static class SharedFolder
{
    /// <summary>The folder that holds Dsm.Hub.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder beside the repository; it may be absent.</summary>
    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared"));

    /// <summary>Null when the folder is there, else why a test is skipped.</summary>
    public static string? WhyAbsent { get; } = Directory.Exists(Root)
        ? null
        : $"needs material that is not part of the repository; expected in {Root}, which is absent";

    /// <summary>A path inside the folder.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Dsm.Hub.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Dsm.Hub.sln above {AppContext.BaseDirectory}.");
    }
}

/// <summary>A fact that needs <see cref="SharedFolder"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFolderFactAttribute : FactAttribute
{
    public SharedFolderFactAttribute() => Skip = SharedFolder.WhyAbsent;
}

/// <summary>A theory that needs <see cref="SharedFolder"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFolderTheoryAttribute : TheoryAttribute
{
    public SharedFolderTheoryAttribute() => Skip = SharedFolder.WhyAbsent;
}
