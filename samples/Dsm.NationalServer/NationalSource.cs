using System.Security.Cryptography;
using System.Text;

namespace Dsm.NationalServer;

/// <summary>How a source answers.</summary>
public enum Behaviour
{
    /// <summary>As it should.</summary>
    Normal,

    /// <summary>After a long wait.</summary>
    Slow,

    /// <summary>With status 500.</summary>
    Error500,

    /// <summary>With half of the announced bytes, then the connection is cut.</summary>
    Truncated,

    /// <summary>With a web page in place of data, status 200.</summary>
    Html,

    /// <summary>With one code that no list knows.</summary>
    ChangedCode,

    /// <summary>With most observations gone.</summary>
    MassDeletion,
}

/// <summary>One line of index.json.</summary>
public sealed record SourceEntry(string State, string Agency, string Flow, string Version, string File, string MediaType, bool UpdatedAfter);

/// <summary>A version of a file: its bytes, their mark and when it was made.</summary>
public sealed record SourceVersion(string Text, byte[] Bytes, string ETag, DateTimeOffset LastModified)
{
    /// <summary>Makes a version of <paramref name="text"/>; the mark is a hash of the bytes.</summary>
    public static SourceVersion Of(string text, DateTimeOffset lastModified)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new SourceVersion(text, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..32], lastModified);
    }
}

/// <summary>One dataset of one state: its published file, what was changed since, and how it misbehaves.</summary>
public sealed class NationalSource
{
    private readonly SourceEntry entry;
    private readonly SourceVersion published;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly List<FigureChange> changes = [];
    private SourceVersion current;

    /// <summary>A source that answers with <paramref name="published"/> until it is changed.</summary>
    public NationalSource(SourceEntry entry, SourceVersion published, TimeProvider clock)
    {
        this.entry = entry;
        this.published = published;
        this.clock = clock;
        current = published;
    }

    /// <summary>What index.json says of it.</summary>
    public SourceEntry Entry => entry;

    /// <summary>The present behaviour.</summary>
    public Behaviour Behaviour { get; set; }

    /// <summary>Seconds to wait when slow.</summary>
    public int SlowSeconds { get; set; } = 300;

    /// <summary>Component at which a code is changed; null for the first dimension.</summary>
    public string? ChangedComponent { get; set; }

    /// <summary>The code put there.</summary>
    public string ChangedCode { get; set; } = "QQQ";

    /// <summary>When the file was published, before any change.</summary>
    public DateTimeOffset Published => published.LastModified;

    /// <summary>What a caller gets now.</summary>
    public SourceVersion Current()
    {
        SourceVersion version;
        lock (gate)
        {
            version = current;
        }

        return Behaviour switch
        {
            Behaviour.ChangedCode => SourceVersion.Of(SourceText.ChangeFirstCode(version.Text, entry, ChangedComponent, ChangedCode), clock.GetUtcNow()),
            Behaviour.MassDeletion => SourceVersion.Of(SourceText.KeepFew(version.Text, entry), clock.GetUtcNow()),
            _ => version,
        };
    }

    /// <summary>Adds <paramref name="delta"/> to the figure of observation <paramref name="index"/>; null when there is no such figure.</summary>
    public FigureChange? Change(int index, long delta)
    {
        lock (gate)
        {
            (string Text, long Old, long New, string Line)? changed = SourceText.ChangeFigure(current.Text, entry, index, delta);
            if (changed is null)
            {
                return null;
            }

            // HTTP dates have whole seconds: never the same Last-Modified for two versions.
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset stamp = Seconds(now) > current.LastModified ? Seconds(now) : current.LastModified.AddSeconds(1);
            current = SourceVersion.Of(changed.Value.Text, stamp);
            FigureChange change = new(index, changed.Value.Old, changed.Value.New, changed.Value.Line, now);
            changes.Add(change);
            return change;
        }
    }

    /// <summary>The lines changed after an instant, each once, newest text; only sources in CSV can tell.</summary>
    public IReadOnlyList<string> ChangedSince(DateTimeOffset instant)
    {
        lock (gate)
        {
            return changes.Where(c => c.At > instant).GroupBy(c => c.Index).Select(g => g.Last().Line).ToArray();
        }
    }

    /// <summary>Back to the published file and good behaviour; for who asks for updates, what was changed has changed again.</summary>
    public void Reset()
    {
        lock (gate)
        {
            Behaviour = Behaviour.Normal;
            current = published;
            DateTimeOffset now = clock.GetUtcNow();
            FigureChange[] undone = [.. changes.GroupBy(c => c.Index).Select(g => g.Last() with { Line = SourceText.Line(published.Text, entry, g.Key), At = now })];
            changes.Clear();
            changes.AddRange(undone);
        }
    }

    private static DateTimeOffset Seconds(DateTimeOffset instant)
    {
        return DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
    }
}

/// <summary>One figure changed through the control resource.</summary>
/// <param name="Index">Number of the observation in the file, from zero.</param>
/// <param name="Old">The figure before.</param>
/// <param name="New">The figure after.</param>
/// <param name="Line">The changed line or element.</param>
/// <param name="At">When.</param>
public sealed record FigureChange(int Index, long Old, long New, string Line, DateTimeOffset At);
