using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Dsm.Tests;

using Process = System.Diagnostics.Process;

namespace Dsm.Sdmx.Tests.Package;

/// <summary>What <c>dotnet pack</c> makes of the library.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsm-pack-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task Holds_the_library_with_documentation_and_readme_and_needs_nothing_else()
    {
        string configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string project = Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Sdmx", "Dsm.Sdmx.csproj");
        ProcessStartInfo start = new("dotnet", ["pack", project, "--no-build", "--nologo", "--configuration", configuration, "--output", _folder.FullName])
        {
            RedirectStandardOutput = true,
        };
        using Process pack = Process.Start(start)!;
        string output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        pack.ExitCode.Should().Be(0, output);

        using ZipArchive package = ZipFile.OpenRead(_folder.GetFiles("Dsm.Sdmx.*.nupkg").Single().FullName);

        package.Entries.Select(e => e.FullName).Should().Contain(["lib/net10.0/Dsm.Sdmx.dll", "lib/net10.0/Dsm.Sdmx.xml", "README.md"]);
        XDocument specification = XDocument.Load(package.Entries.Single(e => e.FullName == "Dsm.Sdmx.nuspec").Open());
        Value(specification, "license").Should().Be("Apache-2.0");
        Value(specification, "readme").Should().Be("README.md");
        specification.Descendants().Where(e => e.Name.LocalName == "dependency").Should().BeEmpty();
    }

    private static string? Value(XDocument document, string name) => document.Descendants().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
}
