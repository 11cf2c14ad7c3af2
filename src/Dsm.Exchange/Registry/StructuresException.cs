namespace Dsm.Exchange.Registry;

/// <summary>The folder of structures cannot be used as it is; nothing of it was taken. Repeating does not help, repairing the files does.</summary>
public sealed class StructuresException(IReadOnlyList<string> faults)
    : Exception("The structures cannot be loaded:" + string.Concat(faults.Take(20).Select(f => Environment.NewLine + "  " + f)) + (faults.Count > 20 ? Environment.NewLine + "  ..." : ""))
{
    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
