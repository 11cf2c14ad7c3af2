using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Drafts the map from one version of a codelist to another. The evidence in its order: what annotations say, the same id, the same name
/// in some language, and between codes of one name the parent. Weaker likeness is suggested to people, never taken.
/// </summary>
public sealed class CodeMapDrafter
{
    private static readonly ImmutableArray<string> Forward = [CodeMapDraft.ReplacedByAnnotation, "REPLACED_BY", "SUPERSEDED_BY", "MERGED_INTO", "SPLIT_INTO"];
    private static readonly ImmutableArray<string> Backward = [CodeMapDraft.ReplacesAnnotation, "REPLACES", "SUPERSEDES", "MERGED_FROM", "SPLIT_FROM"];
    private static readonly char[] Dividers = [',', ';', ' ', '\n', '\r', '\t'];
    private readonly ImmutableArray<Item> _from, _to;
    private readonly Dictionary<string, Item> _fromById, _toById;
    private readonly Dictionary<string, CodePair> _pairs = [];
    private readonly Dictionary<string, ImmutableArray<Item>> _splits = [];
    private readonly Dictionary<(string Language, string Name), List<Item>> _byName = [];

    private CodeMapDrafter(IEnumerable<Item> from, IEnumerable<Item> to)
    {
        _from = [.. from.DistinctBy(i => i.Id)];
        _to = [.. to.DistinctBy(i => i.Id)];
        _fromById = _from.ToDictionary(i => i.Id);
        _toById = _to.ToDictionary(i => i.Id);

        // A code that was there before is itself, whatever others are called.
        foreach (Item item in _to.Where(i => !_fromById.ContainsKey(i.Id)))
        {
            foreach ((string language, string text) in item.Name.Texts)
            {
                (string, string) key = (language, CodeProposals.Normal(text));
                (_byName.TryGetValue(key, out List<Item>? named) ? named : _byName[key] = []).Add(item);
            }
        }
    }

    /// <summary>Drafts the map between two codelists.</summary>
    /// <param name="from">The earlier one, with the structures it takes codes from.</param>
    /// <param name="to">The later one, with the structures it takes codes from.</param>
    public static CodeMapDraft Draft((Codelist List, StructureSet Structures) from, (Codelist List, StructureSet Structures) to)
    {
        ArgumentNullException.ThrowIfNull(from.List);
        ArgumentNullException.ThrowIfNull(to.List);
        CodeMapDrafter drafter = new(CodelistExtensions.Resolve(from.Structures, from.List).Codes, CodelistExtensions.Resolve(to.Structures, to.List).Codes);
        drafter.ByAnnotations();
        drafter.ById();
        drafter.ByNames();
        return drafter.Result(from.List, to.List);
    }

    private void ByAnnotations()
    {
        Dictionary<string, List<Item>> told = [];
        void Tell(string from, string to)
        {
            if (from != to && _fromById.ContainsKey(from) && _toById.TryGetValue(to, out Item? target))
            {
                List<Item> targets = told.TryGetValue(from, out List<Item>? known) ? known : told[from] = [];
                if (!targets.Contains(target))
                {
                    targets.Add(target);
                }
            }
        }

        // The earlier version may say it, or the later one of a code that it still has.
        foreach (Item item in _from.Concat(_to))
        {
            Named(item, Forward).ForEach(to => Tell(item.Id, to));
        }

        foreach (Item item in _to)
        {
            Named(item, Backward).ForEach(from => Tell(from, item.Id));
        }

        foreach ((string id, List<Item> targets) in told)
        {
            if (_toById.ContainsKey(id) || targets.Count > 1)
            {
                _splits[id] = [.. targets];
            }
            else
            {
                Add(_fromById[id], targets[0], PairReason.Annotation);
            }
        }
    }

    private void ById()
    {
        foreach (Item item in _from.Where(i => !_pairs.ContainsKey(i.Id)))
        {
            if (_toById.TryGetValue(item.Id, out Item? same))
            {
                Add(item, same, PairReason.SameCode);
            }
        }
    }

