using System.Diagnostics;
using System.Text.Json;
using Dsm.Sdmx.Formats;
using Dsm.Tests;

namespace Dsm.Conformance.JsonSchemas;

/// <summary>Ajv, a validator of JSON Schema for Node.js, with the official schemas of SDMX-JSON; one process for all tests.</summary>
internal static class Ajv
{
    private static readonly Lock Turn = new();

    private static readonly Lazy<System.Diagnostics.Process> Validator = new(Start);

    /// <summary>Why messages cannot be validated here; null when they can.</summary>
    public static string? Absent { get; } = Environment.GetEnvironmentVariable("DSM_AJV") is not { Length: > 0 } folder || !Directory.Exists(Path.Combine(folder, "node_modules", "ajv"))
        ? "Ajv is not installed (./hub test installs it where npm is there, and names its folder in DSM_AJV)."
        : SharedFolder.WhyAbsent;

    /// <summary>What is wrong with a message; empty when it is valid.</summary>
    public static string[] Errors(SdmxFormat format, byte[] message)
    {
        string version = format.Version[..3];
        string kind = format.Kind switch
        {
            MessageKind.JsonStructure => "structure",
            MessageKind.JsonMetadata => "metadata",
            _ => "data",
        };
        string draft = version switch { "1.0" => "04", "2.0" => "07", _ => "2019" };
        return Errors(SharedFolder.Path("standards", "sdmx-json", version, "schemas", $"sdmx-json-{kind}-schema.json"), draft, null, message);
    }

    /// <summary>What is wrong with a data message of 2.0 or 2.1 by a schema made for its structure, which refers to the official one.</summary>
    public static string[] Errors(SdmxFormat format, byte[] schema, byte[] message)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, schema);
            string version = format.Version[..3];
            string official = SharedFolder.Path("standards", "sdmx-json", version, "schemas", "sdmx-json-data-schema.json");
            return Errors(file, version == "2.1" ? "2019" : "07", official, message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Errors(string schema, string draft, string? @base, byte[] message)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, message);
            lock (Turn)
            {
                Validator.Value.StandardInput.WriteLine(JsonSerializer.Serialize(new { schema, draft, @base, message = file }));
                Validator.Value.StandardInput.Flush();
                string? answer = Validator.Value.StandardOutput.ReadLine();
                return answer is null ? ["The validator ended."] : JsonSerializer.Deserialize<string[]>(answer)!;
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static System.Diagnostics.Process Start()
    {
        ProcessStartInfo start = new("node", [Path.Combine(AppContext.BaseDirectory, "JsonSchemas", "validate.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit(1000);
        };
        return process;
    }
}

/// <summary>A test that needs Ajv; skipped with the reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AjvFactAttribute : FactAttribute
{
    public AjvFactAttribute() => Skip = Ajv.Absent;
}

/// <summary>A theory that needs Ajv; skipped with the reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AjvTheoryAttribute : TheoryAttribute
{
    public AjvTheoryAttribute() => Skip = Ajv.Absent;
}
