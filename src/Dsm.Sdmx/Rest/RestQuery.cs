using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// A query as a value, whichever line of the REST specification it came from. <see cref="Rest15"/> and <see cref="Rest2"/> parse and print it.
/// </summary>
public abstract record RestQuery
{
    /// <summary>Agencies; empty for all.</summary>
    public ImmutableArray<string> Agencies { get; init; } = [];

    /// <summary>Ids of artefacts; empty for all.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>Version query in the syntax of REST 2.x (<see cref="VersionQuery"/>): <c>~</c> latest, <c>*</c> all, <c>1.0,1.1</c> several; <c>latest</c> is that of REST 1.5.</summary>
    public string Version { get; init; } = "~";

    /// <summary>Moment at which the answer is to be as it was then; null for now (REST 2.2).</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The artefacts asked for, each once, in the order given: agency and id fit, and the version fits among those of the same id.</summary>
    public IEnumerable<T> Select<T>(IEnumerable<T> artefacts)
        where T : Maintainable
    {
        if (!VersionQuery.TryParse(Version, out VersionQuery? versions))
        {
            return [];
        }

        return artefacts
            .Where(a => (Agencies.IsEmpty || Agencies.Contains(a.AgencyId)) && (Ids.IsEmpty || IsNamed(a)))
            .GroupBy(a => (a.Type.Class, a.AgencyId, a.Id))
            .SelectMany(g => versions.Select(g, a => a.Version));
    }

    /// <summary>True when the id of an artefact is among those asked for.</summary>
    protected virtual bool IsNamed(Maintainable artefact) => Ids.Contains(artefact.Id);
}
