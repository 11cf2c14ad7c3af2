using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;

namespace Dsm.Conformance;

/// <summary>The official XML Schemas of SDMX-ML, each version compiled once for the whole test run.</summary>
public static class OfficialSchemas
{
    private static readonly ConcurrentDictionary<string, Lazy<XmlSchemaSet>> Sets = new();

    /// <summary>The compiled schemas of a version: <c>2.1</c>, <c>3.0</c> or <c>3.1</c>.</summary>
    public static XmlSchemaSet Of(string version) => Sets.GetOrAdd(version, v => new Lazy<XmlSchemaSet>(() => Compile(v))).Value;

    /// <summary>The schemas of 2.1 with those that the sample of reference metadata brings: XHTML, and the structure ESTAT:ESMS(1.0).</summary>
    public static XmlSchemaSet MetadataSample => Sets.GetOrAdd("metadata sample", _ => new Lazy<XmlSchemaSet>(() => Compile(
        "2.1",
        SharedFolder.Path("standards", "sdmx-ml", "2.1", "samples", "demography", "xhtml", "xhtml11.xsd"),
        SharedFolder.Path("standards", "sdmx-ml", "2.1", "samples", "demography", "esms.xsd")))).Value;

    /// <summary>What is wrong with a message by the schemas of a version; empty when it is valid.</summary>
    public static IReadOnlyList<string> Errors(Stream message, string version) => Errors(message, Of(version));

    /// <summary>What is wrong with a message by some schemas; empty when it is valid.</summary>
    public static IReadOnlyList<string> Errors(Stream message, XmlSchemaSet schemas)
    {
        List<string> errors = [];
        XmlReaderSettings settings = new()
        {
            ValidationType = ValidationType.Schema,
            Schemas = schemas,
            ValidationFlags = XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings,
            DtdProcessing = DtdProcessing.Prohibit,
        };
        settings.ValidationEventHandler += (_, e) => errors.Add($"{e.Exception.LineNumber}:{e.Exception.LinePosition} {e.Message}");
        using XmlReader reader = XmlReader.Create(message, settings);
        while (reader.Read() && errors.Count < 20)
        {
        }

        return errors;
    }

    private static XmlSchemaSet Compile(string version, params string[] more)
    {
        string folder = SharedFolder.Path("standards", "sdmx-ml", version, "schemas");
        XmlSchemaSet set = new() { XmlResolver = new LocalResolver() };
        set.Add(null, Path.Combine(folder, "SDMXMessage.xsd"));
        foreach (string path in more)
        {
            set.Add(null, path);
        }

        set.Compile();
        return set;
    }

    /// <summary>Resolves includes from the folder only, never from the network.</summary>
    private sealed class LocalResolver : XmlUrlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn)
            => absoluteUri.IsFile ? base.GetEntity(absoluteUri, role, ofObjectToReturn) : throw new XmlException($"{absoluteUri} is not a file");
    }
}
