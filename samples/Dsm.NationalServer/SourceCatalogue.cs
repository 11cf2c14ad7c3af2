using System.Text.Json;

namespace Dsm.NationalServer;

/// <summary>All sources, found by state and flow.</summary>
public sealed class SourceCatalogue
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private SourceCatalogue(IReadOnlyList<NationalSource> sources)
    {
        Sources = sources;
    }

    /// <summary>Every source.</summary>
    public IReadOnlyList<NationalSource> Sources { get; }

    /// <summary>Reads index.json and the files it names.</summary>
    public static SourceCatalogue Load(string folder, TimeProvider clock)
    {
        using FileStream index = File.OpenRead(Path.Combine(folder, "index.json"));
        SourceEntry[] entries = JsonSerializer.Deserialize<SourceEntry[]>(index, Json) ?? [];
        return new SourceCatalogue(entries.Select(entry =>
        {
            string file = Path.Combine(folder, entry.File);
            DateTimeOffset modified = DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeSeconds());
            return new NationalSource(entry, SourceVersion.Of(File.ReadAllText(file), modified), clock);
        }).ToArray());
    }

    /// <summary>The source of a flow written <c>ID</c>, <c>AGENCY,ID</c> or <c>AGENCY,ID,VERSION</c> (REST 1.5); null when there is none.</summary>
    public NationalSource? Find(string state, string flow)
    {
        string[] parts = flow.Split(',');
        string id = parts.Length > 1 ? parts[1] : parts[0];
        return Sources.FirstOrDefault(s => Same(s.Entry.State, state) && Same(s.Entry.Flow, id)
            && (parts.Length < 2 || parts[0] == "all" || parts[0] == s.Entry.Agency)
            && (parts.Length < 3 || parts[2] is "latest" or "all" || parts[2] == s.Entry.Version));
    }

    /// <summary>The source whose file has this name.</summary>
    public NationalSource? FindFile(string state, string name)
    {
        return Sources.FirstOrDefault(s => Same(s.Entry.State, state) && Same(Path.GetFileName(s.Entry.File), name));
    }

    /// <summary>The sources a control command means; <c>all</c> stands for every state or flow.</summary>
    public IReadOnlyList<NationalSource> Select(string state, string flow)
    {
        return Sources.Where(s => (state == "all" || Same(s.Entry.State, state)) && (flow == "all" || Same(s.Entry.Flow, flow))).ToArray();
    }

    private static bool Same(string left, string right)
    {
        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
