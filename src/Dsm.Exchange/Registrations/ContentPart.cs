using System.Collections;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Registrations;

/// <summary>A part of the data that there can be: for each component named what belongs to it; components not named are free.</summary>
/// <param name="Selections">The selections; all must hold.</param>
internal sealed record ContentPart(ImmutableArray<SchemaSelection> Selections)
{
    /// <summary>All data.</summary>
    public static ContentPart Whole { get; } = new([]);

    /// <summary>True when nothing can be in it: it asks for codes that do not exist.</summary>
    public bool IsEmpty => Selections.Any(s => s.Codes is { } codes && !codes.HasAnySet());

    /// <summary>The parts that a key set names.</summary>
    public static IEnumerable<ContentPart> Of(SchemaKeySet keys, DataSchema schema) => keys.Keys.Select(key => new ContentPart(
        [.. schema.Dimensions.Where(d => key[d.Index] != -1 && d.Codes is not null).Select(d => new SchemaSelection(d, Bit(d.Codes!.Count, key[d.Index])))]));

    /// <summary>The part of it within a time.</summary>
    public ContentPart During(SchemaComponent time, DateTime? start, DateTime? end)
        => start is null && end is null ? this : new ContentPart(Selections.Add(new SchemaSelection(time, null, start, end)));

    /// <summary>
    /// What is left of it when a part is taken away: exact where that names codes of one component only; otherwise the whole, unless all
    /// of it goes.
    /// </summary>
    public ContentPart? Without(ContentPart excluded)
        => excluded.Selections is [{ Codes: { } codes } one] ? new ContentPart([.. Selections.Where(s => s.Component.Id != one.Component.Id),
                .. Selections.Where(s => s.Component.Id == one.Component.Id && s.Codes is not null).DefaultIfEmpty(one with { Codes = new BitArray(codes.Count, true) })
                    .Select(s => s with { Codes = new BitArray(codes).Not().And(s.Codes!) })])
            : IsWithin(excluded) ? null : this;

    /// <summary>True when something can be in both.</summary>
    public bool Overlaps(ContentPart other)
        => Selections.All(s => other.Selections.Where(o => o.Component.Id == s.Component.Id).All(o => Overlap(s, o)));

    /// <summary>True when all of it is in the other, too.</summary>
    public bool IsWithin(ContentPart other) => other.Selections.All(o => Selections.Any(s => s.Component.Id == o.Component.Id && IsWithin(s, o)));

    /// <summary>The codes of the dimensions as a key query.</summary>
    public KeyQuery Key(DataSchema schema) => new([.. schema.Dimensions.Select(d =>
        Selections.FirstOrDefault(s => s.Component.Id == d.Id) is { Codes: { } bits } && !bits.HasAllSet() ? d.Codes!.Codes.Where((_, i) => bits[i]).ToImmutableArray() : [])]);

    private static BitArray Bit(int count, int at)
    {
        BitArray bits = new(count);
        if (at >= 0 && at < count)
        {
            bits[at] = true;
        }

        return bits;
    }

    private static bool Overlap(SchemaSelection a, SchemaSelection b) => (a, b) switch
    {
        ({ Codes: { } left }, { Codes: { } right }) => new BitArray(left).And(right).HasAnySet(),
        ({ Texts: { } left }, { Texts: { } right }) => (a.IsIncluded, b.IsIncluded) switch
        {
            (true, true) => left.Any(right.Contains),
            (true, false) => left.Any(t => !right.Contains(t)),
            (false, true) => right.Any(t => !left.Contains(t)),
            _ => true,
        },
        ({ Texts: { } periods, IsIncluded: true }, { IsIncluded: true }) => periods.Any(p => IsDuring(p, b)),
        ({ IsIncluded: true }, { Texts: { } periods, IsIncluded: true }) => periods.Any(p => IsDuring(p, a)),
        ({ IsIncluded: true }, { IsIncluded: true }) => IsBefore(a.Start, b.End) && IsBefore(b.Start, a.End),
        _ => true,
    };

    private static bool IsWithin(SchemaSelection a, SchemaSelection b) => (a, b) switch
    {
        ({ Codes: { } left }, { Codes: { } right }) => !new BitArray(right).Not().And(left).HasAnySet(),
        ({ Texts: { } left, IsIncluded: true }, { Texts: { } right }) => left.All(t => right.Contains(t) == b.IsIncluded),
        ({ Codes: null, Texts: null, IsIncluded: true }, { Codes: null, Texts: null, IsIncluded: true })
            => (b.Start is null || a.Start >= b.Start) && (b.End is null || a.End <= b.End),
        _ => false,
    };

    private static bool IsDuring(string period, SchemaSelection range)
        => !TimePeriod.TryParse(period, out TimePeriod p) || (IsBefore(p.Start, range.End) && IsBefore(range.Start, p.End));

    private static bool IsBefore(DateTime? start, DateTime? end) => start is null || end is null || start < end;
}
