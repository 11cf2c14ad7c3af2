using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// The shapes of observations met in a data set, a few at a time. A shape is learned from an observation that was read tag by tag;
/// its parts of a key are learned anew whenever another run begins.
/// </summary>
internal sealed class ObservationTemplates(HandOverStream stream, BatchFiller filler, int maxValue)
{
    private const int Most = 8, MostParts = 32, LongestText = 256, LongestObservation = 16 * 1024;

    private readonly List<ObservationTemplate> _templates = [];
    private readonly List<(ComponentSlot Slot, int Start, int Length)> _learned = [];
    private int _last, _next, _depth, _start, _tagStart, _generation;
    private bool _isLearning;

    /// <summary>Line of the next byte not taken, after <see cref="TryRead"/>.</summary>
    public int Line { get; private set; }

    /// <summary>Column of the next byte not taken, after <see cref="TryRead"/>.</summary>
    public int Column { get; private set; }

    /// <summary>Takes as many observations of known shapes as come now and are in the buffer; false when there is none.</summary>
    public bool TryRead(int depth, int line, int column)
    {
        bool any = false;
        for (int misses = 0; misses < _templates.Count;)
        {
            ObservationTemplate template = _templates[_last];
            if (stream.End - stream.Start < template.Length)
            {
                stream.Refill();
            }

            if (template.IsUsable(depth, filler) && template.Read(stream, filler, ref line, ref column))
            {
                (any, misses) = (true, 0);
                continue;
            }

            misses++;
            _last = (_last + 1) % _templates.Count;
        }

        (Line, Column) = (line, column);
        return any;
    }

    /// <summary>An observation starts; it stands in so many elements. Blanks in front of it belong to its shape.</summary>
    public void StartLearning(int depth, int tagStart)
    {
        _isLearning = maxValue > LongestText;
        (_depth, _start, _tagStart, _generation) = (depth, stream.Start, tagStart, stream.Generation);
        _learned.Clear();
    }

    /// <summary>A value of the observation.</summary>
    public void Learn(ComponentSlot slot, int start, int length)
    {
        if (_isLearning)
        {
            _learned.Add((slot, start, length));
        }
    }

    /// <summary>The observation ends.</summary>
    public void EndLearning(int end)
    {
        if (!_isLearning || _generation != stream.Generation || !IsRegular(end))
        {
            _isLearning = false;
            return;
        }

        _isLearning = false;
        ObservationTemplatePart[]? parts = Parts(out byte[] tail, end);
        if (parts is null)
        {
            return;
        }

        ObservationTemplate? template = _templates.Find(t => IsSame(t, parts, tail));
        if (template is null)
        {
            template = new ObservationTemplate(_depth, _tagStart - _start, parts, tail, filler.Batch.Space, LongestText);
            if (_templates.Count < Most)
            {
                _templates.Add(template);
            }
            else
            {
                _templates[_next++ % Most] = template;
            }
        }
        else
        {
            Renew(template, parts);
        }

        _last = _templates.IndexOf(template);
        template.RunVersion = filler.RunVersion;
    }

    private static void Renew(ObservationTemplate template, ObservationTemplatePart[] parts)
    {
        for (int p = 0; p < parts.Length; p++)
        {
            if (parts[p].Kind == SlotKind.Dimension)
            {
                template.Parts[p].Keep(parts[p].Last);
                template.Parts[p].Surplus = parts[p].Surplus;
            }
        }
    }

    private bool IsSame(ObservationTemplate template, ObservationTemplatePart[] parts, byte[] tail)
    {
        if (template.Depth != _depth || template.Parts.Length != parts.Length || !template.Tail.SequenceEqual(tail))
        {
            return false;
        }

        for (int p = 0; p < parts.Length; p++)
        {
            ref readonly ObservationTemplatePart one = ref template.Parts[p];
            if (one.Kind != parts[p].Kind || one.Index != parts[p].Index || !one.Literal.AsSpan().SequenceEqual(parts[p].Literal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the observation has a period, no column twice, and a key only where it is flat and does not contradict its run.</summary>
    private bool IsRegular(int end)
    {
        bool hasPeriod = false, hasKey = false;
        for (int v = 0; v < _learned.Count; v++)
        {
            ComponentSlot slot = _learned[v].Slot;
            hasPeriod |= slot.Kind == SlotKind.Time;
            hasKey |= slot.Kind is SlotKind.Dimension or SlotKind.SeriesAttribute;
            for (int other = v + 1; other < _learned.Count; other++)
            {
                if (_learned[other].Slot == slot)
                {
                    return false;
                }
            }
        }

        return hasPeriod && _learned.Count <= MostParts && end - _start <= LongestObservation && hasKey == (_depth == 0) && (!hasKey || filler.RepeatsCleanly);
    }

    /// <summary>The parts: values of a key that stand next to each other make one.</summary>
    private ObservationTemplatePart[]? Parts(out byte[] tail, int end)
    {
        List<ObservationTemplatePart> parts = [];
        int at = _start;
        tail = [];
        for (int v = 0; v < _learned.Count; v++)
        {
            (ComponentSlot slot, int start, int length) = _learned[v];
            ReadOnlySpan<byte> literal = stream.Buffer.AsSpan(at, start - at);
            at = start + length;
            while (IsKey(slot) && v + 1 < _learned.Count && IsKey(_learned[v + 1].Slot))
            {
                v++;
                at = _learned[v].Start + _learned[v].Length;
            }

            if (literal.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
            {
                return null;
            }

            ReadOnlySpan<byte> value = stream.Buffer.AsSpan(start, at - start);
            parts.Add(new ObservationTemplatePart(literal.ToArray(), slot, stream.Buffer[at], value) { Surplus = value.Length - System.Text.Encoding.UTF8.GetCharCount(value) });
        }

        tail = stream.Buffer[at..end];
        return tail.AsSpan().IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0 ? null : [.. parts];
    }

    private static bool IsKey(ComponentSlot slot) => slot.Kind is SlotKind.Dimension or SlotKind.SeriesAttribute;
}
