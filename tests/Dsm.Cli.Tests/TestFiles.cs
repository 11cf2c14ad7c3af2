using Dsm.Tests;

namespace Dsm.Cli.Tests;

/// <summary>Files of the repository that the tests use, and a folder for what they write.</summary>
public sealed class TestFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsm-cli-");

    /// <summary>Armenian asylum applications in their national structure (SDMX-ML 2.1 generic data, 77 series, 261 observations).</summary>
    public static string Data => InRepository("samples", "data", "ARM", "DF_ARM_DIMUM.xml");

    public static string Structures => InRepository("structures");

    public static string Maps => InRepository("structures", "national", "ARM");

    public static string Codelist => InRepository("structures", "codelist", "CL_SEX.2.1.xml");

    public static string InRepository(params string[] path) => Path.Combine([SharedFolder.RepositoryRoot, .. path]);

    public string New(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(New(name), text);
        return New(name);
    }

    public void Dispose() => _folder.Delete(true);
}
