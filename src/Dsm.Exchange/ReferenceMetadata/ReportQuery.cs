using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>
/// Whether a report is about the key and the time asked for (REST 1.5, "Data and metadata queries"). The key of a report about data is
/// that of the data, dimension by dimension; of any other report the ids of the objects of its target, part by part. A part that a
/// report leaves open fits everything, and so does the time of a report that names none.
/// </summary>
internal sealed class ReportQuery(MetadataQuery query, StructureSet structures)
{
    /// <summary>True for a report that is wanted.</summary>
    public bool IsMet(MetadataSet set) => (query.Key is not { } key || KeysOf(set).Any(k => Fits(key, k))) && IsInTime(set);

    private static bool Fits(KeyQuery key, string[][] parts)
        => !key.Positions.Where((codes, i) => !codes.IsEmpty && (i >= parts.Length || (parts[i].Length > 0 && !parts[i].Any(codes.Contains)))).Any();

    /// <summary>Keys of a report: of each the values of each part, none for any value.</summary>
    private IEnumerable<string[][]> KeysOf(MetadataSet set)
    {
        if (set.ReportTarget is not { } target)
        {
            return set.Targets.Select(t => new[] { IdsOf(t) });
        }

        return target.Values.Select(v => v.DataKey).OfType<DataKey>().FirstOrDefault() is { } key
            ? [KeyOf(key, target)]
            : [[.. target.Values.Select(v => v.Object is { } urn ? IdsOf(urn) : new[] { v.DataSet?.Id ?? v.Constraint?.Id ?? v.Period ?? "" })]];
    }

    private string[][] KeyOf(DataKey key, ReportTarget target)
    {
        IEnumerable<string> order = StructureOf(target) is { } structure
            ? structure.Dimensions.Where(d => !d.IsTime).Select(d => d.Id)
            : key.Selections.Select(s => s.ComponentId);
        return [.. order.Select(d => key.Selections.Where(s => s.ComponentId == d).SelectMany(s => s.Values).Select(v => v.Value).ToArray())];
    }

    // The other parts of the target say of which data the key is.
    private DataStructure? StructureOf(ReportTarget target)
        => target.Values.Select(v => v.Object).OfType<string>()
            .Select(urn => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Find(reference) : null)
            .Select(a => a as DataStructure ?? structures.Find<DataStructure>((a as Dataflow ?? structures.Find<Dataflow>((a as ProvisionAgreement)?.Dataflow))?.Structure))
            .FirstOrDefault(s => s is not null);

    // Of an item within items the path and its own id.
    private static string[] IdsOf(string urn)
        => !StructureReference.TryParseUrn(urn, out StructureReference? reference) ? [urn]
            : reference.ItemId is { } item ? [item, item[(item.LastIndexOf('.') + 1)..]]
            : reference.Id == "*" ? [] : [reference.Id];

    private bool IsInTime(MetadataSet set)
    {
        string? period = set.ReportTarget?.Values.Select(v => v.Period).FirstOrDefault(p => p is not null);
        return (query.StartPeriod is not { } from || Period(period ?? set.ReportingBeginDate) is not { } first || first.Start >= from.Start)
            && (query.EndPeriod is not { } to || Period(period ?? set.ReportingEndDate ?? set.ReportingBeginDate) is not { } last || last.End <= to.End);
    }

    private static TimePeriod? Period(string? text) => TimePeriod.TryParse(text, out TimePeriod period) ? period : null;
}
