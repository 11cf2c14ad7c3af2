using System.Xml;
using System.Xml.Schema;

namespace Dsm.Conformance.Structures;

public class StructuresSchemaTests
{
    [SharedFolderFact]
    public void Every_structure_file_is_valid_against_the_official_schemas()
    {
        XmlSchemaSet schemas = StructureFiles.OfficialSchemas();
        List<string> findings = [];
        foreach (string file in StructureFiles.All())
        {
            XmlReaderSettings settings = new()
            {
                ValidationType = ValidationType.Schema,
                Schemas = schemas,
                DtdProcessing = DtdProcessing.Prohibit,
                ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.ProcessIdentityConstraints,
            };
            settings.ValidationEventHandler += (_, e) =>
                findings.Add($"{StructureFiles.Relative(file)}({e.Exception.LineNumber}): {e.Message}");
            using XmlReader reader = XmlReader.Create(file, settings);
            while (reader.Read())
            {
            }
        }

        findings.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void A_wrong_structure_file_is_refused_by_the_same_check()
    {
        XmlSchemaSet schemas = StructureFiles.OfficialSchemas();
        string text = File.ReadAllText(StructureFiles.All()[0]).Replace("<com:Name", "<com:Nom", StringComparison.Ordinal).Replace("</com:Name", "</com:Nom", StringComparison.Ordinal);
        int errors = 0;
        XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema, Schemas = schemas };
        settings.ValidationEventHandler += (_, _) => errors++;
        using XmlReader reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
        }

        errors.Should().BePositive();
    }

    [Fact]
    public void Every_file_is_named_after_the_artefact_it_holds()
    {
        foreach ((string file, System.Xml.Linq.XElement artefact) in StructureFiles.Artefacts())
        {
            string id = (string)artefact.Attribute("id")!;
            string version = (string?)artefact.Attribute("version") ?? "1.0";
            string name = Path.GetFileNameWithoutExtension(file);
            name.Should().EndWith($"{id}.{version}", StructureFiles.Relative(file));
            Path.GetFileName(Path.GetDirectoryName(file)).Should().Be(artefact.Name.LocalName.ToLowerInvariant(), StructureFiles.Relative(file));
        }
    }
}
