namespace Dsm.Sdmx.Issues;

/// <summary>How much a finding weighs. The order matters: a larger value is worse.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing has to be done (VTL error level 1).</summary>
    Information = 0,

    /// <summary>The data are taken, but the provider is asked to explain (VTL error level 2).</summary>
    Warning = 1,

    /// <summary>The observation or artefact it concerns cannot be used as it is (VTL error level 3).</summary>
    Error = 2,

    /// <summary>The message as a whole cannot be used (VTL error level 4).</summary>
    Fatal = 3,
}
