using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class LevelEditsTests
{
    private static readonly Hierarchy Before = new()
    {
        AgencyId = "T", Id = "H", Levels = [new("TOP", default) { CodingFormat = new TextFormat { MaxLength = 3 } }, new("LOW", default)],
        Codes = [Place("A", "TOP", Place("B", "TOP.LOW"), Place("C", null, Place("D", "LOW")))],
    };

    [Fact]
    public void A_new_id_is_followed_also_by_codes_that_name_the_levels_above()
    {
        Hierarchy renamed = LevelEdits.Put(Before, "TOP", Before.Levels[0] with { Id = "WORLD" });

        renamed.Levels.Select(l => l.Id).Should().Equal("WORLD", "LOW");
        renamed.Levels[0].CodingFormat!.MaxLength.Should().Be(3);
        LevelsOf(renamed).Should().Equal("WORLD", "WORLD.LOW", null, "LOW");
    }

    [Fact]
    public void Codes_of_a_level_that_goes_name_none()
    {
        LevelsOf(LevelEdits.Remove(Before, "LOW")).Should().Equal("TOP", null, null, null);
        LevelsOf(LevelEdits.Remove(Before, "TOP")).Should().Equal(null, "LOW", null, "LOW");
    }

    [Fact]
    public void Depths_give_levels_as_far_as_there_are_any()
    {
        LevelsOf(LevelEdits.ByDepth(Before)).Should().Equal("TOP", "LOW", "LOW", null);
        LevelEdits.CountAt(LevelEdits.ByDepth(Before), "LOW").Should().Be(2);
    }

    private static IEnumerable<string?> LevelsOf(Hierarchy hierarchy) => DraftParts.Places(hierarchy).Select(p => p.Place.Level);

    private static HierarchicalCode Place(string id, string? level, params HierarchicalCode[] children)
        => new() { Id = id, Level = level, Children = [.. children], Code = StructureReference.ParseUrn($"urn:sdmx:org.sdmx.infomodel.codelist.Code=T:CL(1.0.0).{id}") };
}
