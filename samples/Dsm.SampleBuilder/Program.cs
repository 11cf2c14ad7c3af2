using Dsm.SampleBuilder;

// Turns the published figures (../shared/realdata) into the national datasets under samples/data and lists them in samples/sources.json.
// Usage: dotnet run --project samples/Dsm.SampleBuilder [-- --root DIR] [--shared DIR]
string root = Option("--root") ?? FindRoot();
string shared = Option("--shared") ?? Path.Combine(root, "..", "shared");
if (!Directory.Exists(Path.Combine(shared, "realdata")))
{
    Console.Error.WriteLine($"The published figures are absent: expected {Path.GetFullPath(shared)}/realdata. The committed files under samples/data stay as they are.");
    return 1;
}

IReadOnlyList<NationalDataset> datasets = SampleCatalogue.Build(root, shared);
SampleFiles.Write(root, datasets);
foreach (NationalDataset dataset in datasets)
{
    Console.WriteLine($"{dataset.State} {dataset.Shape.Flow,-24} {dataset.Format,-22} {dataset.Rows.Count,6} observations");
}

return 0;

string? Option(string name)
{
    int index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}

static string FindRoot()
{
    DirectoryInfo? folder = new(Directory.GetCurrentDirectory());
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dsm.Hub.sln")))
    {
        folder = folder.Parent;
    }

    return folder?.FullName ?? Directory.GetCurrentDirectory();
}
