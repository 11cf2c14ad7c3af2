using System.IO.Compression;
using System.Text;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class ItemSheetTests
{
    private static readonly Codelist List = new()
    {
        AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.1.0-draft"),
        Codes =
        [
            new Code { Id = "T", Name = Texts("All", "Все") },
            new Code { Id = "A", Name = Texts("Asylum", "Убежище"), ParentId = "T", Description = LocalisedText.Of("=1+1, \"quoted\"") },
            new Code { Id = "B", Name = LocalisedText.Of("@other"), ParentId = "T", Annotations = [new Annotation { Type = ItemSheet.ValidToAnnotation, Title = "2020-12-31" }] },
        ],
    };

    [Fact]
    public void Goes_to_a_table_and_back_unchanged()
    {
        SheetFile table = ItemSheet.Write(List, ["en", "ru"]);

        foreach (SheetFile read in new[] { table, SheetFile.Parse(table.ToText()), SheetFile.Parse(Encoding.UTF8.GetString(table.ToCsv())), SheetFile.ReadWorkbook(new MemoryStream(table.ToWorkbook("CL"))) })
        {
            ItemSheetPlan plan = ItemSheet.Read(List, read, ["en", "ru"], isWhole: true);
            (plan.Added.Length, plan.Changed.Length, plan.Removed.Length, plan.Same, plan.Problems.Length).Should().Be((0, 0, 0, 3, 0));
            StructureComparison.Compare(List, plan.Scheme).Changes.Should().BeEmpty();
        }
    }

    [Fact]
    public void Writes_no_cell_that_a_spreadsheet_would_run()
    {
        SheetFile table = ItemSheet.Write(List, []);

        Encoding.UTF8.GetString(table.ToCsv()).Should().Contain("'@other").And.Contain("\"'=1+1");
        using ZipArchive workbook = new(new MemoryStream(table.ToWorkbook("CL")));
        using StreamReader sheet = new(workbook.Entries.Single(e => e.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open());
        sheet.ReadToEnd().Should().NotContain("<x:f>").And.NotContain("<f>");
    }

    [Fact]
    public void Takes_what_was_copied_from_a_spreadsheet_without_a_heading()
    {
        ItemSheetPlan plan = ItemSheet.Read(List, SheetFile.Parse("C\tHumanitarian\tГуманитарный\tT\r\nA\tAsylum\tУбежище\tT\r\nB\tOther, new\t\tT\r\n"), ["en", "ru"], isWhole: false);

        (string.Join(',', plan.Added), string.Join(',', plan.Changed), plan.Removed.Length, plan.Same).Should().Be(("C", "B", 0, 2));
        Codelist after = (Codelist)plan.Scheme;
        after.Codes.Select(c => c.Id).Should().Equal("T", "A", "B", "C");
        after.Find("C")!.Name["ru"].Should().Be("Гуманитарный");
        after.Find("A")!.Description.IsEmpty.Should().BeFalse("a column that is not there changes nothing");
    }

    [Fact]
    public void Removes_only_when_the_table_is_the_whole_list()
    {
        SheetFile table = SheetFile.Parse("Код;Название (ru)\nA;Убежище\nT;Все");

        ItemSheet.Read(List, table, ["ru"], isWhole: false).Removed.Should().BeEmpty();
        ItemSheetPlan whole = ItemSheet.Read(List, table, ["ru"], isWhole: true);
        whole.Removed.Should().Equal("B");
        whole.Scheme.AllItems.Select(i => i.Id).Should().Equal("A", "T");
    }

    [Fact]
    public void Names_every_row_that_cannot_be_taken()
    {
        ItemSheetPlan plan = ItemSheet.Read(List, SheetFile.Parse("id,name:en,parent\nA B,x,\n,x,\nC,x,NONE\nC,y,\nT,All,A"), ["en"], isWhole: false);

        plan.Problems.Select(p => $"{p.Row} {p.Fault}").Should().BeEquivalentTo("2 BadId", "3 NoId", "4 NoParent", "5 Twice", "6 Circle");
    }

    [Fact]
    public void Refuses_a_workbook_that_is_none_or_a_bomb()
    {
        FluentActions.Invoking(() => SheetFile.ReadWorkbook(new MemoryStream("no zip"u8.ToArray()))).Should().Throw<InvalidDataException>();
        using MemoryStream bomb = new();
        using (ZipArchive zip = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            byte[] block = new byte[1_000_000];
            for (int i = 0; i < 101; i++)
            {
                entry.Write(block);
            }
        }

        bomb.Position = 0;
        FluentActions.Invoking(() => SheetFile.ReadWorkbook(bomb)).Should().Throw<InvalidDataException>().WithMessage("*large*");
    }

    private static LocalisedText Texts(string english, string russian) => new(new KeyValuePair<string, string>("en", english), new("ru", russian));
}
