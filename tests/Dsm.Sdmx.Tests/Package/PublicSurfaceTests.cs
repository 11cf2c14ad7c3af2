using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Sdmx.Tests.Package;

/// <summary>
/// What the package offers is written down in <c>src/Dsm.Sdmx/PublicSurface.txt</c>, so that every change of it shows in the diff.
/// To take a change over, run this test with the environment variable <c>DSM_ACCEPT_SURFACE=1</c>.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string File = Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Sdmx", "PublicSurface.txt");

    [Fact]
    public void Is_the_one_written_down()
    {
        string[] surface = [.. PublicSurface.Of(typeof(Codelist).Assembly)];
        if (Environment.GetEnvironmentVariable("DSM_ACCEPT_SURFACE") == "1")
        {
            System.IO.File.WriteAllLines(File, surface);
        }

        string[] written = System.IO.File.ReadAllLines(File);

        surface.Except(written).Should().BeEmpty("new members are to be written down with DSM_ACCEPT_SURFACE=1");
        written.Except(surface).Should().BeEmpty("members that went away are to be taken out with DSM_ACCEPT_SURFACE=1");
    }

    [Fact]
    public void Is_documented_member_by_member()
    {
        string documentation = System.IO.File.ReadAllText(Path.ChangeExtension(typeof(Codelist).Assembly.Location, ".xml"));

        string[] without = [.. typeof(Codelist).Assembly.GetExportedTypes().Where(t => !t.IsNested && !documentation.Contains($"\"T:{t.FullName}\"", StringComparison.Ordinal)).Select(t => t.FullName!)];

        // The compiler refuses members without documentation; a generated type would slip through.
        without.Should().BeEmpty();
    }
}
