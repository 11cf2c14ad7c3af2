using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Impact;

public sealed class CodeMapDrafterTests
{
    [Fact]
    public void Codes_of_one_id_are_pairs_and_a_new_parent_is_told()
    {
        CodeMapDraft draft = Draft([Code("_T"), Code("EUR", parent: "_T"), Code("AFG", parent: "_T")], [Code("_T"), Code("ASI", parent: "_T"), Code("AFG", parent: "ASI"), Code("EUR", parent: "_T")]);

        Pairs(draft).Should().Equal("_T→_T SameCode", "EUR→EUR SameCode", "AFG→AFG SameCode moved");
        draft.New.Select(i => i.Id).Should().Equal("ASI");
        draft.IsComplete.Should().BeTrue();
        draft.Pairs.Should().OnlyContain(p => !p.NeedsReview);
    }

    [Fact]
    public void A_code_with_another_id_is_known_by_its_name_in_any_language_spelling_aside()
    {
        CodeMapDraft draft = Draft(
            [Code("CIV", "Côte d’Ivoire"), Code("MKD", "FYROM", "Македония"), Code("ORL", "Orlov", "Орёл")],
            [Code("384", "Cote d'Ivoire"), Code("807", "North Macedonia", "МАКЕДОНИЯ "), Code("57", "Oryol", "Орел")]);

        Pairs(draft).Should().Equal("CIV→384 SameName review", "MKD→807 SameName review", "ORL→57 SameName review");
        draft.Pairs.Select(p => string.Join(',', p.Languages)).Should().Equal("en", "ru", "ru");
        draft.New.Should().BeEmpty();
    }

    [Fact]
    public void Of_several_codes_of_one_name_the_parent_decides_and_without_it_nobody()
    {
        Code[] to = [Code("A2", "Asia"), Code("E2", "Europe"), Code("AG", "Georgia", parent: "E2"), Code("UG", "Georgia", parent: "A2"), Code("X1", "Other"), Code("X2", "Other")];

        CodeMapDraft draft = Draft([Code("E", "Europe"), Code("GEO", "Georgia", parent: "E"), Code("O", "Other")], to);

        Pairs(draft).Should().Equal("E→E2 SameName review", "GEO→AG SameNameAndParent review");
        UnmatchedCode other = draft.Unmatched.Single();
        other.Code.Id.Should().Be("O");
        other.Suggestions.Should().Equal(new CodeSuggestion(to[4], SuggestionReason.SameName), new CodeSuggestion(to[5], SuggestionReason.SameName));
    }

    [Fact]
    public void Annotations_tell_of_codes_that_were_merged_and_divided()
    {
        CodeMapDraft draft = Draft(
            [Code("DDR", "German Democratic Republic", annotations: [Told(CodeMapDraft.ReplacedByAnnotation, "DEU")]), Code("DEU", "Germany"), Code("YUG", "Yugoslavia"), Code("SCG", "Serbia and Montenegro")],
            [Code("DEU", "Germany"), Code("HRV", "Croatia", annotations: [Told("Replaces", "YUG")]), Code("SVN", "Slovenia", annotations: [Told("REPLACES", "YUG, SCG")]), Code("MNE", "Montenegro")]);

        Pairs(draft).Should().Equal("DDR→DEU Annotation merged review", "DEU→DEU SameCode merged review", "SCG→SVN Annotation");
        UnmatchedCode divided = draft.Unmatched.Single();
        divided.Code.Id.Should().Be("YUG");
        divided.Suggestions.Should().OnlyContain(s => s.Reason == SuggestionReason.Split).And.HaveCount(2);
        draft.New.Select(n => n.Id).Should().Equal("MNE");
    }

    [Fact]
    public void An_id_that_is_used_again_for_something_else_and_one_that_loses_a_part_need_a_person()
    {
        CodeMapDraft draft = Draft(
            [Code("BUR", "Burma"), Code("CSK", "Czechoslovakia")],
            [Code("BUR", "Upper Volta region"), Code("CSK", "Czechoslovakia"), Code("SVK", "Slovakia", annotations: [Told(CodeMapDraft.ReplacesAnnotation, "CSK")])]);

        Pairs(draft).Should().Equal("BUR→BUR SameCode review", "CSK→CSK SameCode review");
        draft.Pairs[1].AlsoInto.Select(i => i.Id).Should().Equal("SVK");
    }

