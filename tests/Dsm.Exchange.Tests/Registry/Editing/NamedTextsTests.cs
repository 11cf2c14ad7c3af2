using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class NamedTextsTests
{
    private static readonly Codelist List = new()
    {
        AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("List"),
        Codes = [new Code { Id = "A", Name = LocalisedText.Of("First") }, new Code { Id = "B" }],
    };

    [Fact]
    public void Lists_what_has_a_text_in_some_language()
        => NamedTexts.Of(List).Select(t => t.Key).Should().Equal("name", "name/A");

    [Fact]
    public void Sets_texts_of_a_language_and_leaves_the_others()
    {
        Codelist translated = (Codelist)NamedTexts.With(List, "ru", new Dictionary<string, string> { ["name"] = "Список", ["name/A"] = "Первый", ["name/NOWHERE"] = "x", ["description"] = "" });

        (translated.Name["ru"], translated.Name["en"]).Should().Be(("Список", "List"));
        translated.Codes[0].Name["ru"].Should().Be("Первый");
        translated.Description.IsEmpty.Should().BeTrue();
        NamedTexts.Of(translated).Where(t => t.Text["ru"] is null).Should().BeEmpty();
    }
}
