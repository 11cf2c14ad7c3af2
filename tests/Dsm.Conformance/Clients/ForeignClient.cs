using System.Diagnostics;

namespace Dsm.Conformance.Clients;

/// <summary>
/// A library of others that reads SDMX, asked by a script of ours in its own language. Where it is not installed the tests that need it
/// are skipped and say so.
/// </summary>
internal sealed class ForeignClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string script;
    private readonly Lazy<string?> program;
    private readonly string what;

    private ForeignClient(string what, string script, string[] programs, string[] probe)
    {
        this.what = what;
        this.script = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Clients", script);
        program = new(() => programs.FirstOrDefault(p => p.Length > 0 && TryRun(p, probe)));
    }

    /// <summary>khaeru/sdmx, on PyPI as <c>sdmx1</c>; <c>DSM_PYTHON</c> names the Python that has it, <c>PYTHONPATH</c> may tell where it is.</summary>
    public static ForeignClient Khaeru { get; } = new(
        "khaeru/sdmx (pip install sdmx1; DSM_PYTHON names another Python than python3)", "khaeru_sdmx.py",
        [Environment.GetEnvironmentVariable("DSM_PYTHON") ?? "", "python3", "/usr/bin/python3"], ["-c", "import sdmx; sdmx.read_sdmx, sdmx.to_xml"]);

    /// <summary>rsdmx for R, in Debian as <c>r-cran-rsdmx</c>.</summary>
    public static ForeignClient Rsdmx { get; } = new("rsdmx (apt-get install r-cran-rsdmx)", "rsdmx.R", ["Rscript"], ["-e", "library(rsdmx)"]);

    /// <summary>rsdmx asking a service.</summary>
    public static ForeignClient RsdmxService { get; } = new("rsdmx (apt-get install r-cran-rsdmx)", "Service/service.R", ["Rscript"], ["-e", "library(rsdmx)"]);

    /// <summary>khaeru/sdmx asking a service.</summary>
    public static ForeignClient KhaeruService { get; } = new(
        "khaeru/sdmx (pip install sdmx1; DSM_PYTHON names another Python than python3)", "Service/service.py",
        [Environment.GetEnvironmentVariable("DSM_PYTHON") ?? "", "python3", "/usr/bin/python3"], ["-c", "import sdmx; sdmx.Client, sdmx.add_source"]);

    /// <summary>sdmx-rest and sdmx-json-parser asking a service; <c>DSM_SDMX_JS</c> names the folder in which npm put them.</summary>
    public static ForeignClient JavaScriptService { get; } = new(
        "sdmx-rest and sdmx-json-parser for Node.js (./hub test installs them where npm is, and names their folder in DSM_SDMX_JS)", "Service/service.js",
        ["node"], ["-e", "require('sdmx-rest'); require('sdmx-json-parser')"]);

    /// <summary>The client of a name among the properties here.</summary>
    public static ForeignClient Named(string name) => name switch
    {
        nameof(RsdmxService) => RsdmxService,
        nameof(KhaeruService) => KhaeruService,
        nameof(JavaScriptService) => JavaScriptService,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such client"),
    };

    /// <summary>Null when it is installed, else why a test is skipped.</summary>
    public string? WhyAbsent => program.Value is null ? $"needs {what}, which is not installed here" : null;

    /// <summary>What the client finds in a message, as <see cref="ClientFacts"/> words and orders it.</summary>
    /// <exception cref="InvalidOperationException">The client could not read it; the message is the end of what it says.</exception>
    public IReadOnlyList<string> Facts(params string[] arguments)
        => ClientFacts.Sorted(Run(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs the client's script and gives what it prints.</summary>
    public string Run(params string[] arguments)
    {
        (int code, string output, string errors) = Start(program.Value!, [script, .. arguments]);
        return code == 0 ? output : throw new InvalidOperationException(errors.Length > 2000 ? errors[^2000..] : errors);
    }

    private static bool TryRun(string name, string[] arguments)
    {
        try
        {
            return Start(name, arguments).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Errors) Start(string name, string[] arguments)
    {
        ProcessStartInfo start = new(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = new System.Text.UTF8Encoding(false) };
        (start.Environment["LC_ALL"], start.Environment["PYTHONDONTWRITEBYTECODE"]) = ("C.UTF-8", "1");
        start.Environment["no_proxy"] = start.Environment["NO_PROXY"] = "127.0.0.1,localhost"; // services asked here are on this machine
        if (Environment.GetEnvironmentVariable("DSM_SDMX_JS") is { Length: > 0 } folder)
        {
            start.Environment["NODE_PATH"] = Path.Combine(folder, "node_modules");
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} {string.Join(' ', arguments)} took more than {Patience.TotalMinutes} minutes.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}

/// <summary>A fact that needs one of the clients.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(string client) => Skip = ForeignClient.Named(client).WhyAbsent;
}

/// <summary>A theory that needs one of the clients.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute(string client) => Skip = ForeignClient.Named(client).WhyAbsent;
}

/// <summary>A theory that needs khaeru/sdmx.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KhaeruTheoryAttribute : TheoryAttribute
{
    public KhaeruTheoryAttribute() => Skip = ForeignClient.Khaeru.WhyAbsent;
}

/// <summary>A theory that needs rsdmx.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RsdmxTheoryAttribute : TheoryAttribute
{
    public RsdmxTheoryAttribute() => Skip = ForeignClient.Rsdmx.WhyAbsent;
}
