using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Which components of a flow are stored where. Made once for a schema. Several values, and texts by language, are stored as one text,
/// the cell text of <see cref="ComplexValue"/>: <c>A;B</c>, <c>en:Late;ru:Поздно</c>; it is compared, kept and served as such.
/// </summary>
internal sealed class StoredLayout
{
    private static readonly ConditionalWeakTable<DataSchema, StoredLayout> Layouts = [];
    private readonly FrozenDictionary<string, int> _cells;
    private readonly FrozenDictionary<string, int> _series;

    public StoredLayout(DataSchema schema, string stateDimension = "REF_AREA")
    {
        Schema = schema;
        CellIds = [.. schema.Measures.Skip(1).Concat(schema.ObservationAttributes).Select(c => c.Id)];
        SeriesIds = [.. schema.SeriesAttributes.Select(a => a.Id)];
        FurtherMeasures = Math.Max(0, schema.Measures.Length - 1);
        _cells = CellIds.Select((id, i) => KeyValuePair.Create(id, i)).ToFrozenDictionary();
        _series = SeriesIds.Select((id, i) => KeyValuePair.Create(id, i)).ToFrozenDictionary();
        MandatoryCells = [.. Enumerable.Range(0, CellIds.Length).Where(i => schema.Find(CellIds[i])!.IsMandatory)];
        Confidentiality = CellOf("CONF_STATUS");
        SeriesConfidentiality = SeriesOf("CONF_STATUS");
        Status = CellOf("OBS_STATUS");
        Embargo = SeriesOf("EMBARGO_TIME");
        RefArea = schema.Find(stateDimension) is { Role: ComponentRole.Dimension } area ? area.Index : -1;
    }

    public DataSchema Schema { get; }

    /// <summary>The layout of a schema as readers use it, made once.</summary>
    public static StoredLayout Of(DataSchema schema) => Layouts.GetValue(schema, s => new StoredLayout(s));

    /// <summary>Ids of the cells of an observation: measures but the first, then attributes.</summary>
    public ImmutableArray<string> CellIds { get; }

    /// <summary>Cells that every observation must have.</summary>
    public ImmutableArray<int> MandatoryCells { get; }

    /// <summary>Ids of the attributes above the observation.</summary>
    public ImmutableArray<string> SeriesIds { get; }

    /// <summary>How many of the cells are measures.</summary>
    public int FurtherMeasures { get; }

    /// <summary>Cell of CONF_STATUS; -1 when the structure has none.</summary>
    public int Confidentiality { get; }

    /// <summary>CONF_STATUS above the observation; -1 when the structure has none.</summary>
    public int SeriesConfidentiality { get; }

    /// <summary>Cell of OBS_STATUS; -1 when the structure has none.</summary>
    public int Status { get; }

    /// <summary>EMBARGO_TIME among the attributes above the observation; -1 when the structure has none.</summary>
    public int Embargo { get; }

    /// <summary>Position of the reporting state in the key; -1 when the structure has none.</summary>
    public int RefArea { get; }

    public int CellOf(string id) => _cells.GetValueOrDefault(id, -1);

    public int SeriesOf(string id) => _series.GetValueOrDefault(id, -1);

    /// <summary>
    /// True for a CONF_STATUS that is not free; of several (<c>F;N</c>) one is enough. Nothing said counts as free, the default of the
    /// structures.
    /// </summary>
    public static bool IsRestricted(string? status) => status is not null && status != "F" && status.Split(';').Any(s => s != "F");
}
