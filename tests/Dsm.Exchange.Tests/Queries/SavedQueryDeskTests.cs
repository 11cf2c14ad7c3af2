using Dsm.Exchange.Access;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Tests.Queries;

public sealed class SavedQueryDeskTests : IAsyncLifetime
{
    private const string Asylum = "/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.ARM.*?c[TIME_PERIOD]=ge:2020";
    private Exchange hub = null!;
    private SavedQueryDesk desk = null!;
    private string ani = "", bek = "";

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        desk = new SavedQueryDesk(hub.Database, hub.Registry, TimeProvider.System);
        (ani, bek) = (await hub.Database.AddAsync("ani", "ARM"), await hub.Database.AddAsync("bek", "KAZ"));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Keeps_a_query_as_it_was_written_for_its_owner_alone()
    {
        long id = (await KeepAsync("  Mine & <others>  ", Asylum + "&format=csv&formatVersion=2.1.0")).Id!.Value;

        SavedQuery kept = (await desk.FindAsync(id, ani, default))!;
        kept.Name.Should().Be("Mine & <others>");
        kept.Line.Should().Be(QueryLine.V2);
        kept.Path.Should().Be("data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.ARM.*");
        kept.Parameters.Should().Be("c[TIME_PERIOD]=ge:2020&format=csv&formatVersion=2.1.0");
        kept.Address.Should().Be(Asylum + "&format=csv&formatVersion=2.1.0");
        (await desk.ListAsync(ani, default)).Should().ContainSingle();

        (await desk.ListAsync(bek, default)).Should().BeEmpty();
        (await desk.FindAsync(id, bek, default)).Should().BeNull();
        (await desk.RenameAsync(id, bek, "Taken over", default)).Should().BeEquivalentTo(new SavedQueryReceipt(null, [], []));
        (await desk.DeleteAsync(id, bek, default)).Should().BeFalse();
        (await desk.RenameAsync(id, ani, "Later", default)).Id.Should().Be(id);
        (await desk.FindAsync(id, ani, default))!.Name.Should().Be("Later");
        (await desk.DeleteAsync(id, ani, default)).Should().BeTrue();
        (await desk.ListAsync(ani, default)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/A.ARM.......?startPeriod=2020", true)]
    [InlineData("/sdmx/v2/availability/dataflow/EECA/DF_ASYLAPP/1.0.0", true)]
    [InlineData("/SDMX/V2/data/dataflow/EECA/DF_ASYLAPP/~/*&format=jsondata#top", true)]
    [InlineData("/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0?asOf=2100-01-01", true)]
    [InlineData("", false, SavedQueryFault.NoAddress)]
    [InlineData("/en/data/try", false, SavedQueryFault.NotRest)]
    [InlineData("/sdmx/v2/", false, SavedQueryFault.NotRest)]
    [InlineData("/sdmx/v2/data/data\tflow", false, SavedQueryFault.NotRest)]
    [InlineData("/sdmx/v2/structure/codelist/SDMX/CL_SEX/2.1", false, SavedQueryFault.NotData)]
    [InlineData("/sdmx/v2/data/dataflow/EECA/DF_NONE/1.0.0", false, SavedQueryFault.UnknownArtefact)]
    [InlineData("/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0?frist=1", false, SavedQueryFault.Malformed, "UnknownParameter")]
    [InlineData("/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0?c[NOTHING]=A", false, SavedQueryFault.DoesNotFit, "UnknownQueryComponent")]
    [InlineData("/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/A.ARM?startPeriod=twenty", false, SavedQueryFault.Malformed, "InvalidParameter")]
    public async Task Keeps_what_the_service_understands_and_tells_the_findings_of_the_parser_about_the_rest(string address, bool isKept, SavedQueryFault fault = default, string? finding = null)
    {
        SavedQueryReceipt receipt = await KeepAsync("A name", address);

        (receipt.Id is not null).Should().Be(isKept, string.Join("; ", receipt.Issues));
        receipt.Faults.Should().Equal(isKept ? [] : [("address", fault)]);
        if (finding is not null)
        {
            receipt.Issues.Should().Contain(i => i.Code == (IssueCode)typeof(IssueCodes).GetField(finding)!.GetValue(null)!);
        }
    }

    [Fact]
    public async Task Tells_all_that_is_wrong_at_once_and_writes_nothing()
    {
        (await KeepAsync(" ", "")).Faults.Should().Equal(("name", SavedQueryFault.NoName), ("address", SavedQueryFault.NoAddress));
        (await KeepAsync(new string('n', SavedQuery.MaxName + 1), Asylum)).Faults.Should().Equal(("name", SavedQueryFault.LongName));
        (await KeepAsync("a\0b", Asylum)).Faults.Should().Equal(("name", SavedQueryFault.NameCharacters));
        (await KeepAsync("n", Asylum + new string('&', QueryAddress.MaxLength))).Faults.Should().Equal(("address", SavedQueryFault.LongAddress));
        (await desk.ListAsync(ani, default)).Should().BeEmpty();

        long first = (await KeepAsync("One", Asylum)).Id!.Value, second = (await KeepAsync("Two", Asylum)).Id!.Value;
        (await KeepAsync("One", Asylum)).Faults.Should().Equal(("name", SavedQueryFault.NameTaken));
        (await desk.RenameAsync(second, ani, "One", default)).Faults.Should().Equal(("name", SavedQueryFault.NameTaken));
        (await desk.RenameAsync(first, ani, "One", default)).Id.Should().Be(first, "it may keep its own name");
        (await desk.KeepAsync(bek, "One", Asylum, ReaderAccess.Public, default)).Id.Should().NotBeNull("names are each owner's own");
    }

    [Fact]
    public async Task Holds_the_limit_however_many_are_kept_at_the_same_time()
    {
        await using (HubDbContext db = hub.Database.CreateContext())
        {
            db.SavedQueries.AddRange(Enumerable.Range(0, SavedQuery.MostOfOne - 3).Select(i => new SavedQuery { OwnerId = ani, Name = $"N{i}", Path = "data", Parameters = "" }));
            await db.SaveChangesAsync();
        }

        SavedQueryReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => KeepAsync($"M{i}", Asylum)));

        receipts.Count(r => r.Id is not null).Should().Be(3);
        receipts.Where(r => r.Id is null).Should().OnlyContain(r => r.Faults.Length == 1 && r.Faults[0].Fault == SavedQueryFault.TooMany);
        (await desk.ListAsync(ani, default)).Should().HaveCount(SavedQuery.MostOfOne);
    }

