using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dsm.Conformance.Documents;

/// <summary>The script says what is wrong before it builds anything.</summary>
public sealed class HubScriptTests
{
    [Fact]
    public async Task Help_names_every_option_of_the_README()
    {
        (int code, string said) = await RunAsync("help");
        code.Should().Be(0);
        said.Should().ContainAll("./hub run", "./hub test", "./hub dsm", "--port", "--data", "--empty", "ConnectionStrings__Hub");
    }

    [Theory]
    [InlineData("unknown command", "start")]
    [InlineData("unknown option --prot", "run", "--prot", "1")]
    [InlineData("--port needs a number", "run", "--port")]
    [InlineData("not 'abc'", "run", "--port", "abc")]
    [InlineData("not '70000'", "run", "--port=70000")]
    [InlineData("--data needs a folder", "run", "--data=")]
    [InlineData("test takes no options", "test", "--fast")]
    public async Task Refuses_what_it_does_not_understand(string reason, params string[] arguments)
    {
        (int code, string said) = await RunAsync(arguments);
        code.Should().Be(1);
        said.Should().Contain(reason);
    }

    [Fact]
    public async Task Passes_arguments_folder_input_and_exit_code_to_dsm()
    {
        using Process process = Process.Start(new ProcessStartInfo(
            Path.Combine(SharedFolder.RepositoryRoot, "hub"), ["dsm", "inspect", "--json", "region.json", "-", "codelist/CL_SEX.2.1.xml"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(SharedFolder.RepositoryRoot, "structures"),
        })!;
        process.StandardInput.Write(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "structures", "codelist", "CL_FREQ.2.1.xml")));
        process.StandardInput.Close();
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(2);
        lines.Should().HaveCount(3);
        lines[0].Should().Contain("\"file\":\"region.json\"").And.Contain("M0004");
        lines[1].Should().Contain("\"Code\":34");
        lines[2].Should().Contain("\"Code\":7");
    }

    [Fact]
    public async Task Says_that_the_port_is_in_use()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        (int code, string said) = await RunAsync("run", $"--port={port}");
        code.Should().Be(1);
        said.Should().Contain($"port {port} is in use");
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            Path.Combine(SharedFolder.RepositoryRoot, "hub"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
