using System.Text;

namespace Dsm.Cli.Tests;

/// <summary>One run of the program in this process, with streams of the test.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Bytes">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CliRun(int Code, byte[] Bytes, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    public static Task<CliRun> Of(params string[] arguments) => With(null, null, arguments);

    public static async Task<CliRun> With(byte[]? input, HttpMessageHandler? http, params string[] arguments)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        CliConsole console = new(new MemoryStream(input ?? []), output, error) { Http = http, EnvironmentLanguage = "C.UTF-8" };
        int code = await DsmProgram.RunAsync(arguments, console, CancellationToken.None);
        console.Out.Flush();
        return new CliRun(code, output.ToArray(), error.ToString());
    }
}
