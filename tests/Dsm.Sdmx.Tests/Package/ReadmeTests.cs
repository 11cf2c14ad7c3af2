using System.Text.RegularExpressions;
using Dsm.Tests;

namespace Dsm.Sdmx.Tests.Package;

/// <summary>The README of the package shows code that runs.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Sdmx", "README.md"));

    [Fact]
    public void Shows_exactly_the_samples_that_are_run()
    {
        string source = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Sdmx.Tests", "Package", "ReadmeSamples.cs"));
        string[] run = [.. Sample().Matches(source).Select(m => Unindented(m.Groups["code"].Value))];

        string[] shown = [.. CodeBlock().Matches(Readme).Select(m => m.Groups["code"].Value.Trim())];

        run.Should().HaveCountGreaterThan(5);
        shown.Should().Equal(run);
    }

    [Fact]
    public void Names_every_format_that_is_read_or_written()
    {
        foreach (string format in new[] { "SDMX-ML 2.0", "SDMX-ML 2.1", "SDMX-ML 3.0", "SDMX-ML 3.1", "SDMX-JSON 1.0", "SDMX-JSON 2.0", "SDMX-JSON 2.1", "SDMX-CSV 1.0", "SDMX-CSV 2.0", "SDMX-CSV 2.1" })
        {
            Readme.Should().Contain(format);
        }
    }

    private static string Unindented(string code)
    {
        string[] lines = code.Trim('\r', '\n').Split('\n');
        int indent = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length >= indent ? l[indent..].TrimEnd() : "")).Trim();
    }

    [GeneratedRegex(@"// begin \w+\n(?<code>.*?)\n *// end", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
