namespace Dsm.Cli;

/// <summary>What every command has at hand.</summary>
/// <param name="Console">The streams.</param>
/// <param name="Text">The texts of the chosen language.</param>
internal sealed record CliContext(CliConsole Console, CliText Text)
{
    /// <summary>Says on standard error why nothing can be done.</summary>
    public int Refuse(string message)
    {
        Console.Error.WriteLine("dsm: " + message);
        return ExitCode.Unusable;
    }
}
