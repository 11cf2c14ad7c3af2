using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Key sets, cube regions and their selections.</summary>
internal sealed partial class JsonStructureParser
{
    private DataKeySet KeySet()
    {
        bool included = true;
        ImmutableArray<DataKey> keys = [];
        foreach (string member in cursor.Members())
        {
            if (member == "isIncluded")
            {
                included = cursor.Flag() ?? true;
            }
            else if (member == "keys")
            {
                keys = List(Key);
            }
        }

        return new DataKeySet(included, keys);
    }

    private DataKey Key()
    {
        Parts parts = Begin();
        List<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            if (member is "keyValues" or "components")
            {
                selections.AddRange(List(() => Selection(isAttribute: member == "components")));
            }
            else
            {
                Header(parts, member);
            }
        }

        return new DataKey([.. selections]) { ValidFrom = parts.ValidFrom, ValidTo = parts.ValidTo, Annotations = parts.Annotations };
    }

    private CubeRegion Region()
    {
        Parts parts = Begin();
        bool included = true;
        List<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "include" or "isIncluded":
                    included = cursor.Flag() ?? true;
                    break;
                case "keyValues" or "components" or "attributes":
                    selections.AddRange(List(() => Selection(isAttribute: member != "keyValues")));
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new CubeRegion(included, [.. selections]) { Annotations = parts.Annotations };
    }

    private MetadataTargetRegion TargetRegion()
    {
        Parts parts = Begin();
        bool included = true;
        ImmutableArray<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "include":
                    included = cursor.Flag() ?? true;
                    break;
                case "components":
                    selections = List(() => Selection(isAttribute: true));
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return new MetadataTargetRegion(included, selections) { ValidFrom = parts.ValidFrom, ValidTo = parts.ValidTo };
    }

    private MemberSelection? Selection(bool isAttribute)
    {
        Location location = cursor.Location;
        MemberSelection selection = new() { ComponentId = "", IsAttribute = isAttribute };
        ImmutableArray<string> cascades = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    selection = selection with { ComponentId = cursor.Text() ?? "" };
                    break;
                case "include":
                    selection = selection with { IsIncluded = cursor.Flag() ?? true };
                    break;
                case "removePrefix":
                    selection = selection with { RemovePrefix = cursor.Flag() ?? false };
                    break;
                case "validFrom":
                    selection = selection with { ValidFrom = cursor.Text() };
                    break;
                case "validTo":
                    selection = selection with { ValidTo = cursor.Text() };
                    break;
                case "value":
                    selection = selection with { Values = [new MemberValue(cursor.Text() ?? "")] };
                    break;
                case "values":
                    selection = selection with { Values = MemberValues() };
                    break;
                case "cascadeValues":
                    cascades = Texts();
                    break;
                case "timeRange":
                    selection = TimeRange(selection);
                    break;
            }
        }

        if (selection.ComponentId.Length == 0)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, "id", "keyValues");
            return null;
        }

        // 1.0 names the values that take their descendants with them in a list of their own.
        return cascades.IsEmpty ? selection : selection with
        {
            Values = [.. selection.Values, .. cascades.Select(c => new MemberValue(c, CascadeValues.WithRoot))],
        };
    }

    private MemberSelection TimeRange(MemberSelection selection)
    {
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "startPeriod" or "afterPeriod":
                    (string? start, string? startInclusive) = Period("period", "isInclusive");
                    selection = selection with { StartPeriod = start, StartInclusive = startInclusive != "false" };
                    break;
                case "endPeriod" or "beforePeriod":
                    (string? end, string? endInclusive) = Period("period", "isInclusive");
                    selection = selection with { EndPeriod = end, EndInclusive = endInclusive != "false" };
                    break;
                case "validFrom":
                    selection = selection with { RangeValidFrom = cursor.Text() };
                    break;
                case "validTo":
                    selection = selection with { RangeValidTo = cursor.Text() };
                    break;
            }
        }

        return selection;
    }
}
