using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Reporting taxonomies and processes.</summary>
internal sealed partial class JsonStructureParser
{
    private ReportingTaxonomy? ReportingTaxonomy()
    {
        Parts parts = Begin();
        ImmutableArray<ReportingCategory> categories = [];
        foreach (string member in cursor.Members())
        {
            if (member == "reportingCategories")
            {
                categories = Items(ReportingCategory, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new ReportingTaxonomy { AgencyId = agency, Id = id, IsPartial = parts.IsPartial, Categories = categories });
    }

    private ReportingCategory? ReportingCategory()
    {
        Parts parts = Begin();
        ReportingCategory category = new() { Id = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "structuralMetadata":
                    category = category with { StructuralMetadata = References() };
                    break;
                case "provisioningMetadata":
                    category = category with { ProvisioningMetadata = References() };
                    break;
                case "reportingCategories":
                    category = category with { Children = Items(ReportingCategory, parts.Id ?? member) };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return Complete(parts, category);
    }

    private Process? Process()
    {
        Parts parts = Begin();
        ImmutableArray<ProcessStep> steps = [];
        foreach (string member in cursor.Members())
        {
            if (member == "processSteps")
            {
                steps = Items(ProcessStep, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new Process { AgencyId = agency, Id = id, Steps = steps });
    }

    private ProcessStep? ProcessStep()
    {
        Parts parts = Begin();
        ProcessStep step = new() { Id = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "inputs":
                    step = step with { Inputs = List(ProcessArtefact) };
                    break;
                case "outputs":
                    step = step with { Outputs = List(ProcessArtefact) };
                    break;
                case "computation":
                    step = step with { Computation = Computation() };
                    break;
                case "transitions":
                    step = step with { Transitions = List(Transition) };
                    break;
                case "processSteps":
                    step = step with { Children = Items(ProcessStep, parts.Id ?? member) };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return Complete(parts, step);
    }

    private ProcessArtefact? ProcessArtefact()
    {
        Parts parts = Begin();
        StructureReference? reference = null;
        string? local = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "objectReference":
                    reference = Reference();
                    break;
                case "localID":
                    local = cursor.Text();
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return reference is null ? null : new ProcessArtefact(reference, local) { Annotations = parts.Annotations };
    }

    private Computation Computation()
    {
        Parts parts = Begin();
        Computation computation = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "localID":
                    computation = computation with { LocalId = cursor.Text() };
                    break;
                case "softwarePackage":
                    computation = computation with { SoftwarePackage = cursor.Text() };
                    break;
                case "softwareLanguage":
                    computation = computation with { SoftwareLanguage = cursor.Text() };
                    break;
                case "softwareVersion":
                    computation = computation with { SoftwareVersion = cursor.Text() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return computation with { Description = parts.Description, Annotations = parts.Annotations };
    }

    private Transition Transition()
    {
        Parts parts = Begin();
        (string? target, string? local, string? best) = (null, null, null);
        LocalisedText condition = default;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "targetStep":
                    target = ItemOf(cursor.Text());
                    break;
                case "localID":
                    local = cursor.Text();
                    break;
                case "condition":
                    best = cursor.Text();
                    break;
                case "conditions":
                    condition = JsonMeta.Languages(cursor);
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new Transition(parts.Id, target ?? "", condition.IsEmpty && best is not null ? LocalisedText.Of(best) : condition)
        {
            LocalId = local,
            Annotations = parts.Annotations,
            Links = [.. parts.Links],
            Uri = parts.Uri,
        };
    }
}
