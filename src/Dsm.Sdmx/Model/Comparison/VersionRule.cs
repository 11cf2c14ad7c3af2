namespace Dsm.Sdmx.Model;

/// <summary>How changes of one property of the model weigh.</summary>
internal enum VersionRule
{
    /// <summary>Tells which thing it is; things with another identity are not compared.</summary>
    Identity,

    /// <summary>Text, or what neither data nor maps depend on: patch.</summary>
    Text,

    /// <summary>Whatever happens to it breaks: major.</summary>
    Breaking,

    /// <summary>A value or part: new is minor, gone or another is major.</summary>
    Addition,

    /// <summary>A list or part: new members are minor, gone ones major; those that stay are compared; their order is patch.</summary>
    Members,

    /// <summary>A list whose members and order are all major; those that stay are compared.</summary>
    FixedMembers,

    /// <summary>Dimensions: like <see cref="FixedMembers"/>, but in an evolving structure (SDMX 3.1) new ones are minor.</summary>
    Dimensions,

    /// <summary>Attributes and measures: new optional ones are minor, new mandatory ones major.</summary>
    OptionalMembers,

    /// <summary>A part that is compared inside; new or gone is major.</summary>
    Part,

    /// <summary>A reference: to another thing major; to another version of the same, what that version says.</summary>
    Reference,

    /// <summary>References: as <see cref="Reference"/>; new ones are minor, gone ones major.</summary>
    References,

    /// <summary>An upper limit: raised or taken away minor, else major.</summary>
    UpperLimit,

    /// <summary>A lower limit: lowered or taken away minor, else major.</summary>
    LowerLimit,

    /// <summary>A demand: taken back minor, raised major.</summary>
    Demand,

    /// <summary>Values of a selection: what lets more data pass is minor, what lets less pass is major.</summary>
    Selection,
}
