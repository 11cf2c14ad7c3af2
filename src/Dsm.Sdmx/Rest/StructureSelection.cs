using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// Answers structure queries from a set of structures: which artefacts, which others come along, and how much of each
/// (REST 1.5 and 2.x, "Structural metadata queries").
/// </summary>
public sealed class StructureSelection(StructureSet structures)
{
    /// <summary>
    /// The answer: artefacts asked for first, then those that come along, each once. Empty when nothing asked for exists.
    /// References that cannot be resolved here bring nothing.
    /// </summary>
    public ImmutableArray<Maintainable> Answer(StructureQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Maintainable[] asked = [.. query.Select(structures.All.Where(a => IsOfType(query, a)))];
        if (!query.Items.IsEmpty)
        {
            asked = [.. asked.Select(a => PartialSchemes.Cut(a, query.Items)).OfType<Maintainable>()];
        }

        HashSet<string> askedUrns = [.. asked.Select(a => a.Urn)];
        Maintainable[] others = [.. asked.SelectMany(a => Others(query, a)).DistinctBy(a => a.Urn).Where(a => !askedUrns.Contains(a.Urn))];
        return [.. asked.Select(a => Detailed(a, query.Detail, isAsked: true)), .. Shaped(asked, others, query.Detail)];
    }

    private static bool IsOfType(StructureQuery query, Maintainable artefact)
        => (query.Types.IsEmpty || query.Types.Contains(artefact.Type))
            && (query.Role is null || (artefact is DataConstraint constraint && constraint.Role == query.Role));

    private IEnumerable<Maintainable> Others(StructureQuery query, Maintainable asked)
    {
        // An artefact cut to some items still has the identity by which its neighbours know it.
        Maintainable whole = structures.Find(asked.Reference) ?? asked;
        StructureReferences wanted = query.References;
        IEnumerable<Maintainable> others = [];
        if ((wanted & (StructureReferences.Parents | StructureReferences.ParentsAndSiblings | StructureReferences.All)) != 0)
        {
            Maintainable[] parents = [.. structures.ReferrersOf(whole)];
            others = others.Concat(parents);
            if ((wanted & (StructureReferences.ParentsAndSiblings | StructureReferences.All)) != 0)
            {
                others = others.Concat(parents.SelectMany(ChildrenOf));
            }
        }

        if ((wanted & StructureReferences.Ancestors) != 0)
        {
            others = others.Concat(Closure(whole, structures.ReferrersOf));
        }

        if ((wanted & StructureReferences.Children) != 0)
        {
            others = others.Concat(ChildrenOf(whole));
        }

        if ((wanted & (StructureReferences.Descendants | StructureReferences.All)) != 0)
        {
            others = others.Concat(Closure(whole, ChildrenOf));
        }

        // Named types are found at any distance, above or below (REST 1.5: "concrete types").
        return query.ReferenceTypes.IsEmpty
            ? others
            : others.Concat(Closure(whole, ChildrenOf).Concat(Closure(whole, structures.ReferrersOf)).Where(a => query.ReferenceTypes.Contains(a.Type)));
    }

    private IEnumerable<Maintainable> ChildrenOf(Maintainable artefact)
        => artefact.References.Select(structures.Find).OfType<Maintainable>().DistinctBy(a => a.Urn);

    private static IEnumerable<Maintainable> Closure(Maintainable start, Func<Maintainable, IEnumerable<Maintainable>> next)
    {
        HashSet<string> seen = [start.Urn];
        Queue<Maintainable> open = new([start]);
        while (open.TryDequeue(out Maintainable? artefact))
        {
            foreach (Maintainable found in next(artefact).Where(a => seen.Add(a.Urn)))
            {
                open.Enqueue(found);
                yield return found;
            }
        }
    }

    private IEnumerable<Maintainable> Shaped(IReadOnlyList<Maintainable> asked, IReadOnlyList<Maintainable> others, StructureDetail detail)
    {
        if (detail != StructureDetail.ReferencePartial)
        {
            return others.Select(a => Detailed(a, detail, isAsked: false));
        }

        // What the artefacts asked for use decides, not what their neighbours use besides.
        HashSet<string> below = [.. asked.SelectMany(a => Closure(structures.Find(a.Reference) ?? a, ChildrenOf)).Select(a => a.Urn)];
        PartialSchemes own = new(structures, asked.Concat(others.Where(a => below.Contains(a.Urn))));
        PartialSchemes all = new(structures, asked.Concat(others));
        return others.Select(a => (below.Contains(a.Urn) ? own : all).Cut(a));
    }

    private Maintainable Detailed(Maintainable artefact, StructureDetail detail, bool isAsked) => detail switch
    {
        StructureDetail.Raw => artefact,
        StructureDetail.AllStubs => Stub(artefact, complete: false),
        StructureDetail.AllCompleteStubs => Stub(artefact, complete: true),
        StructureDetail.ReferenceStubs when !isAsked => Stub(artefact, complete: false),
        StructureDetail.ReferenceCompleteStubs when !isAsked => Stub(artefact, complete: true),
        _ => artefact is Codelist { Extensions.IsEmpty: false } list ? CodelistExtensions.Resolve(structures, list) with { Extensions = [] } : artefact,
    };

    // What the schemas demand even of stubs is kept: both sides of agreements and maps, targets of metadata flows,
    // one code of a hierarchy.
    private static Maintainable Stub(Maintainable artefact, bool complete)
    {
        Maintainable stub = artefact switch
        {
            Codelist a => a with { Codes = [], Extensions = [] },
            ValueList a => a with { Values = [] },
            ConceptScheme a => a with { Concepts = [] },
            CategoryScheme a => a with { Categories = [] },
            OrganisationScheme a => a with { Organisations = [] },
            Hierarchy a => a with { Codes = [.. a.Codes.Take(1).Select(c => c with { Children = [], Level = null })], Levels = [], HasFormalLevels = false },
            DataStructure a => a with { Dimensions = [], Groups = [], Attributes = [], Measures = [], MetadataStructure = null },
            Dataflow a => a with { Structure = null },
            DataConstraint a => a with { Attachments = [], Regions = [], KeySets = [] },
            MetadataStructure a => a with { Attributes = [] },
            Metadataflow a => a with { Structure = null },
            MetadataProvisionAgreement a => a with { Targets = [] },
            StructureMap a => a with { ComponentMaps = [], FixedValues = [], TimeMaps = [] },
            RepresentationMap a => a with { Mappings = [] },
            _ => artefact,
        };
        return complete
            ? stub with { IsExternalReference = true }
            : stub with { IsExternalReference = true, Description = default, Annotations = [] };
    }
}
