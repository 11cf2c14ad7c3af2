using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Data;

public class ComplexValueTests
{
    private static readonly SchemaComponent Codes = Component(null, multilingual: false, coded: true);
    private static readonly SchemaComponent Values = Component(null, multilingual: false);
    private static readonly SchemaComponent Texts = Component(1, multilingual: true);
    private static readonly SchemaComponent Both = Component(5, multilingual: true);
    private static readonly SchemaComponent Plain = Component(1, multilingual: false);

    [Theory]
    [InlineData("A;B", "A", "B")]
    [InlineData("A", "A")]
    [InlineData("\"x;y\";z", "x;y", "z")]
    [InlineData("a;;b", "a", "", "b")]
    [InlineData("say \"so\";b", "say \"so\"", "b")]
    [InlineData("\"\"\"so\"\" it is\";b", "\"so\" it is", "b")]
    public void Values_are_joined_by_semicolons(string cell, params string[] values)
    {
        ComplexValue.Parse(Values, cell).Should().Be(ComplexValue.Of(values));
        ComplexValue.Of(values).ToCell(Values).Should().Be(cell);
        ComplexValue.Items(Values, cell).Should().Equal(values);
    }

    [Theory]
    [InlineData("en:Late;ru:Поздно", "en", "Late", "ru", "Поздно")]
    [InlineData("en:\"a;b\";zh-Hant:c", "en", "a;b", "zh-Hant", "c")]
    [InlineData("en:\"\"\"a\"\" b\"", "en", "\"a\" b")]
    [InlineData("Late; again", "", "Late; again")]
    [InlineData("\"eu: members\"", "", "eu: members")]
    [InlineData("Note: https://x", "", "Note: https://x")]
    [InlineData("\"\"\"quoted\"\"\"", "", "\"quoted\"")]
    [InlineData("en:", "en", "")]
    public void Texts_have_their_language_before_them(string cell, params string[] texts)
    {
        LocalisedText value = new(texts.Chunk(2).Select(t => KeyValuePair.Create(t[0], t[1])));
        ComplexValue.Parse(Texts, cell).Should().Be(new ComplexValue(value));
        new ComplexValue(value).ToCell(Texts).Should().Be(cell);
    }

    [Fact]
    public void Texts_are_read_as_csv_writes_them_too()
        => ComplexValue.Parse(Texts, "en:Value \"X\"; more;fr:Valeur").Values.Single().Texts
            .Should().Equal(new("en", "Value \"X\"; more"), new KeyValuePair<string, string>("fr", "Valeur"));

    [Fact]
    public void Several_values_in_several_languages_stand_one_inside_the_other()
    {
        ComplexValue value = new(new LocalisedText([new("en", "a"), new("fr", "b;c")]), LocalisedText.Of("c", "en"), LocalisedText.Of("plain", ""));
        value.ToCell(Both).Should().Be("\"en:a;fr:\"\"b;c\"\"\";en:c;plain");
        ComplexValue.Parse(Both, value.ToCell(Both)).Should().Be(value);
        value.ToDisplay(" | ", "fr").Should().Be("b;c | c | plain");
    }

    [Fact]
    public void Other_components_have_their_value_as_sent()
    {
        ComplexValue.Parse(Plain, "en:a;\"b\"").Should().Be(ComplexValue.Of("en:a;\"b\""));
        ComplexValue.Cell(Plain, "en:a;\"b\"").Should().Be("en:a;\"b\"");
        Plain.IsComplex.Should().BeFalse();
        (Codes.HasNumbers, Plain.HasNumbers).Should().Be((false, false));
    }

    [Fact]
    public void Tells_what_a_component_cannot_hold()
    {
        ComplexValue two = ComplexValue.Of("a", "b"), english = new(LocalisedText.Of("a", "en"));
        (two.Fits(Values), two.Fits(Texts), two.Fits(Plain)).Should().Be((true, false, false));
        (english.Fits(Values), english.Fits(Texts), english.Fits(Plain)).Should().Be((false, true, false));
    }

    [Fact]
    public void Every_value_comes_back_from_its_cell()
    {
        Random random = new(20260701);
        string[] pieces = ["en:", "ru", ";", "\"", "\"\"", "a", ":", "", " ", "x-y:", "zh-Hant:", "Поздно", "\n", "eu: "];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
        string[] languages = ["en", "ru", "zh-Hant", "kk", "uz-Latn-UZ"];
        for (int i = 0; i < 20_000; i++)
        {
            SchemaComponent component = new[] { Values, Texts, Both }[random.Next(3)];
            LocalisedText Value() => component == Values || random.Next(3) == 0
                ? LocalisedText.Of(Text(), "")
                : new LocalisedText(languages.Take(random.Next(1, 5)).Select(l => KeyValuePair.Create(l, Text())));
            ComplexValue value = new(Enumerable.Range(0, component == Texts ? 1 : random.Next(1, 5)).Select(_ => Value()));
            ComplexValue.Parse(component, value.ToCell(component)).Should().Be(value, value.ToCell(component));
            string plain = Text();
            ComplexValue.Parse(component, ComplexValue.Cell(component, plain)).Should().Be(ComplexValue.Of(plain));
            ComplexValue.Cell(component, plain).Should().Be(ComplexValue.Of(plain).ToCell(component));
        }
    }

    private static SchemaComponent Component(int? most, bool multilingual, bool coded = false) => new()
    {
        Id = "X",
        Index = 0,
        Role = ComponentRole.Attribute,
        Concept = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=T:CS(1.0).X"),
        Representation = new Representation { TextFormat = new TextFormat { IsMultilingual = multilingual }, MaxOccurs = most },
        Codes = coded ? new CodeIndex(["A", "B"]) : null,
    };
}
