using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class KeySheetTests
{
    private static readonly ImmutableArray<KeyColumn> Columns =
        [new("AREA", false, default, List("AREAS", "ARM", "KAZ")), new("SEX", false, default, List("SEXES", "M", "F")), new("NOTE", true, default, null)];

    private static readonly DataKeySet Set = new(true,
    [
        DataKey.Of(new("AREA", "ARM"), new("SEX", "F")) with { ValidFrom = "2020", Annotations = [new Annotation { Title = "kept" }] },
        new DataKey([new MemberSelection { ComponentId = "SEX", Values = [new("M"), new("F")] }]),
        new DataKey([new MemberSelection { ComponentId = "AREA", Values = [new("ARM", CascadeValues.WithRoot)] }]),
    ]);

    [Fact]
    public void Comes_back_as_it_was_written_and_keeps_what_a_table_cannot_say()
    {
        SheetFile table = KeySheet.Write(Set, Columns);
        table.ToText().Should().Be("AREA\tSEX\tNOTE\tvalidFrom\tvalidTo\nARM\tF\t\t2020\t\n\tM+F\t\t\t\n", "the key with descendants has no row");

        (ImmutableArray<DataKey> keys, var problems) = KeySheet.Read(Set, Columns, SheetFile.Parse(table.ToText()));

        problems.Should().BeEmpty();
        keys.Should().Equal(Set.Keys);
    }

    [Fact]
    public void Takes_columns_in_the_order_of_their_heads_and_leaves_empty_cells_free()
    {
        (ImmutableArray<DataKey> keys, var problems) = KeySheet.Read(null, Columns, SheetFile.Parse("sex\tarea\nM\tKAZ\nF\t\n"));

        problems.Should().BeEmpty();
        keys.Select(k => (k["AREA"], k["SEX"])).Should().Equal(("KAZ", "M"), (null, "F"));
        KeySheet.Read(null, Columns, SheetFile.Parse("KAZ\tM\n")).Keys.Single()["AREA"].Should().Be("KAZ", "without heads the columns stand in their order");
    }

    [Fact]
    public void Tells_every_bad_cell_with_its_row_and_column()
    {
        (_, var problems) = KeySheet.Read(null, Columns, SheetFile.Parse(
            "AREA\tSEX\tNOTE\tvalidFrom\tvalidTo\tAGE\nXXX\tM+Q\t\t2020\t2010\t\nARM\tM\t\tsoon\t\t\nARM\tM\t\tsoon\t\t\n\t\t\t2020\t\t\nKAZ\t\t\t\t\tY15\n"));

        problems.Select(p => (p.Row, p.Column, p.Fault)).Should().BeEquivalentTo(
        [
            (1, "6", KeyFault.NoColumn), (2, "AREA", KeyFault.UnknownCode), (2, "SEX", KeyFault.UnknownCode), (2, "validTo", KeyFault.EndsBefore),
            (3, "validFrom", KeyFault.NoPeriod), (4, "validFrom", KeyFault.NoPeriod), (4, "", KeyFault.Twice), (5, "", KeyFault.NamesNothing),
        ]);
        KeySheet.Read(null, Columns, SheetFile.Parse("AREA\tvalidFrom\tvalidTo\nARM\t2020-01-01/P1Y\t2021-01-01/P1Y\n")).Problems.Select(p => (p.Column, p.Fault))
            .Should().Equal(("validFrom", KeyFault.NoPeriod), ("validTo", KeyFault.NoPeriod));
        KeySheet.Read(null, Columns, SheetFile.Parse("ARM\tM\t\t\t\tmore\n")).Problems.Should().ContainSingle().Which.Should().Be(new KeyCellProblem(1, "6", "more", KeyFault.NoColumn));
    }

    [Fact]
    public void A_table_that_is_too_large_is_cut_and_says_so()
    {
        string rows = string.Concat(Enumerable.Range(0, SheetFile.MaxRows).Select(i => $"A{i}\tM\n"));
        SheetFile whole = SheetFile.Parse("AREA\tSEX\n" + rows[..rows.LastIndexOf("A", StringComparison.Ordinal)] + "\t\n\n"), more = SheetFile.Parse("AREA\tSEX\n" + rows);
        (whole.Rows.Length, whole.IsCut).Should().Be((SheetFile.MaxRows, false));
        (more.Rows.Length, more.IsCut).Should().Be((SheetFile.MaxRows, true));

        SheetFile wide = SheetFile.Parse(new string('\t', 50_000) + "x\nARM\tM\n"), blank = SheetFile.Parse("ARM\tM" + new string('\t', 50_000) + "\nKAZ\tF\n");
        (wide.Rows[0][0], wide.IsCut).Should().Be(("ARM", true));
        (blank.Rows.Length, blank.Rows[0].Length, blank.IsCut).Should().Be((2, SheetFile.MaxColumns, false));
    }

    [Theory]
    [InlineData("ARM\t\"M\nKAZ\tF\n", "\"M")]
    [InlineData("ARM\t\"M\"F\nKAZ\tF\n", "\"M\"F")]
    public void Quotation_marks_that_enclose_nothing_are_told_with_their_cell(string table, string cell)
    {
        (ImmutableArray<DataKey> keys, var problems) = KeySheet.Read(null, Columns, SheetFile.Parse(table));

        problems.Should().ContainSingle().Which.Should().Be(new KeyCellProblem(1, "SEX", cell, KeyFault.UnknownCode));
        keys.Should().HaveCount(2);
    }

    [Fact]
    public void Differences_of_keys_are_told_by_their_codes()
    {
        DataConstraint before = new() { AgencyId = "T", Id = "DC", Version = SdmxVersion.Parse("1.0.0"), KeySets = [Set] };
        DataConstraint after = before with { KeySets = [Set with { Keys = [Set.Keys[0] with { ValidTo = "2025" }, Set.Keys[2], DataKey.Of(new KeyValuePair<string, string>("AREA", "KAZ"))] }] };

        StructureComparison.Compare(before, after).Changes.Select(c => (c.Path, c.Kind, c.After)).Should().Equal(
            ("KeySets[included].Keys[AREA=ARM, SEX=F].ValidTo", ChangeKind.Added, "2025"),
            ("KeySets[included].Keys[SEX=M+F]", ChangeKind.Removed, null),
            ("KeySets[included].Keys[AREA=KAZ]", ChangeKind.Added, "AREA=KAZ"));
    }

    [Fact]
    public void A_set_goes_with_its_last_key()
    {
        DataConstraint constraint = new() { AgencyId = "T", Id = "DC", KeySets = [Set with { Keys = [.. Set.Keys.Take(2)] }] };

        DataConstraint one = (DataConstraint)DraftParts.Remove(constraint, "keys/0/1");
        one.KeySets[0].Keys.Should().Equal(Set.Keys[0]);
        ((DataConstraint)DraftParts.Remove(one, "keys/0/0")).KeySets.Should().BeEmpty();
        ((DataConstraint)DraftParts.Remove(constraint, "keys/0")).KeySets.Should().BeEmpty();
        ((DataConstraint)DraftParts.Remove(constraint, "keys/7/0")).KeySets.Should().Equal(constraint.KeySets);
    }

    private static Codelist List(string id, params string[] codes) => new() { AgencyId = "T", Id = id, Version = SdmxVersion.Parse("1.0.0"), Codes = [.. codes.Select(c => new Code { Id = c })] };
}