    [Fact]
    public void What_has_no_counterpart_is_listed_with_what_became_of_its_parent()
    {
        CodeMapDraft draft = Draft([Code("FOR", "Foreign"), Code("STL", "Stateless persons", parent: "FOR")], [Code("FOR", "Foreign"), Code("SLS", "Stateless person")]);

        draft.Unmatched.Single().Suggestions.Select(s => (s.Code.Id, s.Reason)).Should().Equal(("SLS", SuggestionReason.LikeName), ("FOR", SuggestionReason.Parent));
        draft.Map.Mappings.Should().ContainSingle("what is only suggested is not mapped");
    }

    [Fact]
    public void Takes_in_the_codes_of_extended_lists()
    {
        Codelist world = List("CL_WORLD", "1.0.0", [Code("AFG", "Afghanistan"), Code("IRQ", "Iraq")]);
        Codelist from = List("CL_X", "1.0.0", [Code("_T", "Total")]) with { Extensions = [new CodelistExtension(world.Reference, null, [], false)] };
        StructureSet structures = new([world, from]);

        CodeMapDraft draft = CodeMapDrafter.Draft((from, structures), (List("CL_X", "2.0.0", [Code("_T", "Total"), Code("004", "Afghanistan")]), structures));

        Pairs(draft).Should().Equal("AFG→004 SameName review", "_T→_T SameCode");
        draft.Unmatched.Single().Code.Id.Should().Be("IRQ");
    }

    [Fact]
    public void The_map_is_a_draft_that_is_written_read_back_and_maps()
    {
        CodeMapDraft draft = Draft([Code("AFG", "Afghanistan"), Code("IRQ", "Iraq")], [Code("004", "Afghanistan"), Code("IRQ", "Iraq")]);
        using MemoryStream stream = new();
        StructureMessageWriter30.Write(stream, [draft.Map], new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", SenderId = "T" }, new IssueList(), false);
        stream.Position = 0;

        IssueList issues = new();
        RepresentationMap read = StructureMessageReader.Read(stream, issues).All.OfType<RepresentationMap>().Single();

        issues.HasErrors.Should().BeFalse();
        read.Reference.ToString().Should().Be("T:RM_X_1_0_0_TO_2_0_0(1.0.0-draft)");
        read.References.Select(r => r.ToString()).Should().Equal("T:CL_X(1.0.0)", "T:CL_X(2.0.0)");
        read.Mappings.Select(m => (m.Sources[0].Value, m.Targets[0], m.Annotations[0].Title)).Should().Equal(("AFG", "004", "SameName"), ("IRQ", "IRQ", "SameCode"));
        read.Name["ru"].Should().Contain("от версии 1.0.0 к версии 2.0.0");
    }

    private static CodeMapDraft Draft(Code[] from, Code[] to)
        => CodeMapDrafter.Draft((List("CL_X", "1.0.0", from), StructureSet.Empty), (List("CL_X", "2.0.0", to), StructureSet.Empty));

    private static Codelist List(string id, string version, Code[] codes) => new() { AgencyId = "T", Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of("List"), Codes = [.. codes] };

    private static Code Code(string id, string? name = null, string? russian = null, string? parent = null, Annotation[]? annotations = null) => new()
    {
        Id = id,
        Name = russian is null ? LocalisedText.Of(name ?? id) : new LocalisedText([new("en", name!), new("ru", russian)]),
        ParentId = parent,
        Annotations = [.. annotations ?? []],
    };

    private static Annotation Told(string type, string codes) => new() { Type = type, Title = codes };

    private static IEnumerable<string> Pairs(CodeMapDraft draft) => draft.Pairs
        .Select(p => $"{p.From.Id}→{p.To.Id} {p.Reason}{(p.IsMoved ? " moved" : "")}{(p.IsMerged ? " merged" : "")}{(p.NeedsReview ? " review" : "")}");
}
