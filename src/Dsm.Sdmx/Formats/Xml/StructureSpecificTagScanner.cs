using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Plain tags of structure-specific data: unprefixed <c>Obs</c>, <c>Series</c>, and empty <c>Group</c> and <c>Atts</c>, whose
/// attributes are components of the structure.
/// </summary>
internal sealed class StructureSpecificTagScanner : PlainTagScanner
{
    private static readonly byte[] Series = [.. "Series"u8], Obs = [.. "Obs"u8];

    private readonly PlainTagAttributes _ofObservations, _ofSeries, _ofGroups;

    /// <param name="stream">The bytes.</param>
    /// <param name="filler">Where observations go.</param>
    /// <param name="maxValue">Most bytes of a value.</param>
    /// <param name="instancePrefix">Prefix of the namespace of schema instances, in which elements may have a type; null when there is none.</param>
    public StructureSpecificTagScanner(HandOverStream stream, BatchFiller filler, int maxValue, string? instancePrefix)
        : base(stream, filler, maxValue)
    {
        string? type = instancePrefix is null ? null : instancePrefix + ":type";
        _ofObservations = new PlainTagAttributes(Find, maxValue);
        _ofSeries = new PlainTagAttributes(Find, maxValue);
        _ofGroups = new PlainTagAttributes(name => Find(name) is { Kind: not (SlotKind.Time or SlotKind.Measure or SlotKind.ObservationAttribute) } slot ? slot : null, maxValue);

        // A type says nothing that is not known already.
        ComponentSlot? Find(string name) => name == type ? default(ComponentSlot) : filler.Slots.Find(name) is { Kind: not SlotKind.Unknown } slot ? slot : null;
    }

    protected override bool MayStartObservation => Filler.Scope is ReadingScope.None or ReadingScope.Series;

    protected override ScanResult TryTag(ReadOnlySpan<byte> tag, int line, int column, out int length)
    {
        length = 0;
        if (tag.Length < 9)
        {
            return ScanResult.NeedsMore;
        }

        switch (tag[1])
        {
            case (byte)'O' when Starts(tag, "<Obs"u8) && MayStartObservation:
                return TryObservation(tag, line, column, out length);
            case (byte)'S' when Starts(tag, "<Series"u8) && Filler.Scope == ReadingScope.None:
                return TrySeries(tag, line, column, out length);
            case (byte)'/':
                return TryEnd(tag, out length);
            case (byte)'G' when Starts(tag, "<Group"u8) && Filler.Scope == ReadingScope.None:
                return TryGroup(tag, 6, line, column, out length);
            case (byte)'A' when Starts(tag, "<Atts"u8) && Filler.Scope == ReadingScope.None:
                return TryGroup(tag, 5, line, column, out length);
            default:
                return ScanResult.Other;
        }
    }

    private static bool Starts(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
        => tag.StartsWith(name) && tag[name.Length] is (byte)' ' or (byte)'>' or (byte)'/' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private ScanResult TryObservation(ReadOnlySpan<byte> tag, int line, int column, out int length)
    {
        length = 4;
        ScanResult result = _ofObservations.Scan(tag, ref length);
        if (result != ScanResult.Taken)
        {
            return result;
        }

        StartsObservation();
        Filler.StartObservation(line, column);
        SetAll(tag, _ofObservations);
        if (_ofObservations.IsEmpty)
        {
            Filler.EndObservation();
            EndsObservation(length);
        }
        else
        {
            Push(Obs);
        }

        return ScanResult.Taken;
    }

    private ScanResult TrySeries(ReadOnlySpan<byte> tag, int line, int column, out int length)
    {
        length = 7;
        ScanResult result = _ofSeries.Scan(tag, ref length);
        if (result != ScanResult.Taken)
        {
            return result;
        }

        Filler.StartSeries(line, column);
        SetAll(tag, _ofSeries);
        if (_ofSeries.IsEmpty)
        {
            Filler.EndSeries();
        }
        else
        {
            Push(Series);
        }

        return ScanResult.Taken;
    }

    private ScanResult TryGroup(ReadOnlySpan<byte> tag, int nameLength, int line, int column, out int length)
    {
        length = nameLength;
        ScanResult result = _ofGroups.Scan(tag, ref length);
        if (result != ScanResult.Taken || !_ofGroups.IsEmpty)
        {
            return result == ScanResult.Taken ? ScanResult.Other : result;
        }

        Filler.StartGroup(line, column);
        SetAll(tag, _ofGroups);
        Filler.EndGroup();
        return ScanResult.Taken;
    }

    private ScanResult TryEnd(ReadOnlySpan<byte> tag, out int length)
    {
        ScanResult result = EndTag(tag, out length);
        if (result == ScanResult.Taken)
        {
            Pop();
            if (Filler.Scope == ReadingScope.Observation)
            {
                Filler.EndObservation();
                EndsObservation(length);
            }
            else
            {
                Filler.EndSeries();
            }
        }

        return result;
    }

    private void SetAll(ReadOnlySpan<byte> tag, PlainTagAttributes attributes)
    {
        foreach (ref readonly PlainTagAttribute attribute in attributes.Values)
        {
            if (attribute.Slot.Kind != SlotKind.Unknown)
            {
                Set(tag, attribute);
            }
        }
    }
}
