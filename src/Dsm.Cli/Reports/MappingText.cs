using System.Collections.Immutable;
using System.Globalization;
using Dsm.Cli.Outputs;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Reports;

/// <summary>What a mapping did, for people: source and target side by side, values without a mapping by what they cost, other findings.</summary>
internal static class MappingText
{
    public static void Write(TextWriter output, CliText text, DataMapping mapping, IssueList issues, StructureSet structures)
    {
        output.WriteLine(text.Format("map.counts", string.Join(", ", mapping.Maps), text.Number(mapping.Read), text.Number(mapping.Mapped), text.Number(mapping.Read - mapping.Mapped)));
        if (mapping.Pairs.Count > 0)
        {
            int width = mapping.Pairs.Max(p => p.Source.Length);
            foreach ((string source, string target) in mapping.Pairs)
            {
                output.WriteLine($"  {source.PadRight(width)}  ->  {target}");
            }
        }

        IssueGroup[] unmapped = [.. issues.Groups.Where(g => g.Code == IssueCodes.Unmapped && !g.IsOverflow).OrderByDescending(g => g.Observations).ThenBy(g => g.Arguments[0], StringComparer.Ordinal)];
        if (unmapped.Length > 0)
        {
            output.WriteLine(text["map.unmapped"]);
            foreach (IssueGroup group in unmapped)
            {
                Unmapped(output, text, group, structures);
            }
        }

        FindingsText.Write(output, text, issues.Groups.Where(g => g.Code != IssueCodes.Unmapped || g.IsOverflow), 3);
    }

    private static void Unmapped(TextWriter output, CliText text, IssueGroup group, StructureSet structures)
    {
        (string value, string components, string map) = (group.Arguments[0], group.Arguments[1], group.Arguments[2]);
        output.WriteLine($"  {text.Number(group.Observations),10}  {components} = {value}  ({map})");
        foreach (CodeProposal proposal in ProposalsFor(value, map, structures))
        {
            string score = (100 * proposal.Score).ToString("0", CultureInfo.InvariantCulture);
            output.WriteLine($"              {text.Format("map.proposal", proposal.CodeId, proposal.Name.Best(text.Language), score)}");
        }
    }

    /// <summary>Codes of the target that a value may mean; none when the map is not one from list to list.</summary>
    internal static ImmutableArray<CodeProposal> ProposalsFor(string value, string map, StructureSet structures)
    {
        RepresentationMap? representation = structures.Of<RepresentationMap>().FirstOrDefault(m => m.Reference.ToString() == map);
        if (representation is not { Sources.Length: 1, Targets.Length: 1 } || representation.Targets[0].List is not { } list || structures.Find(list) is not ItemScheme target)
        {
            return [];
        }

        LocalisedText name = representation.Sources[0].List is { } source && structures.Find(source) is ItemScheme scheme
            ? scheme.AllItems.FirstOrDefault(i => i.Id == value)?.Name ?? default : default;
        return CodeProposals.For(PartOf(value, representation), name, target.AllItems);
    }

    /// <summary>The part of a value that the map compares: national systems join several codes to one.</summary>
    private static string PartOf(string value, RepresentationMap map)
    {
        (int? start, int? end) = map.Mappings.Select(m => (m.Sources[0].StartIndex, m.Sources[0].EndIndex)).GroupBy(p => p).MaxBy(g => g.Count())?.Key ?? default;
        int from = Math.Clamp(start ?? 0, 0, value.Length);
        return value[from..Math.Clamp(end ?? value.Length, from, value.Length)];
    }
}
