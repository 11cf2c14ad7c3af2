using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints on data.</summary>
internal sealed partial class StructureParser
{
    private DataConstraint DataConstraint(Header header)
    {
        // 2.1: @type, Actual when not said. 3.0: @role, required. 3.1 has no role: what it calls a data constraint is what is allowed.
        string? role = cursor.Attribute("role") ?? cursor.Attribute("type");
        ConstraintRole fallback = _version3 ? ConstraintRole.Allowed : ConstraintRole.Actual;
        if (role is not (null or "Allowed" or "Actual"))
        {
            cursor.Report(IssueCodes.InvalidText, role, "role", "Allowed or Actual");
        }

        DataConstraint constraint = new()
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Role = role switch { "Allowed" => ConstraintRole.Allowed, "Actual" => ConstraintRole.Actual, _ => fallback },
        };
        ImmutableArray<CubeRegion>.Builder regions = ImmutableArray.CreateBuilder<CubeRegion>();
        ImmutableArray<DataKeySet>.Builder keySets = ImmutableArray.CreateBuilder<DataKeySet>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ConstraintAttachment":
                    constraint = constraint with { Attachments = Attachments() };
                    break;
                case "ReleaseCalendar":
                    constraint = constraint with { ReleaseCalendar = Calendar() };
                    break;
                case "ReferencePeriod":
                    constraint = constraint with { ReferencePeriodStart = cursor.Attribute("startTime"), ReferencePeriodEnd = cursor.Attribute("endTime") };
                    break;
                case "CubeRegion":
                    regions.Add(Region());
                    break;
                case "DataKeySet":
                    keySets.Add(KeySet());
                    break;
                case "MetadataKeySet" or "MetadataTargetRegion":
                    cursor.Skipped(name);
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        return Complete(constraint with { Regions = regions.ToImmutable(), KeySets = keySets.ToImmutable() }, header);
    }

    private ImmutableArray<StructureReference> Attachments()
    {
        ImmutableArray<StructureReference>.Builder attachments = ImmutableArray.CreateBuilder<StructureReference>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DataProvider" or "DataStructure" or "Dataflow" or "ProvisionAgreement":
                    if (Reference(name) is { } reference)
                    {
                        attachments.Add(reference);
                    }

                    break;
                default:
                    cursor.Skipped($"{name} of ConstraintAttachment");
                    break;
            }
        }

        return attachments.ToImmutable();
    }

    private ReleaseCalendar Calendar()
    {
        (string periodicity, string offset, string tolerance) = ("", "", "");
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Periodicity":
                    periodicity = cursor.Token();
                    break;
                case "Offset":
                    offset = cursor.Token();
                    break;
                default:
                    tolerance = cursor.Token();
                    break;
            }
        }

        return new ReleaseCalendar(periodicity, offset, tolerance);
    }

    private CubeRegion Region()
    {
        bool included = cursor.Flag("include") ?? true;
        ImmutableArray<MemberSelection>.Builder selections = ImmutableArray.CreateBuilder<MemberSelection>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "KeyValue":
                    selections.Add(Selection() with { IsAttribute = false });
                    break;
                case "Attribute" or "Component":
                    selections.Add(Selection() with { IsAttribute = true });
                    break;
                case "Annotations":
                    cursor.Skipped("Annotations of CubeRegion");
                    break;
                default:
                    cursor.Unexpected("CubeRegion");
                    break;
            }
        }

        return new CubeRegion(included, selections.ToImmutable());
    }

    private MemberSelection Selection()
    {
        MemberSelection selection = new()
        {
            ComponentId = cursor.Attribute("id") ?? "",
            IsIncluded = cursor.Flag("include") ?? true,
            RemovePrefix = cursor.Flag("removePrefix") ?? false,
        };
        if (selection.ComponentId.Length == 0)
        {
            cursor.Report(IssueCodes.MissingElement, "id", cursor.Name);
        }

        SkipValidity("KeyValue");
        ImmutableArray<MemberValue>.Builder values = ImmutableArray.CreateBuilder<MemberValue>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Value":
                    SkipValidity("Value");
                    CascadeValues cascade = Cascade();
                    values.Add(new MemberValue(cursor.Text(), cascade));
                    break;
                case "TimeRange":
                    SkipValidity("TimeRange");
                    selection = TimeRange(selection);
                    break;
                default:
                    cursor.Skipped($"{name} of KeyValue");
                    break;
            }
        }

        return selection with { Values = values.ToImmutable() };
    }

    private void SkipValidity(string element)
    {
        if (cursor.Attribute("validFrom") is not null || cursor.Attribute("validTo") is not null)
        {
            cursor.Skipped($"validity of {element}");
        }
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

    private DataKeySet KeySet()
    {
        bool included = cursor.Flag("isIncluded") ?? true;
        ImmutableArray<ImmutableDictionary<string, string>>.Builder keys = ImmutableArray.CreateBuilder<ImmutableDictionary<string, string>>();
        foreach (string _ in cursor.Children())
        {
            ImmutableDictionary<string, string>.Builder key = ImmutableDictionary.CreateBuilder<string, string>();
            foreach (string name in cursor.Children())
            {
                if (name == "KeyValue")
                {
                    MemberSelection selection = Selection();
                    if (selection.Values.Length > 1)
                    {
                        // 3.1 allows several; one key for each would say the same, but nothing here writes or stores them.
                        cursor.Skipped("further Value of Key");
                    }

                    key[selection.ComponentId] = selection.Values.Length > 0 ? selection.Values[0].Value : "";
                }
                else
                {
                    cursor.Skipped($"{name} of Key");
                }
            }

            keys.Add(key.ToImmutable());
        }

        return new DataKeySet(included, keys.ToImmutable());
    }
}