    private void ByNames()
    {
        List<(Item Item, Item[] Candidates)> open = [];
        foreach (Item item in _from.Where(i => !_pairs.ContainsKey(i.Id) && !_splits.ContainsKey(i.Id)))
        {
            Item[] named = [.. SameNamed(item)];
            if (named.Length == 1)
            {
                Add(item, named[0], PairReason.SameName);
            }
            else if (named.Length > 1)
            {
                open.Add((item, named));
            }
        }

        // Parents come to have counterparts as pairs are found.
        for (int before = -1; before != _pairs.Count;)
        {
            before = _pairs.Count;
            foreach ((Item item, Item[] candidates) in open.Where(o => !_pairs.ContainsKey(o.Item.Id)))
            {
                Item[] below = [.. candidates.Where(c => item.ParentId is { } parent && _pairs.GetValueOrDefault(parent)?.To.Id == c.ParentId)];
                if (below.Length == 1)
                {
                    Add(item, below[0], PairReason.SameNameAndParent);
                }
            }
        }
    }

    private IEnumerable<Item> SameNamed(Item item)
        => item.Name.Texts.SelectMany(t => _byName.GetValueOrDefault((t.Key, CodeProposals.Normal(t.Value)), [])).Distinct();

    private void Add(Item from, Item to, PairReason reason) => _pairs.Add(from.Id, new CodePair
    {
        From = from,
        To = to,
        Reason = reason,
        Languages = [.. from.Name.Texts.Where(t => to.Name[t.Key] is { } other && CodeProposals.Normal(other) == CodeProposals.Normal(t.Value)).Select(t => t.Key)],
        AlsoInto = _splits.GetValueOrDefault(from.Id, []),
    });

    private CodeMapDraft Result(Codelist from, Codelist to)
    {
        HashSet<string> merged = [.. _pairs.Values.GroupBy(p => p.To.Id).Where(g => g.Count() > 1).Select(g => g.Key)];
        ImmutableArray<CodePair> pairs = [.. _from.Where(i => _pairs.ContainsKey(i.Id)).Select(i => Judge(_pairs[i.Id], merged))];
        HashSet<string> taken = [.. pairs.Select(p => p.To.Id), .. _splits.Values.SelectMany(s => s).Select(i => i.Id)];
        Item[] added = [.. _to.Where(i => !_fromById.ContainsKey(i.Id))];
        return new CodeMapDraft
        {
            Map = CodeMapArtefact.Of(from, to, pairs),
            Pairs = pairs,
            Unmatched = [.. _from.Where(i => !_pairs.ContainsKey(i.Id)).Select(i => new UnmatchedCode(i, Suggest(i, added)))],
            New = [.. _to.Where(i => !taken.Contains(i.Id))],
        };
    }

    private CodePair Judge(CodePair pair, HashSet<string> merged)
    {
        string? parent = pair.From.ParentId is { } id ? _pairs.GetValueOrDefault(id)?.To.Id : null;
        bool isMerged = merged.Contains(pair.To.Id);
        bool isOther = pair.Languages.IsEmpty && pair.Reason == PairReason.SameCode
            && pair.From.Name.Texts.Any(t => pair.To.Name[t.Key] is not null)
            && CodeProposals.For("", pair.From.Name, [pair.To], 1).IsEmpty;
        return pair with
        {
            IsMerged = isMerged,
            IsMoved = pair.To.ParentId != parent,
            NeedsReview = isMerged || isOther || !pair.AlsoInto.IsEmpty || pair.Reason is PairReason.SameName or PairReason.SameNameAndParent,
        };
    }

    private ImmutableArray<CodeSuggestion> Suggest(Item item, Item[] added)
    {
        IEnumerable<CodeSuggestion> all = _splits.GetValueOrDefault(item.Id, []).Select(i => new CodeSuggestion(i, SuggestionReason.Split))
            .Concat(SameNamed(item).Select(i => new CodeSuggestion(i, SuggestionReason.SameName)))
            .Concat(CodeProposals.For(item.Id, item.Name, added).Select(p => new CodeSuggestion(_toById[p.CodeId], SuggestionReason.LikeName)));
        HashSet<string> seen = [item.Id];
        for (string? parent = item.ParentId; parent is not null && seen.Add(parent); parent = _fromById.GetValueOrDefault(parent)?.ParentId)
        {
            if (_pairs.TryGetValue(parent, out CodePair? pair))
            {
                all = all.Append(new CodeSuggestion(pair.To, SuggestionReason.Parent));
                break;
            }
        }

        return [.. all.DistinctBy(s => s.Code.Id)];
    }

    private static List<string> Named(Item item, ImmutableArray<string> types) =>
    [
        .. item.Annotations.Where(a => a.Type is { } type && types.Contains(type, StringComparer.OrdinalIgnoreCase))
            .SelectMany(a => (a.Title ?? a.Value ?? a.Text.Best() ?? "").Split(Dividers, StringSplitOptions.RemoveEmptyEntries)),
    ];
}
