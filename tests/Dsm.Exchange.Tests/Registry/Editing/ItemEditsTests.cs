using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class ItemEditsTests
{
    private static readonly Codelist List = new()
    {
        AgencyId = "T", Id = "CL",
        Codes = [new Code { Id = "T" }, new Code { Id = "A", ParentId = "T" }, new Code { Id = "A1", ParentId = "A" }, new Code { Id = "B", ParentId = "T" }],
    };

    private static readonly CategoryScheme Categories = new()
    {
        AgencyId = "T", Id = "CAT",
        Categories = [new Category { Id = "X", Children = [new Category { Id = "Y", Children = [new Category { Id = "Z" }] }] }, new Category { Id = "W" }],
    };

    [Fact]
    public void Adds_after_a_code_and_at_the_end()
    {
        Shape(ItemEdits.Put(List, null, new Code { Id = "N", ParentId = "T" }, "A1")).Should().Be("T A<T A1<A N<T B<T");
        Shape(ItemEdits.Put(List, null, new Code { Id = "N" }, null)).Should().EndWith("B<T N");
        Shape(ItemEdits.Put(List, null, new Code { Id = "N" }, "")).Should().StartWith("N T");
    }

    [Fact]
    public void Renames_a_code_with_its_children()
        => Shape(ItemEdits.Put(List, "A", new Code { Id = "AA", ParentId = "T" }, null)).Should().Be("T AA<T A1<AA B<T");

    [Fact]
    public void Removes_a_code_and_lifts_its_children()
        => Shape(ItemEdits.Remove(List, "A")).Should().Be("T A1<T B<T");

    [Fact]
    public void Moves_among_siblings_only()
    {
        Shape(ItemEdits.Move(List, "B", up: true)).Should().Be("T B<T A1<A A<T");
        Shape(ItemEdits.Move(List, "A", up: true)).Should().Be(Shape(List));
        Shape(ItemEdits.Move(List, "T", up: false)).Should().Be(Shape(List));
    }

    [Fact]
    public void Sees_circles()
    {
        ItemEdits.IsCircle(List, "T", "A1").Should().BeTrue();
        ItemEdits.IsCircle(List, "B", "A1").Should().BeFalse();
    }

    [Fact]
    public void Edits_nested_categories_as_a_list()
    {
        Shape(Categories).Should().Be("X Y<X Z<Y W");
        CategoryScheme moved = (CategoryScheme)ItemEdits.Put(Categories, "W", new Category { Id = "W", ParentId = "Y" }, null);
        moved.Categories.Should().ContainSingle().Which.Children[0].Children.Select(c => c.Id).Should().Equal("Z", "W");
        Shape(ItemEdits.Remove(moved, "Y")).Should().Be("X Z<X W<X");
    }

    private static string Shape(ItemScheme scheme) => string.Join(' ', ItemEdits.Of(scheme).Select(i => i.Id + (i.ParentId is { } p ? "<" + p : "")));
}
