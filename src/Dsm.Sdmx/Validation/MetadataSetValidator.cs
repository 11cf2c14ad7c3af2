using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Judges metadata sets against their metadata structure: that of the set, of its metadataflow or of that of its agreement. Attributes:
/// known, how often, each value against codelist or format. Targets: those that the flow or agreement admits (3.x), or those of the
/// report structure (2.1). What is deleted is judged by its targets only. Not thread-safe.
/// </summary>
/// <param name="structures">Metadata structures, flows, agreements, codelists, concepts.</param>
/// <param name="issues">Takes the findings; the component of their place is the path of the attribute.</param>
public sealed class MetadataSetValidator(StructureSet structures, IssueList issues)
{
    private readonly DataSchemaResolver _resolver = new(structures, issues);
    private readonly Dictionary<(MetadataStructure, string?), ImmutableArray<SchemaMetadataAttribute>> _known = [];

    /// <summary>Judges all sets of a message; findings have the places of what they are about.</summary>
    public void Check(MetadataMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (MetadataSet set in message.Sets)
        {
            Check(set, message.LocationOf);
        }
    }

    /// <summary>Judges a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="locate">The place of the set or of one of its attributes; null when none is known.</param>
    public void Check(MetadataSet set, Func<object, Location>? locate = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        Location At(object? part, string? path)
        {
            Location location = part is null ? Location.None : locate?.Invoke(part) ?? Location.None;
            return (location.Line == 0 ? locate?.Invoke(set) ?? Location.None : location) with { Key = set.Reference.ToString(), Component = path };
        }

        MetadataProvisionAgreement? agreement = structures.Find<MetadataProvisionAgreement>(set.MetadataProvisionAgreement);
        Metadataflow? flow = structures.Find<Metadataflow>(set.Metadataflow ?? agreement?.Metadataflow);
        if ((set.MetadataStructure is null && flow is not null ? structures.FindFrom<MetadataStructure>(flow, flow.Structure) : structures.Find<MetadataStructure>(set.MetadataStructure)) is not { } structure)
        {
            StructureReference? missing = set.MetadataStructure ?? flow?.Structure ?? set.Metadataflow ?? agreement?.Metadataflow ?? set.MetadataProvisionAgreement;
            issues.Add(new Issue(IssueCodes.UnknownStructure, At(null, null), missing?.ToString() ?? ""));
            return;
        }

        CheckTargets(set, agreement, flow, structure, At);
        if (set.Action != "Delete" && !set.IsExternalReference)
        {
            ReportedAttributeCheck check = new(issues, (path, location) => new Issue(IssueCodes.UnknownMetadataAttribute, location, path, structure.Reference));
            check.Check(set.Attributes, Known(structure, set), At, isPart: set.Action is "Append" or "Merge");
        }
    }

    private ImmutableArray<SchemaMetadataAttribute> Known(MetadataStructure structure, MetadataSet set)
    {
        MetadataReportStructure? report = structure.Reports.FirstOrDefault(r => r.Id == set.ReportId);
        if (!_known.TryGetValue((structure, report?.Id), out ImmutableArray<SchemaMetadataAttribute> known))
        {
            known = _resolver.MetadataAttributes(structure, report?.Attributes ?? structure.Attributes, "");
            _known.Add((structure, report?.Id), known);
        }

        return known;
    }

    private void CheckTargets(MetadataSet set, MetadataProvisionAgreement? agreement, Metadataflow? flow, MetadataStructure structure, Func<object?, string?, Location> at)
    {
        if (set.ReportTarget is { } target && !structure.Reports.IsEmpty)
        {
            CheckReport(set, target, structure, at);
            return;
        }

        ImmutableArray<string> admitted = agreement is { Targets.IsEmpty: false } ? agreement.Targets : flow?.Targets ?? [];
        object? owner = agreement is { Targets.IsEmpty: false } ? agreement.Reference : flow?.Reference;
        foreach (string urn in set.Targets.Where(t => !admitted.IsEmpty && !admitted.Any(a => Admits(a, t))))
        {
            issues.Add(new Issue(IssueCodes.TargetNotAllowed, at(null, null), urn, owner));
        }
    }

    /// <summary>True when a target with wildcards (<c>*</c> for a part, <c>*</c> or <c>+</c> in versions) admits an object.</summary>
    private static bool Admits(string admitted, string target)
    {
        if (admitted == target)
        {
            return true;
        }

        return StructureReference.TryParseUrn(admitted, out StructureReference? wide) && StructureReference.TryParseUrn(target, out StructureReference? one)
            && wide.Type == one.Type && (wide.ItemId is null) == (one.ItemId is null)
            && IsAny(wide.AgencyId, one.AgencyId) && IsAny(wide.Id, one.Id) && IsAny(wide.ItemId, one.ItemId)
            && (IsAny(wide.Version, one.Version)
                || (VersionQuery.TryParse(wide.Version, out VersionQuery? query) && SdmxVersion.TryParse(one.Version, out SdmxVersion version) && query.Select([version], v => v).Any()));
    }

    private static bool IsAny(string? wide, string? one) => wide == "*" || wide == one;

    private void CheckReport(MetadataSet set, ReportTarget target, MetadataStructure structure, Func<object?, string?, Location> at)
    {
        if (structure.Reports.FirstOrDefault(r => r.Id == set.ReportId) is not { } report)
        {
            issues.Add(new Issue(IssueCodes.UnknownReport, at(null, null), set.ReportId, structure.Reference));
            return;
        }

        if (!report.TargetIds.Contains(target.Id) || structure.Targets.FirstOrDefault(t => t.Id == target.Id) is not { } known)
        {
            issues.Add(new Issue(IssueCodes.UnknownReport, at(null, null), target.Id, structure.Reference));
            return;
        }

        string[] needed = [.. known.Objects.Select(IdOf)];
        foreach (TargetValue value in target.Values.Where(v => !needed.Contains(v.Id)))
        {
            issues.Add(new Issue(IssueCodes.TargetNotAllowed, at(null, value.Id), value.Id, $"{structure.Reference} {target.Id}"));
        }

        foreach (string id in needed.Where(n => !target.Values.Any(v => v.Id == n)))
        {
            issues.Add(new Issue(IssueCodes.MissingElement, at(null, id), id, target.Id));
        }
    }

    private static string IdOf(MetadataTargetObject part) => part.Id ?? part.Kind switch
    {
        "ReportPeriodTarget" => TargetValue.PeriodId,
        "DataSetTarget" => TargetValue.DataSetId,
        "KeyDescriptorValuesTarget" => TargetValue.DataKeyId,
        "ConstraintContentTarget" => TargetValue.ConstraintId,
        _ => part.Kind,
    };
}
