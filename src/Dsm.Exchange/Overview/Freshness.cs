namespace Dsm.Exchange.Overview;

/// <summary>How timely the figures of a state and indicator are.</summary>
public enum Freshness
{
    /// <summary>There are no figures.</summary>
    None,

    /// <summary>The period after the last one has not ended yet.</summary>
    Fresh,

    /// <summary>The next period has ended; its figures may still come within the agreed lag.</summary>
    Due,

    /// <summary>The agreed lag after the next period has passed.</summary>
    Late,
}
