using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model;

/// <summary>Texts of artefacts in some of their languages.</summary>
public sealed class LanguageCutTests
{
    private static readonly LocalisedText Both = new([new("en", "English"), new("ru", "По-русски")]);

    [Fact]
    public void Keeps_the_languages_asked_for_wherever_texts_are()
    {
        CategoryScheme scheme = new()
        {
            AgencyId = "A", Id = "S", Name = Both, Description = Both, Annotations = [new Annotation { Text = Both }],
            Categories = [new Category { Id = "C", Name = Both, Children = [new Category { Id = "D", Name = Both, Annotations = [new Annotation { Text = Both, Urls = Both }] }] }],
        };
        CategoryScheme cut = (CategoryScheme)LanguageCut.Of(scheme, ["ru"]);
        cut.IsPartialLanguage.Should().BeTrue();
        Category inner = cut.Categories[0].Children[0];
        foreach (LocalisedText text in new[] { cut.Name, cut.Description, cut.Annotations[0].Text, cut.Categories[0].Name, inner.Name, inner.Annotations[0].Text, inner.Annotations[0].Urls })
        {
            text.Texts.Select(t => t.Key).Should().Equal("ru");
        }

        scheme.Categories[0].Name.Should().Be(Both, "the artefact itself is as it was");
    }

    [Theory]
    [InlineData("en ru", "en ru", false)]
    [InlineData("ru-RU", "en", true)]
    [InlineData("fr", "en", true)]
    [InlineData("fr ru", "ru", true)]
    [InlineData("", "en ru", false)]
    public void Never_leaves_a_text_empty(string asked, string kept, bool isPartial)
    {
        Maintainable cut = LanguageCut.Of(new Codelist { AgencyId = "A", Id = "C", Name = Both }, [.. asked.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        string.Join(' ', cut.Name.Texts.Select(t => t.Key)).Should().Be(kept);
        cut.IsPartialLanguage.Should().Be(isPartial);
    }

    [Fact]
    public void A_region_of_a_language_fits_the_language()
    {
        LocalisedText text = new([new("en-GB", "a"), new("ru", "b"), new("eng", "c")]);
        LanguageCut.Of(new Codelist { AgencyId = "A", Id = "C", Name = text }, ["en"]).Name.Texts.Select(t => t.Key).Should().Equal("en-GB");
    }

    [Fact]
    public void Gives_back_the_same_when_nothing_is_left_out()
    {
        Codelist list = new() { AgencyId = "A", Id = "C", Name = LocalisedText.Of("x"), Codes = [new Code { Id = "X", Name = LocalisedText.Of("y") }] };
        LanguageCut.Of(list, ["ru"]).Should().BeSameAs(list);
    }

    [Fact]
    public void Leaves_everything_else_as_it_is()
    {
        foreach (Maintainable artefact in StructureSelectionSpecimens.All.Where(a => a.AgencyId == "EECA"))
        {
            LanguageCut.Of(artefact, ["en", "ru"]).Should().BeSameAs(artefact);
            Maintainable cut = LanguageCut.Of(artefact, ["ru"]);
            cut.Reference.Should().Be(artefact.Reference);
            cut.References.Should().Equal(artefact.References);
            (cut as ItemScheme)?.AllItems.Select(i => i.Id).Should().Equal(((ItemScheme)artefact).AllItems.Select(i => i.Id));
        }
    }
}
