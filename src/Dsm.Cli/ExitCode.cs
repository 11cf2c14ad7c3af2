using Dsm.Sdmx.Issues;

namespace Dsm.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Nothing to object to; notes at most.</summary>
    public const int Clean = 0;

    /// <summary>Warnings, errors, or differences.</summary>
    public const int Findings = 1;

    /// <summary>The input cannot be used, or the command line cannot be understood.</summary>
    public const int Unusable = 2;

    /// <summary>The code for the worst finding.</summary>
    public static int Of(IssueList issues) => issues.Worst switch
    {
        Severity.Fatal => Unusable,
        Severity.Error or Severity.Warning => Findings,
        _ => Clean,
    };
}
