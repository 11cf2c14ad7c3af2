using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Regions and keys of constraints.</summary>
internal sealed partial class StructureParser
{
    internal CubeRegion Region()
    {
        bool included = cursor.Flag("include") ?? true;
        NameParts about = new();
        ImmutableArray<MemberSelection> selections = Selections(about, "CubeRegion");
        return new CubeRegion(included, selections) { Annotations = about.Annotations };
    }

    internal MetadataTargetRegion TargetRegion()
    {
        MetadataTargetRegion region = new(cursor.Flag("include") ?? true, [])
        {
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            Report = cursor.Attribute("report"),
            MetadataTarget = cursor.Attribute("metadataTarget"),
        };
        return region with { Selections = Selections(new NameParts(), "MetadataTargetRegion") };
    }

    internal DataKeySet KeySet()
    {
        bool included = cursor.Flag("isIncluded") ?? true;
        ImmutableArray<DataKey>.Builder keys = ImmutableArray.CreateBuilder<DataKey>();
        foreach (string _ in cursor.Children())
        {
            keys.Add(Key());
        }

        return new DataKeySet(included, keys.ToImmutable());
    }

    internal DataKey Key()
    {
        DataKey key = new([])
        {
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            Report = cursor.Attribute("report"),
            MetadataTarget = cursor.Attribute("metadataTarget"),
        };
        NameParts about = new();
        ImmutableArray<MemberSelection> selections = Selections(about, "Key");
        return key with { Selections = selections, Annotations = about.Annotations };
    }

    private ImmutableArray<MemberSelection> Selections(NameParts about, string element)
    {
        ImmutableArray<MemberSelection>.Builder selections = ImmutableArray.CreateBuilder<MemberSelection>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "KeyValue":
                    selections.Add(Selection());
                    break;
                case "Attribute" or "Component":
                    selections.Add(Selection() with { IsAttribute = true });
                    break;
                default:
                    OtherPart(about, name, element);
                    break;
            }
        }

        return selections.ToImmutable();
    }

    private MemberSelection Selection()
    {
        MemberSelection selection = new()
        {
            ComponentId = cursor.Attribute("id") ?? "",
            IsIncluded = cursor.Flag("include") ?? true,
            RemovePrefix = cursor.Flag("removePrefix") ?? false,
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
        };
        if (selection.ComponentId.Length == 0)
        {
            cursor.Report(IssueCodes.MissingElement, "id", cursor.Name);
        }

        ImmutableArray<MemberValue>.Builder values = ImmutableArray.CreateBuilder<MemberValue>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Value":
                    values.Add(Value());
                    break;
                case "TimeRange":
                    selection = TimeRange(selection with { RangeValidFrom = cursor.Attribute("validFrom"), RangeValidTo = cursor.Attribute("validTo") });
                    break;
                case "Object":
                    selection = Reference("Any") is { } reference ? selection with { Objects = selection.Objects.Add(reference) } : selection;
                    break;
                case "DataSet":
                    selection = SetReference() is { } set ? selection with { DataSets = selection.DataSets.Add(set) } : selection;
                    break;
                case "DataKey":
                    selection = selection with { DataKeys = selection.DataKeys.Add(Key()) };
                    break;
                default:
                    cursor.Unexpected("KeyValue");
                    break;
            }
        }

        return selection with { Values = values.ToImmutable() };
    }

    private MemberValue Value()
    {
        (CascadeValues cascade, string? from, string? to, string? language) = (Cascade(), cursor.Attribute("validFrom"), cursor.Attribute("validTo"), cursor.StatedLanguage);
        return new MemberValue(cursor.Text(), cascade) { ValidFrom = from, ValidTo = to, Language = language };
    }

    private MemberSelection TimeRange(MemberSelection selection)
    {
        foreach (string name in cursor.Children())
        {
            bool inclusive = cursor.Flag("isInclusive") ?? true;
            string period = cursor.Token();
            selection = name switch
            {
                "StartPeriod" or "AfterPeriod" => selection with { StartPeriod = period, StartInclusive = inclusive },
                _ => selection with { EndPeriod = period, EndInclusive = inclusive },
            };
        }

        return selection;
    }
}
