using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Processes and reporting taxonomies, which differ between the versions only in their references.</summary>
internal abstract partial class StructureXml
{
    /// <summary>Writes a process.</summary>
    protected void Process(Process process)
    {
        bool content = Begin(process);
        Names(process);
        foreach (ProcessStep step in content ? process.Steps : [])
        {
            ProcessStep(step);
        }

        End();
    }

    private void ProcessStep(ProcessStep step)
    {
        BeginItem("ProcessStep", step);
        foreach (ProcessArtefact input in step.Inputs)
        {
            ProcessArtefact("Input", input);
        }

        foreach (ProcessArtefact output in step.Outputs)
        {
            ProcessArtefact("Output", output);
        }

        Computation(step.Computation);
        foreach (Transition transition in step.Transitions)
        {
            Start("Transition");
            Attribute("id", transition.Id);
            Attribute("uri", transition.Uri);
            Attribute("localID", transition.LocalId);
            Annotations(transition.Annotations);
            Links(transition.Links, "Transition", transition.Id ?? step.Id);
            Inner("TargetStep", transition.TargetStep);
            // The schemas require a condition.
            Texts("Condition", transition.Condition.IsEmpty ? LocalisedText.Of("") : transition.Condition, Namespaces.Structure);
            End();
        }

        foreach (ProcessStep child in step.Children)
        {
            ProcessStep(child);
        }

        End();
    }

    private void ProcessArtefact(string element, ProcessArtefact artefact)
    {
        Start(element);
        Attribute("localID", artefact.LocalId);
        Annotations(artefact.Annotations);
        Reference("ObjectReference", artefact.Object);
        End();
    }

    private void Computation(Computation? computation)
    {
        if (computation is null)
        {
            return;
        }

        Start("Computation");
        Attribute("localID", computation.LocalId);
        Attribute("softwarePackage", computation.SoftwarePackage);
        Attribute("softwareLanguage", computation.SoftwareLanguage);
        Attribute("softwareVersion", computation.SoftwareVersion);
        Annotations(computation.Annotations);
        Texts("Description", computation.Description.IsEmpty ? LocalisedText.Of("") : computation.Description, Namespaces.Common);
        End();
    }

    /// <summary>Writes a reporting taxonomy.</summary>
    protected void ReportingTaxonomy(ReportingTaxonomy taxonomy)
    {
        bool content = Begin(taxonomy);
        Names(taxonomy);
        foreach (ReportingCategory category in content ? taxonomy.Categories : [])
        {
            ReportingCategory(category, taxonomy);
        }

        End();
    }

    private void ReportingCategory(ReportingCategory category, ReportingTaxonomy taxonomy)
    {
        BeginItem("ReportingCategory", category);
        foreach (ReportingCategory child in category.Children)
        {
            ReportingCategory(child, taxonomy);
        }

        References("StructuralMetadata", category.StructuralMetadata);
        if (category.StructuralMetadata.IsEmpty)
        {
            References("ProvisioningMetadata", category.ProvisioningMetadata);
        }
        else
        {
            NotCarried("ReportingCategory.ProvisioningMetadata", category.ProvisioningMetadata, $"{taxonomy.Reference}.{category.Id}");
        }

        End();
    }
}
