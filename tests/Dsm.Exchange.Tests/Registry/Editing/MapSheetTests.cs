using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class MapSheetTests
{
    private static readonly Codelist From = List("FROM", "A", "B"), To = List("TO", "X", "Y");
    private static readonly RepresentationMap Map = new()
    {
        AgencyId = "T", Id = "RM", Version = SdmxVersion.Parse("1.0.0-draft"),
        Sources = [new RepresentationSide(From.Reference, null)], Targets = [new RepresentationSide(To.Reference, null)],
        Mappings = [new([new MappedValue("A")], ["X"], "2020") { Annotations = [new Annotation { Title = "kept" }] }, new([new MappedValue("B(.*)", IsRegEx: true)], ["\\1"])],
    };

    private readonly StructureSet all = new([From, To, Map]);

    [Fact]
    public void Comes_back_as_it_was_written_and_keeps_what_a_table_cannot_say()
    {
        (RepresentationMap read, var problems) = MapSheet.Read(Map, SheetFile.Parse(MapSheet.Write(Map).ToText()), all);

        problems.Should().BeEmpty();
        StructureComparison.Compare(Map, read).Changes.Should().BeEmpty();
        read.Mappings[0].Annotations.Should().ContainSingle();
    }

    [Fact]
    public void Locates_rows_that_cannot_be_taken()
    {
        (_, var problems) = MapSheet.Read(Map, SheetFile.Parse("A\tX\nA\tY\nC\tX\nB\tZ\n\tX\n"), all);

        problems.Select(p => (p.Row, p.Fault)).Should().Equal(
            (2, MapRowFault.Twice), (3, MapRowFault.UnknownSource), (4, MapRowFault.UnknownTarget), (5, MapRowFault.NoSource));
    }

    [Fact]
    public void Says_which_codes_are_not_mapped()
    {
        MapSheet.Unmapped(Map, all, ofTarget: false)!.Value.Select(i => i.Id).Should().Equal("B");
        MapSheet.Unmapped(Map, all, ofTarget: true)!.Value.Select(i => i.Id).Should().Equal("Y");
        MapSheet.Unmapped(Map with { Targets = [new RepresentationSide(null, SdmxDataType.String)] }, all, ofTarget: true).Should().BeNull();
    }

    [Fact]
    public void Codes_that_a_list_takes_in_from_another_are_its_codes()
    {
        Codelist more = List("MORE", "C", "D");
        StructureSet taken = new([From with { Extensions = [new CodelistExtension(more.Reference, "X_", [new MemberValue("C")], false)] }, To, Map, more]);

        MapSheet.Read(Map, SheetFile.Parse("X_C\tX\nX_D\tX\n"), taken).Problems.Select(p => (p.Row, p.Value, p.Fault)).Should().Equal((2, "X_D", MapRowFault.UnknownSource));
        MapSheet.Unmapped(Map, taken, ofTarget: false)!.Value.Select(i => i.Id).Should().Equal("X_C", "B");
    }

    private static Codelist List(string id, params string[] codes) => new() { AgencyId = "T", Id = id, Version = SdmxVersion.Parse("1.0.0"), Codes = [.. codes.Select(c => new Code { Id = c })] };
}
