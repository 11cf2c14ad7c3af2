using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Reading;

/// <content>Reference metadata inside data sets.</content>
internal sealed partial class BatchFiller
{
    private static long LengthOf(ReportedAttribute attribute)
        => 64 + (attribute.Value?.Length ?? 0) + attribute.Text.Texts.Sum(t => (long)t.Value.Length) + attribute.Children.Sum(LengthOf);

    /// <summary>Reference metadata about what the scope says: the data set, a group, a series or an observation.</summary>
    public void AddMetadata(ImmutableArray<ReportedAttribute> attributes, int line, int column)
    {
        bool isObservation = Scope == ReadingScope.Observation;
        _characters += attributes.Sum(LengthOf);
        _hasRowMetadata |= isObservation;
        _hasSeriesMetadata |= Scope == ReadingScope.Series;
        string?[] key = new string?[_space.Dimensions.Length];
        for (int d = 0; d < key.Length; d++)
        {
            int code = isObservation && _ownDimensions[d] >= 0 ? _ownDimensions[d]
                : Scope is ReadingScope.Group or ReadingScope.Series || (isObservation && _inSeries) ? _elementDimensions[d] : -1;
            key[d] = _space.Dimensions[d][code];
        }

        TimePeriod period = isObservation ? _batch.Periods[_row] : default;
        if (period.IsNone && _inSeries && _inherited.Find(i => i.Slot.Kind == SlotKind.Time) is { Text: { } text })
        {
            TimePeriod.TryParse(text, out period);
        }

        _batch.Metadata.Add(new MetadataReport { Key = [.. key], Period = period, Attributes = attributes, Line = line, Column = column });
    }
}
