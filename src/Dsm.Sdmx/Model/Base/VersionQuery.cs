using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Dsm.Sdmx.Model;

/// <summary>
/// Which versions are asked for: exact, latest stable (<c>+</c>), latest available (<c>~</c>), latest that is no draft (<c>latest</c> of REST 1.5: "in production") or all (<c>*</c>, <c>all</c>),
/// in a scope given by fixed parts, with minima (<c>1.2+.0</c>); several joined by commas (SDMX REST 2.1, "Version queries").
/// </summary>
public sealed class VersionQuery
{
    private const int MostKnown = 1000;

    // The same few are asked for again and again: by every reference, by every request.
    private static readonly ConcurrentDictionary<string, VersionQuery> Known = new(StringComparer.Ordinal);

    private readonly ImmutableArray<Term> _terms;

    private VersionQuery(ImmutableArray<Term> terms) => _terms = terms;

    private enum Wildcard
    {
        None,
        LatestStable,
        Latest,
        InProduction,
        All,
    }

    /// <summary>Reads a version query; false when it is malformed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionQuery? query)
    {
        if (text is not null && Known.TryGetValue(text, out query))
        {
            return true;
        }

        query = null;
        ImmutableArray<Term>.Builder terms = ImmutableArray.CreateBuilder<Term>();
        foreach (string part in (text ?? "").Split(','))
        {
            if (!Term.TryParse(part, out Term? term))
            {
                return false;
            }

            terms.Add(term);
        }

        query = new VersionQuery(terms.ToImmutable());
        if (text is { Length: < 64 } && Known.Count < MostKnown)
        {
            Known.TryAdd(text, query);
        }

        return true;
    }

    /// <summary>True when every version in some scope is meant (<c>*</c>, <c>1.*.0</c>).</summary>
    public bool MeansSeveral => _terms.Any(t => t.Wildcard == Wildcard.All);

    /// <summary>Those of the candidates that are asked for, each once, oldest first.</summary>
    public IEnumerable<T> Select<T>(IEnumerable<T> candidates, Func<T, SdmxVersion> version) => Select(candidates, version, fromDraft: false);

    /// <summary>Those of the candidates that are meant, each once, oldest first.</summary>
    /// <param name="candidates">What there is.</param>
    /// <param name="version">The version of a candidate.</param>
    /// <param name="fromDraft">
    /// True for a reference in a version with an extension (<c>1.1.0-draft</c>): there <c>+</c> means the latest stable or extended version
    /// in its scope, elsewhere the latest stable one (SDMX 3.0 technical notes, annex on semantic versioning, "Dependency management").
    /// </param>
    public IEnumerable<T> Select<T>(IEnumerable<T> candidates, Func<T, SdmxVersion> version, bool fromDraft)
    {
        T[] ordered = [.. candidates.OrderBy(version)];
        HashSet<SdmxVersion> wanted = [];
        foreach (Term term in _terms)
        {
            wanted.UnionWith(term.Select(ordered.Select(version), fromDraft));
        }

        return ordered.Where(c => wanted.Contains(version(c)));
    }

    private sealed record Term(Wildcard Wildcard, int WildcardPart, ImmutableArray<int> Numbers, int Parts, bool IsMinimum, string? Exact)
    {
        public static bool TryParse(string text, [NotNullWhen(true)] out Term? term)
        {
            term = null;
            if (text == "latest")
            {
                term = new Term(Wildcard.InProduction, 0, [0], 1, false, null);
                return true;
            }

            text = text == "all" ? "*" : text;
            if (text.AsSpan().IndexOfAny('+', '~', '*') < 0)
            {
                term = SdmxVersion.TryParse(text, out _) ? new Term(Wildcard.None, -1, [], 0, false, text) : null;
                return term is not null;
            }

            string[] parts = text.Split('.');
            if (parts.Length > 3)
            {
                return false;
            }

            Wildcard wildcard = Wildcard.None;
            int at = -1;
            bool minimum = false;
            int[] numbers = new int[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                string part = parts[i];
                Wildcard here = part.Length == 0 ? Wildcard.None
                    : part[^1] switch { '+' => Wildcard.LatestStable, '~' => Wildcard.Latest, '*' => Wildcard.All, _ => Wildcard.None };
                if (here != Wildcard.None)
                {
                    if (at >= 0)
                    {
                        return false;
                    }

                    (wildcard, at, minimum) = (here, i, part.Length > 1);
                    part = part[..^1];
                }

                if (part.Length > 0 && !int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out numbers[i]))
                {
                    return false;
                }

                if (part.Length == 0 && here == Wildcard.None)
                {
                    return false;
                }

                // After a bare wildcard only zeros may follow: '+.2.3' says nothing that can be meant.
                if (at >= 0 && i > at && !minimum && numbers[i] != 0)
                {
                    return false;
                }
            }

            // The latest stable version is semantic by definition, so two parts cannot name it.
            if (wildcard == Wildcard.LatestStable && parts.Length == 2)
            {
                return false;
            }

            term = new Term(wildcard, at, [.. numbers], parts.Length, minimum, null);
            return true;
        }

        public IEnumerable<SdmxVersion> Select(IEnumerable<SdmxVersion> ordered, bool fromDraft)
        {
            if (Exact is not null)
            {
                return ordered.Where(v => v.ToString() == Exact);
            }

            IEnumerable<SdmxVersion> scope = ordered.Where(InScope);
            return Wildcard switch
            {
                Wildcard.All => scope,
                Wildcard.LatestStable => scope.Where(v => v.IsStable || (fromDraft && v.Extension is not null)).TakeLast(1),
                Wildcard.InProduction => scope.OrderBy(v => v.Extension is null).ThenBy(v => v).TakeLast(1),
                _ => scope.TakeLast(1),
            };
        }

        private bool InScope(SdmxVersion version)
        {
            ReadOnlySpan<int> actual = [version.Major, version.Minor, version.Patch];
            for (int i = 0; i < WildcardPart; i++)
            {
                if (actual[i] != Numbers[i])
                {
                    return false;
                }
            }

            // A single part ('~', '*', '2+') matches versions of any form; several parts match versions written with as many.
            if (Parts > 1 && version.Parts != Parts)
            {
                return false;
            }

            if (!IsMinimum)
            {
                return true;
            }

            int[] minimum = [.. Numbers, .. new int[3 - Numbers.Length]];
            return (version.Major, version.Minor, version.Patch).CompareTo((minimum[0], minimum[1], minimum[2])) >= 0;
        }
    }
}
