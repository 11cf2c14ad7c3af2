using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Submissions;

/// <summary>What was agreed with the sender of a message: the structure it follows, the map into the regional one, where it goes.</summary>
internal sealed class SubmissionContract
{
    private readonly RegistrySnapshot _registry;

    private SubmissionContract(RegistrySnapshot registry, DataSchema source, CompiledStructureMap? map, LoadTarget target)
        => (_registry, Source, Map, Target) = (registry, source, map, target);

    /// <summary>Schema the message must follow.</summary>
    public DataSchema Source { get; }

    /// <summary>The map; null when the message follows the regional structure: the map is then the identity, and validating once is validating twice.</summary>
    public CompiledStructureMap? Map { get; }

    /// <summary>Where the observations go.</summary>
    public LoadTarget Target { get; }

    /// <summary>Resolves the contract of a submission; null with findings when something of it is missing.</summary>
    public static SubmissionContract? Of(Submission submission, RegistrySnapshot registry, RegionOptions region, IssueList issues)
    {
        ProvisionAgreement? agreement = StructureReference.TryParseUrn(submission.AgreementUrn, out StructureReference? reference)
            ? registry.Structures.Find<ProvisionAgreement>(reference)
            : null;
        if (agreement?.Dataflow is null || registry.Schema(agreement.Reference) is not { Dataflow: { } flow } target)
        {
            issues.Add(ExchangeIssues.UnknownAgreement, Location.None, submission.AgreementUrn);
            return null;
        }

        DataSchema? source = submission.SourceStructureUrn is { } urn ? registry.Schema(urn) : target;
        if (source is null)
        {
            issues.Add(IssueCodes.UnknownStructure, Location.None, submission.SourceStructureUrn);
            return null;
        }

        // Without a map the components of the same id are copied; of one structure to itself there is nothing to copy.
        CompiledStructureMap? map = submission.MapUrn is { } mapUrn ? registry.Map(mapUrn, source, target, issues)
            : ReferenceEquals(source, target) ? null : CompiledStructureMap.Identity(source, target);
        return issues.HasErrors ? null : new SubmissionContract(registry, source, map, new LoadTarget
        {
            SubmissionId = submission.Id,
            Schema = target,
            FlowUrn = flow.Urn,
            AgreementUrn = agreement.Urn,
            State = AgreementState.Of(registry.Structures, agreement, target, region.StateDimension),
            StateDimension = region.StateDimension,
            IsSnapshot = submission.IsSnapshot,
            IsSummed = map?.IsSummed ?? false,
        });
    }

    /// <summary>
    /// The schema for what a data set names. The agreed structure, however it is named (agreement, dataflow, data structure), gives
    /// <see cref="Source"/>; another known structure gives its own schema, which is then reported as not agreed.
    /// </summary>
    public DataSchema? Resolve(StructureReference reference)
    {
        Maintainable? named = _registry.Structures.Find(reference);
        bool agreed = named is not null && (Is(Source.Agreement, named) || Is(Source.Dataflow, named) || Is(Source.Structure, named));
        return agreed ? Source : _registry.Schema(reference);
    }

    private static bool Is(Maintainable? agreed, Maintainable named) => agreed is not null && agreed.Urn == named.Urn;
}
