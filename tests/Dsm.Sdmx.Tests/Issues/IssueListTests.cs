using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Issues;

public class IssueListTests
{
    [Fact]
    public void Counts_all_and_keeps_the_first_of_each_group()
    {
        IssueList list = new() { SamplesPerGroup = 3 };
        for (int i = 1; i <= 1000; i++)
        {
            list.Add(IssueCodes.UnknownCode, new Location(i, Component: "SEX"), "Q", "SEX", "CL_SEX");
        }

        list.Count.Should().Be(1000);
        list.CountOf(IssueCodes.UnknownCode).Should().Be(1000);
        list.CountOf(Severity.Error).Should().Be(1000);
        list.Kept.Select(i => i.Location.Line).Should().Equal(1, 2, 3);
        list.Groups.Single().Total.Should().Be(1000);
    }

    [Fact]
    public void Stays_bounded_however_many_causes_there_are()
    {
        IssueList list = new() { MaxGroups = 10 };
        for (int i = 0; i < 5000; i++)
        {
            list.Add(IssueCodes.UnknownCode, Location.None, $"V{i}", "SEX", "CL_SEX");
        }

        list.Groups.Should().HaveCount(11);
        list.Groups.Single(g => g.IsOverflow).Total.Should().Be(4990);
        list.Count.Should().Be(5000);
    }

    [Fact]
    public void Knows_the_worst()
    {
        IssueList list = new();
        list.Worst.Should().BeNull();
        list.Add(IssueCodes.NotCarried, Location.None, "a", "b");
        list.HasErrors.Should().BeFalse();
        list.Add(IssueCodes.UnexpectedElement, Location.None, "a", "b");
        (list.HasErrors, list.HasFatal).Should().Be((true, false));
        list.Add(IssueCodes.EmptyMessage, Location.None);
        list.Worst.Should().Be(Severity.Fatal);
    }
}
