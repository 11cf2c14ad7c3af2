using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Reporting taxonomies and processes.</summary>
internal sealed partial class Structure20Parser
{
    private ReportingTaxonomy ReportingTaxonomy(Structure20Head head)
    {
        ImmutableArray<ReportingCategory>.Builder categories = ImmutableArray.CreateBuilder<ReportingCategory>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Category":
                    categories.Add(ReportingCategory());
                    break;
                case "DataflowRef" or "MetadataflowRef":
                    NotCarried($"{name} of {head.Type.Class} {head.Id}"); // in later versions only categories have flows
                    break;
                default:
                    Other(head, name);
                    break;
            }
        }

        return head.Complete(new ReportingTaxonomy { AgencyId = head.AgencyId, Id = head.Id, Categories = categories.ToImmutable() });
    }

    private ReportingCategory ReportingCategory()
    {
        ReportingCategory category = new() { Id = ItemId("id"), Uri = cursor.Attribute("uri") };
        ImmutableArray<ReportingCategory>.Builder children = ImmutableArray.CreateBuilder<ReportingCategory>();
        ImmutableArray<StructureReference>.Builder flows = ImmutableArray.CreateBuilder<StructureReference>();
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Category":
                    children.Add(ReportingCategory());
                    break;
                case "DataflowRef" or "MetadataflowRef":
                    if (Reference(name == "DataflowRef" ? StructureType.Dataflow : StructureType.Metadataflow) is { } flow)
                    {
                        flows.Add(Settle(flow));
                    }

                    break;
                default:
                    OtherPart(parts, name, "Category");
                    break;
            }
        }

        return category with
        {
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            Children = children.ToImmutable(),
            ProvisioningMetadata = flows.ToImmutable(),
        };
    }

    private Process Process(Structure20Head head)
    {
        ImmutableArray<ProcessStep>.Builder steps = ImmutableArray.CreateBuilder<ProcessStep>();
        foreach (string name in cursor.Children())
        {
            if (name == "ProcessStep")
            {
                steps.Add(ProcessStep());
            }
            else
            {
                Other(head, name);
            }
        }

        return head.Complete(new Process { AgencyId = head.AgencyId, Id = head.Id, Steps = steps.ToImmutable() });
    }

    private ProcessStep ProcessStep()
    {
        ProcessStep step = new() { Id = ItemId("id") };
        ImmutableArray<ProcessStep>.Builder children = ImmutableArray.CreateBuilder<ProcessStep>();
        ImmutableArray<Transition>.Builder transitions = ImmutableArray.CreateBuilder<Transition>();
        Computation? computation = null;
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ProcessStep":
                    children.Add(ProcessStep());
                    break;
                case "Input" or "Output":
                    NotCarried($"{name} of ProcessStep {step.Id}"); // 2.0 names a class of objects here, later versions an object
                    break;
                case "Computation":
                    computation = Computation(step.Id);
                    break;
                case "Transition":
                    transitions.Add(Transition(step.Id));
                    break;
                default:
                    OtherPart(parts, name, "ProcessStep");
                    break;
            }
        }

        return step with
        {
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            Computation = computation,
            Transitions = transitions.ToImmutable(),
            Children = children.ToImmutable(),
        };
    }

    private Computation Computation(string step)
    {
        (string? software, string? version) = (cursor.Attribute("softwarePackage"), cursor.Attribute("softwareVersion"));
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            OtherPart(parts, name, "Computation");
        }

        if (!parts.Name.IsEmpty)
        {
            NotCarried($"Name of the Computation of ProcessStep {step}");
        }

        return new Computation { SoftwarePackage = software, SoftwareVersion = version, Description = parts.Description, Annotations = parts.Annotations };
    }

    private Transition Transition(string step)
    {
        (string? target, Location location) = (null, cursor.Location);
        List<KeyValuePair<string, string>> conditions = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TargetStep":
                    target = cursor.Token();
                    break;
                case "Condition":
                    conditions.Add(new(cursor.Language, cursor.Text()));
                    break;
                default:
                    cursor.Unexpected("Transition");
                    break;
            }
        }

        if (string.IsNullOrEmpty(target))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, "TargetStep", $"ProcessStep {step}");
        }

        return new Transition(null, target ?? "", new LocalisedText(conditions));
    }
}
