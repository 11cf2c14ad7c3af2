using System.Text.RegularExpressions;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Issues;

public class IssueCatalogueTests
{
    [Fact]
    public void Every_code_has_a_text_in_every_language()
    {
        IssueText.Languages.Should().Contain(["en", "ru"]);
        IEnumerable<string> missing = from language in IssueText.Languages from code in IssueCodes.All where IssueText.Template(code.Id, language) is null select $"{language} {code}";
        missing.Should().BeEmpty();
    }

    [Fact]
    public void Every_text_uses_exactly_the_arguments_of_its_code()
    {
        foreach (string language in IssueText.Languages)
        {
            foreach (IssueCode code in IssueCodes.All)
            {
                IEnumerable<string> used = Regex.Matches(IssueText.Template(code.Id, language)!, @"\{(\w+)\}").Select(m => m.Groups[1].Value).Distinct();
                used.Should().BeEquivalentTo(code.Arguments, "of {0} in {1}", code, language);
            }
        }
    }

    [Fact]
    public void Ids_are_unique_and_well_formed()
    {
        IssueCodes.All.Should().OnlyHaveUniqueItems(c => c.Id);
        IssueCodes.All.Should().OnlyContain(c => Regex.IsMatch(c.Id, @"^[MSDPRX]\d{4}$"));
    }

    [Fact]
    public void Texts_are_made_in_the_language_asked_for()
    {
        Issue issue = new(IssueCodes.UnexpectedElement, new Location(3, 7), "Foo", "Bar");
        IssueText.For(issue, "en").Should().Be("Element Foo does not belong in Bar.");
        IssueText.For(issue, "ru-RU").Should().Contain("Foo").And.NotBe(IssueText.For(issue, "en"));
        IssueText.For(issue, "xx").Should().Be(IssueText.For(issue, "en"));
        issue.ToString().Should().Be("M0008 3:7: Element Foo does not belong in Bar.");
    }

    [Fact]
    public void Texts_tell_the_place_where_they_stand_alone()
    {
        Issue issue = new(IssueCodes.UnexpectedElement, new Location(3, 7), "Foo", "Bar");
        IssueText.Placed(issue, "en").Should().Be("Line 3, column 7: Element Foo does not belong in Bar.");
        IssueText.Placed(issue, "ru-RU").Should().StartWith("Строка 3, столбец 7: ").And.EndWith(IssueText.For(issue, "ru"));
        IssueText.Placed(issue with { Location = new Location(3) }, "en").Should().StartWith("Line 3: ");
        IssueText.Placed(issue with { Location = new Location(Component: "key") }, "en").Should().Be(IssueText.For(issue, "en"));
    }

    [Fact]
    public void A_wrong_number_of_arguments_is_a_fault()
        => FluentActions.Invoking(() => new Issue(IssueCodes.UnexpectedElement, Location.None, "only one")).Should().Throw<ArgumentException>();

    [Fact]
    public void Long_arguments_are_shortened()
        => new Issue(IssueCodes.InvalidUrn, Location.None, new string('x', 1000)).Arguments[0].Should().HaveLength(200).And.EndWith("…");

    [Fact]
    public void Lists_of_what_may_be_asked_for_are_not_shortened()
        => new Issue(IssueCodes.NotAcceptable, Location.None, "x", new string('y', 1500)).Arguments[1].Should().HaveLength(1500);
}
