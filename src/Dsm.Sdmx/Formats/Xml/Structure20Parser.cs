using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads structures of SDMX-ML 2.0 (and of 1.0, whose shape is the same with other names of attributes) onto the model of the later
/// versions: key families become data structures, standalone concepts a concept scheme of their agency, organisation schemes the
/// schemes of agencies, providers and consumers, dataflows in categories categorisations, structure sets structure and representation
/// maps. What has no place there is reported (<c>S0006</c>, <c>S0007</c>). Parts by theme stand in the other files of this class.
/// </summary>
internal sealed partial class Structure20Parser(XmlCursor cursor, List<Maintainable> artefacts)
{
    /// <summary>Named in findings about what could not be kept.</summary>
    private const string Target = "SDMX 2.1";

    private readonly HashSet<(string Class, string Agency, string Id, string Version)> _seen = [];

    /// <summary>Agency of the artefact being read; holds for references that name none.</summary>
    private string _agency = "";

    /// <summary>Reads the message whose root the cursor stands on; <paramref name="readHeader"/> reads the Header element.</summary>
    public void Message(SdmxFormat format, Action readHeader)
    {
        try
        {
            if (cursor.Name == "QueryMessage")
            {
                cursor.Report(IssueCodes.WrongMessageKind, format.Name, "SDMX-ML structure");
                return;
            }

            foreach (string name in cursor.Children())
            {
                if (name == "Header")
                {
                    readHeader();
                }
                else if (format.Kind == MessageKind.Registry)
                {
                    RegistryBody(name);
                }
                else
                {
                    Container(name);
                }
            }
        }
        finally
        {
            // Also of a message that breaks off: what was read is kept.
            Finish();
        }
    }

    private void RegistryBody(string name)
    {
        if (name is not ("QueryStructureResponse" or "SubmitStructureRequest" or "QueryProvisioningResponse" or "SubmitProvisioningRequest"))
        {
            cursor.Report(IssueCodes.WrongMessageKind, name, "SDMX-ML structure");
            return;
        }

        foreach (string part in cursor.Children())
        {
            switch (part)
            {
                case "StatusMessage":
                    Status();
                    break;
                case "StructureLocation" or "SubmittedStructure" or "ProvisioningLocation":
                    cursor.Skipped(part);
                    break;
                case "Structure":
                    foreach (string container in cursor.Children())
                    {
                        Container(container);
                    }

                    break;
                default:
                    Container(part);
                    break;
            }
        }
    }

    /// <summary>What a registry says of its answer; a failure means that there is none.</summary>
    private void Status()
    {
        (string status, Location location) = (cursor.Attribute("status") ?? "", cursor.Location);
        string code = "";
        List<string> texts = [];
        foreach (string part in cursor.Children())
        {
            code = part == "MessageText" && code.Length == 0 ? cursor.Attribute("code") ?? "" : code;
            texts.Add(cursor.Token());
        }

        if (status == "Failure")
        {
            cursor.Issues.Add(IssueCodes.SdmxErrorMessage, location, code, string.Join(' ', texts));
        }
        else if (texts.Count > 0)
        {
            cursor.Issues.Add(IssueCodes.FooterMessage, location, status, code, string.Join(' ', texts));
        }
    }

    private void Container(string name)
    {
        switch (name)
        {
            case "Agencies":
                AgenciesOf10();
                break;
            case "OrganisationSchemes" or "Dataflows" or "Metadataflows" or "CategorySchemes" or "CodeLists" or "HierarchicalCodelists" or "Concepts"
                or "MetadataStructureDefinitions" or "KeyFamilies" or "StructureSets" or "ReportingTaxonomies" or "Processes":
                foreach (string artefact in cursor.Children())
                {
                    Artefact(artefact);
                }

                break;
            default:
                // Some services leave the container out.
                Artefact(name);
                break;
        }
    }

    private void Artefact(string element)
    {
        switch (element)
        {
            case "CodeList" or "Codelist":
                With(StructureType.Codelist, Codelist);
                break;
            case "Concept":
                StandaloneConcept();
                break;
            case "ConceptScheme":
                With(StructureType.ConceptScheme, ConceptScheme);
                break;
            case "KeyFamily":
                With(StructureType.DataStructure, KeyFamily);
                break;
            case "Dataflow":
                With(StructureType.Dataflow, Dataflow);
                break;
            case "Metadataflow":
                With(StructureType.Metadataflow, Metadataflow);
                break;
            case "CategoryScheme":
                With(StructureType.CategoryScheme, CategoryScheme);
                break;
            case "OrganisationScheme":
                OrganisationScheme();
                break;
            case "HierarchicalCodelist":
                HierarchicalCodelist();
                break;
            case "MetadataStructureDefinition":
                With(StructureType.MetadataStructure, MetadataStructure);
                break;
            case "StructureSet":
                StructureSet();
                break;
            case "ProvisionAgreement":
                ProvisionAgreement();
                break;
            case "ReportingTaxonomy":
                With(StructureType.ReportingTaxonomy, ReportingTaxonomy);
                break;
            case "Process":
                With(StructureType.Process, Process);
                break;
            case "Annotations":
                cursor.Skipped("Annotations of Structure");
                break;
            default:
                cursor.Unexpected("Structure");
                break;
        }
    }

    private void With(StructureType type, Func<Structure20Head, Maintainable?> read)
    {
        if (ReadHead(type) is { } head && read(head) is { } artefact)
        {
            Take(artefact, head.Location);
        }
    }

    private void Take(Maintainable artefact, Location location)
    {
        if (!_seen.Add((artefact.Type.Class, artefact.AgencyId, artefact.Id, artefact.Version.ToString())))
        {
            cursor.Issues.Add(IssueCodes.DuplicateId, location, artefact.Reference, artefact.Type.Class);
        }

        artefacts.Add(artefact);
        Know(artefact);
    }

    /// <summary>What only the whole message tells: schemes put together from several places, and references without version to what came later.</summary>
    private void Finish()
    {
        TakeStandaloneConcepts();
        TakeOrganisations();
        for (int i = 0; i < artefacts.Count; i++)
        {
            artefacts[i] = artefacts[i] switch
            {
                Dataflow { Structure: { } structure } flow => flow with { Structure = Settle(structure) },
                Metadataflow { Structure: { } structure } flow => flow with { Structure = Settle(structure) },
                _ => artefacts[i],
            };
        }

        TakeCategorisations();
    }

    private void NotCarried(string what) => cursor.Report(IssueCodes.NotCarried, what, Target);
}
