using System.Text.RegularExpressions;

namespace Dsm.Conformance.Documents;

/// <summary>The documents say what is so: their links lead somewhere, what they name exists.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_or_folder()
    {
        List<string> dead = [];
        foreach (string document in Documents())
        {
            string text = File.ReadAllText(document);
            foreach (Match link in LinkPattern().Matches(text))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                string path = Path.Combine(Path.GetDirectoryName(document)!, target);
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(path))
                {
                    dead.Add($"{Path.GetRelativePath(SharedFolder.RepositoryRoot, document)}: {target}");
                }
            }
        }

        dead.Should().BeEmpty();
    }

    [Fact]
    public void Every_deviation_is_told_once()
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(SharedFolder.RepositoryRoot, "docs", "deviations.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Trim('|', ' ').Split(" | ")).Where(c => c.Length > 2)];
        rows.Should().HaveCountGreaterThan(100);
        rows.GroupBy(r => (r[0], r[1])).Where(g => g.Count() > 1 && g.Key.Item1 is not ("where" or "library")).Select(g => g.Key).Should().BeEmpty();
    }

    [Fact]
    public void Every_variable_of_the_README_is_read_by_the_product()
    {
        string root = SharedFolder.RepositoryRoot;
        string readers = string.Concat(
            Directory.GetFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
                .Concat(Directory.GetFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories))
                .Append(Path.Combine(root, "hub"))
                .Select(File.ReadAllText));
        string[] named = VariablePattern().Matches(File.ReadAllText(Path.Combine(root, "README.md")))
            .Select(match => match.Value).Distinct().ToArray();
        named.Should().NotBeEmpty().And.OnlyContain(name => readers.Contains(name));
    }

    [Fact]
    public void The_image_is_built_from_files_that_exist()
    {
        string root = SharedFolder.RepositoryRoot;
        string[] copied = File.ReadLines(Path.Combine(root, "Dockerfile"))
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToArray();
        copied.Should().NotBeEmpty().And.OnlyContain(file => Path.Exists(Path.Combine(root, file)));
        Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Should().BeSubsetOf(copied, "a project that is not copied before the restore breaks it");
    }

    private static IEnumerable<string> Documents()
    {
        string root = SharedFolder.RepositoryRoot;
        IEnumerable<string> inFolders = new[] { "docs", "structures", "samples" }
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories));
        return Directory.GetFiles(root, "*.md").Concat(inFolders);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"\bDSM_[A-Z_]+\b")]
    private static partial Regex VariablePattern();
}
