using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;

namespace Dsm.Exchange.Tests.Warehouse;

public sealed class WarehouseSecrecyTests : IAsyncLifetime
{
    private static readonly ReaderAccess Armenian = new(false, ["ARM"]);
    private static readonly ReaderAccess Georgian = new(false, ["GEO"]);
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Shows_restricted_observations_only_to_those_who_may_see_them()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 4 A C", "IRQ 2022 1 A A"));

        (await hub.ReadAsync()).Should().Equal("SYR 2021 3 A");
        (await hub.ReadAsync(access: Georgian)).Should().Equal("SYR 2021 3 A");
        (await hub.ReadAsync(access: Armenian)).Should().Equal("IRQ 2022 1 A", "SYR 2021 3 A", "SYR 2022 4 A");
        (await hub.ReadAsync(access: ReaderAccess.Everything)).Should().HaveCount(3);
    }

    [Fact]
    public async Task Keeps_restricted_observations_out_of_counts_coverage_and_availability()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 4 A C", "IRQ 2022 1 A A"));

        Availability availability = await hub.Reader.AvailabilityAsync(hub.Query(), ReaderAccess.Public, CancellationToken.None);
        ImmutableArray<Coverage> coverage = await hub.Reader.CoverageAsync(ReaderAccess.Public, CancellationToken.None);
        ImmutableArray<Coverage> own = await hub.Reader.CoverageAsync(Armenian, CancellationToken.None);

        availability.Codes[2].Should().Equal("SYR");
        availability.Observations.Should().Be(1);
        availability.Last.Should().Be(new DateTime(2022, 1, 1));
        coverage.Should().ContainSingle().Which.Should().BeEquivalentTo(new { State = "ARM", Series = 1L, Observations = 1L, LastPeriod = "2021" });
        own.Should().ContainSingle().Which.Should().BeEquivalentTo(new { State = "ARM", Series = 2L, Observations = 3L, LastPeriod = "2022" });
        (await hub.Reader.CountAsync(hub.Query(), ReaderAccess.Public, CancellationToken.None)).Should().Be(1);
    }

    [Fact]
    public async Task Hides_what_is_under_embargo_until_it_ends()
    {
        await hub.SendAsync(Exchange.Message("ARM", "I", "2999-01-01T00:00:00Z", "SYR 2021 3"));
        string[] during = await hub.ReadAsync();
        string tag = (await hub.Reader.FlowStateAsync(Exchange.Flow, CancellationToken.None)).Tag;

        await hub.ScalarAsync("UPDATE series_attributes SET embargo_until = now() - interval '1 minute' RETURNING 1");

        during.Should().BeEmpty();
        (await hub.Reader.CoverageAsync(ReaderAccess.Public, CancellationToken.None)).Should().NotBeEmpty();
        (await hub.ReadAsync()).Should().Equal("SYR 2021 3 A");
        (await hub.Reader.FlowStateAsync(Exchange.Flow, CancellationToken.None)).Tag.Should().NotBe(tag);
    }

    [Fact]
    public async Task Tells_the_end_of_an_embargo_as_a_change()
    {
        await hub.SendAsync(Exchange.Message("ARM", "I", "2999-01-01T00:00:00Z", "SYR 2021 3"));
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        await hub.ScalarAsync("UPDATE series_attributes SET embargo_until = clock_timestamp() RETURNING 1");

        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = asked })).Should().Equal("SYR 2021 3 A");
    }

    [Fact]
    public async Task Hides_what_is_not_released_yet()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3"));
        (await hub.Reader.ReleaseAsync(Exchange.Armenia, null, CancellationToken.None)).Should().BeTrue();

        (await hub.ReadAsync()).Should().BeEmpty();
        (await hub.Reader.CoverageAsync(ReaderAccess.Public, CancellationToken.None)).Should().BeEmpty();
        (await hub.ReadAsync(access: Armenian)).Should().HaveCount(1);
        await hub.Reader.ReleaseAsync(Exchange.Armenia, DateTimeOffset.UtcNow, CancellationToken.None);
        (await hub.ReadAsync()).Should().HaveCount(1);
    }

    [Fact]
    public async Task Tells_the_public_that_an_observation_is_gone_when_it_becomes_restricted()
    {
        SubmissionReceipt first = await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 4"));
        await hub.SendAsync(Exchange.Csv("SYR 2022 4 A C"));

        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = first.Submission.MergedAt })).Should().Equal("-SYR 2022");
        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = first.Submission.MergedAt }, Armenian)).Should().Equal("SYR 2022 4 A");
    }

    [Fact]
    public async Task Does_not_tell_by_former_versions_what_became_restricted()
    {
        SubmissionReceipt first = await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 4"));
        SubmissionReceipt second = await hub.SendAsync(Exchange.Csv("SYR 2022 4 A C", "SYR 2023 5"));
        WarehouseQuery asOf = hub.Query() with { AsOf = first.Submission.MergedAt }, history = hub.Query() with { IncludeHistory = true };

        (await hub.ReadAsync(asOf)).Should().Equal("SYR 2021 3 A");
        (await hub.ReadAsync(asOf, Georgian)).Should().Equal("SYR 2021 3 A");
        (await hub.ReadAsync(asOf, Armenian)).Should().Equal("SYR 2021 3 A", "SYR 2022 4 A");
        (await hub.ReadAsync(history)).Should().Equal("SYR 2021 3 A", "SYR 2023 5 A");
        (await hub.ReadAsync(history, Armenian)).Should().Equal("SYR 2021 3 A", "SYR 2022 4 A", "SYR 2022 4 A", "SYR 2023 5 A");
        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = first.Submission.MergedAt!.Value.AddDays(-1), AsOf = first.Submission.MergedAt }))
            .Should().Equal("SYR 2021 3 A");
        await hub.SendAsync(Exchange.Message("ARM", "I", "2999-01-01T00:00:00Z", "SYR 2024 6"));
        (await hub.ReadAsync(hub.Query() with { AsOf = second.Submission.MergedAt })).Should().BeEmpty("the series is under embargo now");
    }
}
