using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>The artefacts as they would be after the tasks of a submission, and what is to be said about them.</summary>
internal sealed class StructureTarget
{
    private readonly Dictionary<string, Maintainable?> _after = [];
    private readonly List<StructureReference> _touched = [];
    private readonly Dictionary<string, List<Issue>> _issues = [];

    private StructureTarget(StructureSet before) => Before = before;

    /// <summary>The artefacts now.</summary>
    public StructureSet Before { get; }

    /// <summary>The artefacts then.</summary>
    public StructureSet After { get; private set; } = StructureSet.Empty;

    /// <summary>Artefacts that the tasks are about, each once, in order.</summary>
    public IReadOnlyList<StructureReference> Touched => _touched;

    /// <summary>Applies the tasks.</summary>
    public static StructureTarget Of(StructureSet before, ImmutableArray<StructureTask> tasks)
    {
        StructureTarget target = new(before);
        foreach (StructureTask task in tasks)
        {
            target.Apply(task);
        }

        target.After = new StructureSet(before.All.Where(a => !target._after.ContainsKey(a.Urn)).Concat(target._after.Values.OfType<Maintainable>()));
        return target;
    }

    /// <summary>What is to be said about an artefact.</summary>
    public ImmutableArray<Issue> IssuesOf(StructureReference reference) => [.. _issues.GetValueOrDefault(reference.Urn, [])];

    /// <summary>True when an artefact is one of those that the tasks are about.</summary>
    public bool IsTouched(Maintainable artefact) => _after.ContainsKey(artefact.Urn);

    /// <summary>An artefact by its exact identity, as it was.</summary>
    public Maintainable? Old(StructureReference reference) => Exact(Before, reference);

    /// <summary>An artefact by its exact identity, as it would be.</summary>
    public Maintainable? New(StructureReference reference) => _after.TryGetValue(reference.Urn, out Maintainable? after) ? after : Exact(Before, reference);

    /// <summary>An artefact by its exact identity; wildcards find nothing.</summary>
    public static Maintainable? Exact(StructureSet set, StructureReference reference)
        => set.Versions(reference.Type, reference.AgencyId, reference.Id).FirstOrDefault(a => a.Version.ToString() == reference.Version);

    /// <summary>Adds an issue about an artefact that the tasks are about; the same once.</summary>
    public void Say(StructureReference reference, IssueCode code, params object?[] arguments)
    {
        if (!_issues.TryGetValue(reference.Urn, out List<Issue>? said))
        {
            _issues.Add(reference.Urn, said = []);
        }

        Issue issue = new(code, Location.None, arguments);
        if (!said.Any(s => s.Code == code && s.Arguments.SequenceEqual(issue.Arguments)))
        {
            said.Add(issue);
        }
    }

    private void Apply(StructureTask task)
    {
        Maintainable? now = New(task.Reference);
        if (!_after.ContainsKey(task.Reference.Urn))
        {
            _touched.Add(task.Reference);
        }

        if (task.Action == StructureAction.Append && now is not null)
        {
            Say(task.Reference, ExchangeIssues.ArtefactExists, task.Reference.Urn);
        }
        else if (task.Action == StructureAction.Delete && now is null)
        {
            Say(task.Reference, ExchangeIssues.ArtefactUnknown, task.Reference.Urn);
        }

        if (task.ItemId is { } item && now is not null)
        {
            ItemScheme? without = now is ItemScheme scheme ? ItemTree.Without(scheme, item) : null;
            if (without is null)
            {
                Say(task.Reference, ExchangeIssues.ArtefactUnknown, (task.Reference with { ItemId = item }).Urn);
            }

            _after[task.Reference.Urn] = without ?? now;
            return;
        }

        _after[task.Reference.Urn] = task.Artefact is not { } artefact ? null : task.IsRestored ? artefact : Taken(now, artefact, task.Action);
    }

    // A part never takes the place of the whole: some items are merged, a stub or some languages are refused.
    private Maintainable Taken(Maintainable? now, Maintainable artefact, StructureAction action)
    {
        if (now is null)
        {
            return artefact;
        }

        if (artefact.IsExternalReference && !now.IsExternalReference)
        {
            Say(artefact.Reference, ExchangeIssues.StubForWhole, artefact.Urn);
            return now;
        }

        if (artefact.IsPartialLanguage && !now.IsPartialLanguage)
        {
            Say(artefact.Reference, ExchangeIssues.PartialLanguages, artefact.Urn);
            return now;
        }

        // Only SDMX 2.1 says that a version is final; a message of another version does not deny it.
        artefact = artefact.IsFinal is null && now.IsFinal == true ? artefact with { IsFinal = true } : artefact;
        return action == StructureAction.Merge || artefact is ItemScheme { IsPartial: true } ? ItemMerge.Merge(now, artefact) : artefact;
    }
}
