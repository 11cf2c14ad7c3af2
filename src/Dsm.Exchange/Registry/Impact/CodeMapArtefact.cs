using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>The artefact of a drafted map between two versions of a codelist.</summary>
internal static partial class CodeMapArtefact
{
    private static readonly SdmxVersion FirstDraft = SdmxVersion.Parse("1.0.0-" + Editing.DraftVersions.Extension);

    public static RepresentationMap Of(Codelist from, Codelist to, ImmutableArray<CodePair> pairs) => new()
    {
        AgencyId = to.AgencyId,
        Id = IdOf(from, to),
        Version = FirstDraft,
        Name = NameOf(from, to),
        Sources = [new RepresentationSide(from.Reference, null)],
        Targets = [new RepresentationSide(to.Reference, null)],
        Mappings = [.. pairs.Select(p => new RepresentationMapping([new MappedValue(p.From.Id)], [p.To.Id]) { Annotations = [Reason(p)] })],
    };

    // RM_CITIZENSHIP_1_0_0_TO_2_0_0: both ends in the id, for there is one such map for every pair of versions.
    private static string IdOf(Codelist from, Codelist to)
    {
        string name = from.Id.StartsWith("CL_", StringComparison.Ordinal) ? from.Id[3..] : from.Id;
        string target = from.Id == to.Id && from.AgencyId == to.AgencyId ? "" : (to.Id.StartsWith("CL_", StringComparison.Ordinal) ? to.Id[3..] : to.Id) + "_";
        return NoIdCharacter().Replace($"RM_{name}_{from.Version}_TO_{target}{to.Version}", "_");
    }

    private static LocalisedText NameOf(Codelist from, Codelist to) => new(
    [
        new("en", string.Create(CultureInfo.InvariantCulture, $"{from.Name.Best("en") ?? from.Id}: version {from.Version} to {to.Version}")),
        new("ru", string.Create(CultureInfo.InvariantCulture, $"{from.Name.Best("ru") ?? from.Id}: от версии {from.Version} к версии {to.Version}")),
    ]);

    private static Annotation Reason(CodePair pair) => new()
    {
        Type = CodeMapDraft.ReasonAnnotation,
        Title = pair.Reason.ToString(),
        Text = pair.Languages.IsEmpty ? default : LocalisedText.Of(string.Join(", ", pair.Languages)),
    };

    [GeneratedRegex("[^A-Za-z0-9_@$-]")]
    private static partial Regex NoIdCharacter();
}
