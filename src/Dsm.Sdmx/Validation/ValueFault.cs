using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>What is wrong with a value: which kind of finding, and the type or limit it misses.</summary>
/// <param name="Code">BadValue, ValueOutOfRange or TextTooLong.</param>
/// <param name="Expected">The type or limit.</param>
internal sealed record ValueFault(IssueCode Code, string Expected)
{
    /// <summary>The finding about a value of a component.</summary>
    public Issue At(Location location, SchemaComponent component, string value)
        => Code == IssueCodes.TextTooLong
            ? new Issue(Code, location, component.Id, ValueCheck.LengthOf(value), Expected)
            : new Issue(Code, location, value, component.Id, Expected);
}
