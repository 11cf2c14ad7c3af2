using System.Text;
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
    private readonly List<(ComponentSlot Slot, int Start, int End)> _parts = [];
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
        for (int misses = 0; misses < _templates.Count && !filler.Batch.IsFull;)
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
        if (!FindParts(end))
        {
            return;
        }

        ObservationTemplate? template = null;
        foreach (ObservationTemplate known in _templates)
        {
            template = template is null && IsSame(known, end) ? known : template;
        }

        if (template is null)
        {
            Add(template = Make(end));
        }
        else
        {
            Renew(template);
        }

        _last = _templates.IndexOf(template);
        template.RunVersion = filler.RunVersion;
    }

    private void Add(ObservationTemplate template)
    {
        if (_templates.Count < Most)
        {
            _templates.Add(template);
        }
        else
        {
            _templates[_next++ % Most] = template;
        }
    }

    private ObservationTemplate Make(int end)
    {
        byte[] buffer = stream.Buffer;
        ObservationTemplatePart[] parts = new ObservationTemplatePart[_parts.Count];
        int at = _start;
        for (int p = 0; p < parts.Length; p++)
        {
            (ComponentSlot slot, int from, int to) = _parts[p];
            ReadOnlySpan<byte> value = buffer.AsSpan(from, to - from);
            parts[p] = new ObservationTemplatePart(buffer[at..from], slot, buffer[to], value) { Surplus = Surplus(value) };
            at = to;
        }

        return new ObservationTemplate(_depth, _tagStart - _start, parts, buffer[at..end], filler.Batch.Space, LongestText);
    }

    private void Renew(ObservationTemplate template)
    {
        for (int p = 0; p < _parts.Count; p++)
        {
            (ComponentSlot slot, int from, int to) = _parts[p];
            if (IsKey(slot))
            {
                ReadOnlySpan<byte> value = stream.Buffer.AsSpan(from, to - from);
                template.Parts[p].Keep(value);
                template.Parts[p].Surplus = Surplus(value);
            }
        }
    }

    private bool IsSame(ObservationTemplate template, int end)
    {
        int at = _start;
        if (template.Depth != _depth || template.Parts.Length != _parts.Count)
        {
            return false;
        }

        for (int p = 0; p < _parts.Count; p++)
        {
            (ComponentSlot slot, int from, int to) = _parts[p];
            ref readonly ObservationTemplatePart known = ref template.Parts[p];
            if (known.Slot != slot || !stream.Buffer.AsSpan(at, from - at).SequenceEqual(known.Literal))
            {
                return false;
            }

            at = to;
        }

        return stream.Buffer.AsSpan(at, end - at).SequenceEqual(template.Tail);
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

    /// <summary>Finds the parts: values of a key that stand next to each other on a line make one. False when there is more than ASCII between them.</summary>
    private bool FindParts(int end)
    {
        _parts.Clear();
        int at = _start;
        bool isPlain = true;
        for (int v = 0; v < _learned.Count; v++)
        {
            (ComponentSlot slot, int from, int length) = _learned[v];
            isPlain &= stream.Buffer.AsSpan(at, from - at).IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0;
            at = from + length;
            while (IsKey(slot) && v + 1 < _learned.Count && IsKey(_learned[v + 1].Slot)
                && !stream.Buffer.AsSpan(at, _learned[v + 1].Start - at).Contains((byte)'\n'))
            {
                v++;
                at = _learned[v].Start + _learned[v].Length;
            }

            _parts.Add((slot, from, at));
        }

        return isPlain && stream.Buffer.AsSpan(at, end - at).IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0;
    }

    private static int Surplus(ReadOnlySpan<byte> value) => value.Length - Encoding.UTF8.GetCharCount(value);

    private static bool IsKey(ComponentSlot slot) => slot.Kind is SlotKind.Dimension or SlotKind.SeriesAttribute;
}
