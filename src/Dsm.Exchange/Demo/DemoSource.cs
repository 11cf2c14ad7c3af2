using System.Text.Json;
using Dsm.Exchange.Harvesting;

namespace Dsm.Exchange.Demo;

/// <summary>One entry of <c>samples/sources.json</c>; the path is below the address of the national systems.</summary>
public sealed record DemoSource
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>URN of the provision agreement.</summary>
    public required string Agreement { get; init; }

    /// <summary>Name by language.</summary>
    public required Dictionary<string, string> Name { get; init; }

    /// <summary>file or rest.</summary>
    public required string Kind { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    /// <summary>Media type asked for.</summary>
    public string? Format { get; init; }

    /// <summary>Cron expression, UTC.</summary>
    public string? Schedule { get; init; }

    /// <summary>Seconds of silence.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>URN of the structure map.</summary>
    public string? Map { get; init; }

    /// <summary>URN of the national dataflow.</summary>
    public string? NationalStructure { get; init; }

    /// <summary>True when each answer holds all data.</summary>
    public bool Snapshot { get; init; } = true;

    /// <summary>True when the source understands updatedAfter.</summary>
    public bool SupportsUpdatedAfter { get; init; }

    /// <summary>True when its figures are synthetic.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The entries of the file.</summary>
    /// <exception cref="JsonException">The file is not such a list.</exception>
    public static async Task<IReadOnlyList<DemoSource>> LoadAsync(string file, CancellationToken ct)
    {
        await using FileStream stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<List<DemoSource>>(stream, JsonSerializerOptions.Web, ct).ConfigureAwait(false) ?? [];
    }

    /// <summary>The source to register.</summary>
    public Source At(Uri systems)
    {
        ArgumentNullException.ThrowIfNull(systems);
        return new Source
        {
            Id = Id,
            AgreementUrn = Agreement,
            Name = Name,
            Kind = Kind == "rest" ? SourceKind.Rest : SourceKind.File,
            Url = systems.GetLeftPart(UriPartial.Authority) + Path,
            Accept = Format,
            Schedule = Schedule,
            TimeoutSeconds = TimeoutSeconds,
            MapUrn = Map,
            SourceStructureUrn = NationalStructure,
            IsSnapshot = Snapshot,
            KnowsUpdatedAfter = SupportsUpdatedAfter,
            IsSynthetic = Synthetic,
        };
    }
}
