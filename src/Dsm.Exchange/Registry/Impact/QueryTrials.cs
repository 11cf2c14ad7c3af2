using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Finds the saved queries that a change touches. They are read once, as a stream, equal addresses together.</summary>
public sealed class QueryTrials
{
    /// <summary>Most addresses listed in a report.</summary>
    public const int MaxListed = 200;

    /// <summary>Most saved queries looked at; the report says when there are more.</summary>
    public const int MaxRead = 100_000;

    /// <summary>Most owners named of one address.</summary>
    public const int MaxOwners = 20;

    // Of the time of a report; the rest is for data and messages, which tell more.
    private const double Share = 0.25;

    private readonly Dictionary<(string?, string?, ImpactTiming, QueryVerdict), int> _counts = [];
    private readonly List<QueryImpact> _listed = [];
    private readonly QueryTrial _trial;
    private readonly bool _withOwners;
    private readonly int _maxRead;
    private int _notListed;

    internal QueryTrials(PlannedStructures planned, ReaderAccess access, int maxRead = MaxRead)
    {
        _trial = new QueryTrial(planned);
        _withOwners = access.SeesAllRestricted;
        _maxRead = maxRead;
    }

    internal async Task<QueryImpacts> RunAsync(HubDatabase database, ImpactClock clock)
    {
        await using HubDbContext db = database.CreateContext();
        IAsyncEnumerable<Kept> all = db.SavedQueries.Join(db.Users, q => q.OwnerId, u => u.Id, (q, u) => new { q.Line, q.Path, q.Parameters, q.Id, u.Country, u.Providers, u.DisplayName, u.UserName })
            .OrderBy(k => k.Line).ThenBy(k => k.Path).ThenBy(k => k.Parameters).ThenBy(k => k.Id).Take(_maxRead + 1)
            .Select(k => new Kept(k.Line, k.Path, k.Parameters, k.Country, k.Providers, k.DisplayName, k.UserName)).AsAsyncEnumerable();
        List<Kept> equal = [];
        int read = 0;
        bool isCut = false;
        await foreach (Kept kept in all.WithCancellation(clock.Token).ConfigureAwait(false))
        {
            if (++read > _maxRead || clock.IsPast(Share))
            {
                isCut = true;
                break;
            }

            if (equal.Count > 0 && equal[0].Address != kept.Address)
            {
                Add(equal);
                equal.Clear();
            }

            equal.Add(kept);
        }

        Add(equal);
        Trim();
        return new QueryImpacts
        {
            Counts = [.. _counts.Select(c => new QueryCount(c.Key.Item1, c.Key.Item2, c.Key.Item3, c.Key.Item4, c.Value))
                .OrderByDescending(c => c.Verdict).ThenBy(c => c.Timing).ThenBy(c => c.State, StringComparer.Ordinal).ThenBy(c => c.Organisation, StringComparer.Ordinal)],
            Addresses = [.. _listed],
            NotListed = _notListed,
            IsCut = isCut,
        };
    }

    private void Add(List<Kept> equal)
    {
        if (equal.Count == 0 || _trial.Judge(equal[0].Address) is not { } fate)
        {
            return;
        }

        (string? State, string? Organisation, int Queries)[] keepers = [.. equal.GroupBy(k => (k.State, k.Organisation))
            .Select(g => (g.Key.State, g.Key.Organisation, g.Count())).OrderBy(g => g.State is null).ThenBy(g => g.State, StringComparer.Ordinal).ThenBy(g => g.Organisation, StringComparer.Ordinal)];
        foreach ((string? state, string? organisation, int queries) in keepers)
        {
            (string?, string?, ImpactTiming, QueryVerdict) key = (state, organisation, fate.Timing, fate.Verdict);
            _counts[key] = _counts.GetValueOrDefault(key) + queries;
        }

        if (fate.Printed is not { } printed)
        {
            _notListed++;
            return;
        }

        _listed.Add(new QueryImpact
        {
            Address = printed,
            Timing = fate.Timing,
            Verdict = fate.Verdict,
            Codes = fate.Codes,
            Lost = fate.Lost,
            Issues = fate.Issues,
            Keepers = [.. keepers],
            Owners = _withOwners ? [.. equal.Select(k => k.Shown).Distinct().Order(StringComparer.Ordinal).Take(MaxOwners)] : [],
        });

        // However many there are, memory holds twice what is shown.
        if (_listed.Count >= 2 * MaxListed)
        {
            Trim();
        }
    }

    private void Trim()
    {
        QueryImpact[] worst = [.. _listed.OrderByDescending(q => q.Verdict).ThenBy(q => q.Timing).ThenByDescending(q => q.Keepers.Sum(k => k.Queries)).ThenBy(q => q.Address, StringComparer.Ordinal).Take(MaxListed)];
        _notListed += _listed.Count - worst.Length;
        _listed.Clear();
        _listed.AddRange(worst);
    }

    private sealed record Kept(QueryLine Line, string Path, string Parameters, string? Country, List<string> Providers, string DisplayName, string? UserName)
    {
        public QueryAddress Address => new(Line, Path, Parameters);

        public string? State => Country is { Length: > 0 } ? Country : null;

        public string? Organisation => Providers is [{ } only] ? only : null;

        public string Shown => DisplayName.Length > 0 ? DisplayName : UserName ?? "";
    }
}
