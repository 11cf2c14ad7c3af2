using System.Text;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The versions of SDMX-JSON, by what sets them apart for writers.</summary>
internal sealed class JsonVersion
{
    private JsonVersion(string name, string schema, bool isAtRoot) => (Name, Schema, IsSchemaAtRoot, Start) = (name, schema, isAtRoot, Encoding.UTF8.GetBytes(isAtRoot ? $"{{\"$schema\":\"{schema}\",\"meta\":{{" : $"{{\"meta\":{{\"schema\":\"{schema}\","));

    /// <summary>SDMX-JSON 1.0 (SDMX 2.1): one structure, one measure, all attribute values by index, no groups.</summary>
    public static JsonVersion V10 { get; } = new("1.0", "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/1.0/sdmx-json-data-schema.json", false);

    /// <summary>SDMX-JSON 2.0 (SDMX 3.0). Its schema refuses arrays of whole numbers: see <see cref="HasIndexArrays"/>.</summary>
    public static JsonVersion V20 { get; } = new("2.0", "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json", false);

    /// <summary>SDMX-JSON 2.1 (SDMX 3.1).</summary>
    public static JsonVersion V21 { get; } = new("2.1", "https://json.sdmx.org/2.1/sdmx-json-data-schema.json", true);

    /// <summary>Version.</summary>
    public string Name { get; }

    /// <summary>Address of the official schema of data messages.</summary>
    public string Schema { get; }

    /// <summary>True when the address stands in <c>$schema</c> of the message, not in its header.</summary>
    public bool IsSchemaAtRoot { get; }

    /// <summary>The first bytes of a message, up to the first member of <c>meta</c> that is not the schema.</summary>
    public byte[] Start { get; }

    /// <summary>True for SDMX-JSON 1.0.</summary>
    public bool Is1 => this == V10;

    /// <summary>True where several codes of one component may be an array of indices. The schema of 2.0 has each whole number match two alternatives of which one must hold.</summary>
    public bool HasIndexArrays => this == V21;

    /// <summary>The version of a format.</summary>
    public static JsonVersion Of(SdmxFormat format) => format.Standard switch { "2.1" => V10, "3.0" => V20, _ => V21 };
}
