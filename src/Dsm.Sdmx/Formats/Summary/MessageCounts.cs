namespace Dsm.Sdmx.Formats.Summary;

/// <summary>Accumulates what a counter finds in a message.</summary>
internal sealed class MessageCounts
{
    private readonly Dictionary<string, long> _artefacts = [];

    public string? Format { get; set; }

    public string? Version { get; set; }

    public SdmxFormat? Known { get; set; }

    public long DataSets { get; set; }

    public long Series { get; set; }

    public long Observations { get; set; }

    public bool HasArtefacts => _artefacts.Count > 0;

    /// <summary>How much was counted in all: of two looks at a broken message the one that saw more is kept.</summary>
    public long Total => DataSets + Series + Observations + _artefacts.Values.Sum();

    public MessageSummary Summary => new()
    {
        Format = Format,
        Version = Version,
        Known = Known,
        Artefacts = _artefacts,
        DataSets = DataSets,
        Series = Series,
        Observations = Observations,
    };

    /// <summary>Forgets the numbers, for another look.</summary>
    public void Clear()
    {
        _artefacts.Clear();
        (DataSets, Series, Observations) = (0, 0, 0);
    }

    public void Add(string artefact, long count = 1)
        => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_artefacts, artefact, out _) += count;
}
