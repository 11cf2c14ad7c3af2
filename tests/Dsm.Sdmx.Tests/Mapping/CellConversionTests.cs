using System.Reflection;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Mapping;

public class CellConversionTests
{
    private static readonly SchemaComponent Plain = Component(1, false), Several = Component(null, false), Texts = Component(1, true), Both = Component(3, true),
        Coded = Component(1, false, "A", "B"), SeveralCodes = Component(null, false, "A", "B");

    public static TheoryData<string, string, string, string?> Cases => new()
    {
        { "Plain", "Several", "a;b", "\"a;b\"" },
        { "Plain", "Texts", "en: no language", "\"en: no language\"" },
        { "Texts", "Plain", "en:Late;ru:Поздно", "Late" },
        { "Texts", "Plain", "\"en: no language\"", "en: no language" },
        { "Texts", "Both", "en:Late;ru:Поздно", "\"en:Late;ru:Поздно\"" },
        { "Several", "Plain", "a;b", "a; b" },
        { "Several", "Several", "\"a;b\";c", "\"a;b\";c" },
        { "SeveralCodes", "Coded", "A", "A" },
        { "SeveralCodes", "Coded", "A;B", null },
        { "Coded", "SeveralCodes", "A", "A" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_cell_is_taken_over_as_far_as_the_target_can_hold_it(string source, string target, string cell, string? expected)
        => CellConversion.Convert(Of(source), Of(target), cell).Should().Be(expected);

    [Fact]
    public void Texts_are_matched_without_the_marks_of_their_cell()
    {
        CellConversion.Match(Texts, "\"en: x\"").Should().Be("en: x");
        CellConversion.Match(Texts, "en:x").Should().Be("en:x");
        CellConversion.Match(Plain, "\"en: x\"").Should().Be("\"en: x\"");
        CellConversion.Result(Texts, "en: x").Should().Be("\"en: x\"");
        CellConversion.Result(Several, "a;b").Should().Be("a;b");
    }

    private static SchemaComponent Of(string name)
        => (SchemaComponent)typeof(CellConversionTests).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;

    private static SchemaComponent Component(int? most, bool multilingual, params string[] codes) => new()
    {
        Id = "X",
        Index = 0,
        Role = ComponentRole.Attribute,
        Concept = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=T:CS(1.0).X"),
        Representation = new Representation { TextFormat = new TextFormat { IsMultilingual = multilingual }, MaxOccurs = most },
        Codes = codes.Length > 0 ? new CodeIndex(codes) : null,
    };
}
