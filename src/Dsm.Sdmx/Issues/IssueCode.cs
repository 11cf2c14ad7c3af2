namespace Dsm.Sdmx.Issues;

/// <summary>
/// Identity of one kind of finding. The id never changes once released; texts live in <c>Issues/Messages/&lt;language&gt;.json</c>
/// under the same id, with the argument names as placeholders (<c>{value}</c>).
/// </summary>
/// <param name="Id">Stable id, e.g. <c>D0301</c>. First letter: M message, S structure, D data, P mapping, R request, X exchange.</param>
/// <param name="Severity">Severity of every finding with this code.</param>
/// <param name="Arguments">Names of the arguments in order, as used in the message templates.</param>
public sealed record IssueCode(string Id, Severity Severity, params string[] Arguments)
{
    /// <inheritdoc/>
    public bool Equals(IssueCode? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
