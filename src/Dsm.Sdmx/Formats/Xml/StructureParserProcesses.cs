using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Processes and reporting taxonomies.</summary>
internal sealed partial class StructureParser
{
    private Process Process(Header header)
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
                Other(header, name);
            }
        }

        return Complete(new Process { AgencyId = header.AgencyId, Id = header.Id, Steps = steps.ToImmutable() }, header);
    }

    private ProcessStep ProcessStep()
    {
        ProcessStep step = new() { Id = ItemId(), Uri = cursor.Attribute("uri") };
        List<ProcessArtefact> inputs = [], outputs = [];
        List<Transition> transitions = [];
        List<ProcessStep> children = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Input" or "Output":
                    if (ProcessArtefact(name) is { } artefact)
                    {
                        (name == "Input" ? inputs : outputs).Add(artefact);
                    }

                    break;
                case "Computation":
                    step = step with { Computation = Computation() };
                    break;
                case "Transition":
                    transitions.Add(Transition());
                    break;
                case "ProcessStep":
                    children.Add(ProcessStep());
                    break;
                default:
                    OtherPart(parts, name, "ProcessStep");
                    break;
            }
        }

        return Named(step with { Inputs = [.. inputs], Outputs = [.. outputs], Transitions = [.. transitions], Children = [.. children] }, parts);
    }

    private ProcessArtefact? ProcessArtefact(string element)
    {
        string? localId = cursor.Attribute("localID");
        StructureReference? reference = null;
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (name == "ObjectReference")
            {
                reference = Reference("Any");
            }
            else
            {
                OtherPart(parts, name, element);
            }
        }

        return reference is null ? null : new ProcessArtefact(reference, localId) { Annotations = parts.Annotations };
    }

    private Computation Computation()
    {
        Computation computation = new()
        {
            LocalId = cursor.Attribute("localID"),
            SoftwarePackage = cursor.RawAttribute("softwarePackage"),
            SoftwareLanguage = cursor.RawAttribute("softwareLanguage"),
            SoftwareVersion = cursor.RawAttribute("softwareVersion"),
        };
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            OtherPart(parts, name, "Computation");
        }

        return computation with { Description = parts.Description, Annotations = parts.Annotations };
    }

    private Transition Transition()
    {
        Transition transition = new(cursor.Attribute("id"), "", default) { LocalId = cursor.Attribute("localID"), Uri = cursor.Attribute("uri") };
        List<KeyValuePair<string, string>> conditions = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TargetStep":
                    transition = transition with { TargetStep = LocalReference() };
                    break;
                case "Condition":
                    conditions.Add(new(cursor.Language, cursor.Text()));
                    break;
                default:
                    OtherPart(parts, name, "Transition");
                    break;
            }
        }

        return transition with { Condition = NameParts.Text(conditions), Annotations = parts.Annotations, Links = parts.Links };
    }

    private ReportingTaxonomy ReportingTaxonomy(Header header)
    {
        ImmutableArray<ReportingCategory>.Builder categories = ImmutableArray.CreateBuilder<ReportingCategory>();
        foreach (string name in cursor.Children())
        {
            if (name == "ReportingCategory")
            {
                categories.Add(ReportingCategory());
            }
            else
            {
                Other(header, name);
            }
        }

        return Complete(new ReportingTaxonomy { AgencyId = header.AgencyId, Id = header.Id, IsPartial = header.IsPartial, Categories = categories.ToImmutable() }, header);
    }

    private ReportingCategory ReportingCategory()
    {
        ReportingCategory category = new() { Id = ItemId(), Uri = cursor.Attribute("uri") };
        List<ReportingCategory> children = [];
        List<StructureReference> structures = [], usages = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ReportingCategory":
                    children.Add(ReportingCategory());
                    break;
                case "StructuralMetadata" or "ProvisioningMetadata":
                    if (Reference(name == "StructuralMetadata" ? "DataStructure" : "Dataflow") is { } reference)
                    {
                        (name == "StructuralMetadata" ? structures : usages).Add(reference);
                    }

                    break;
                default:
                    OtherPart(parts, name, "ReportingCategory");
                    break;
            }
        }

        return Named(category with { Children = [.. children], StructuralMetadata = [.. structures], ProvisioningMetadata = [.. usages] }, parts);
    }
}