    [Fact]
    public async Task What_a_reader_may_not_see_is_not_there_for_his_queries()
    {
        StructureReceipt closed = await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, Maintainer.Hub, null, default);
        closed.IsApplied.Should().BeTrue();
        string flow = hub.Registry.Current.Structures.Of<Dsm.Sdmx.Model.Dataflow>().First(f => f.AgencyId == "EECA.ARM").Id;
        string address = $"/sdmx/v2/data/dataflow/EECA.ARM/{flow}/*";

        (await desk.KeepAsync(bek, "Theirs", address, new ReaderAccess(false, ["KAZ"]), default)).Faults.Should().Equal(("address", SavedQueryFault.UnknownArtefact));
        long own = (await desk.KeepAsync(ani, "Ours", address, new ReaderAccess(false, ["ARM"]), default)).Id!.Value;

        SavedQuery kept = (await desk.FindAsync(own, ani, default))!;
        (await desk.MeaningAsync(kept, new ReaderAccess(false, ["ARM"]), default))!.IsAnswered.Should().BeTrue();
        (await desk.MeaningAsync(kept, ReaderAccess.Public, default))!.IsAnswered.Should().BeFalse("rights may be taken away later");
    }

    [Fact]
    public async Task Queries_go_with_the_account()
    {
        await KeepAsync("Mine", Asylum);
        await using HubDbContext db = hub.Database.CreateContext();
        await db.Users.Where(u => u.Id == ani).ExecuteDeleteAsync();
        (await db.SavedQueries.CountAsync()).Should().Be(0);
        (await KeepAsync("Mine", Asylum)).Should().BeEquivalentTo(new SavedQueryReceipt(null, [], []));
    }

    private Task<SavedQueryReceipt> KeepAsync(string name, string address) => desk.KeepAsync(ani, name, address, ReaderAccess.Public, default);
}
