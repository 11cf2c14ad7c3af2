using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;

namespace Dsm.Exchange.Tests.Submissions;

public sealed class SubmissionPipelineTests : IAsyncLifetime
{
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Merges_a_first_message_and_serves_it_in_key_order()
    {
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("UKR 2022 7", "SYR 2021 3", "SYR 2022 5", "SYR 2023 0"));

        receipt.Submission.Status.Should().Be(SubmissionStatus.Merged, string.Join("; ", receipt.Findings.Select(f => f.Code + string.Join(",", f.Arguments.Values))));
        receipt.Submission.Counts.Should().Be(new MergeCounts { Read = 4, Added = 4 });
        receipt.Submission.SeriesVersions.Should().Be(2);
        receipt.Submission.DetectedFormat.Should().Contain("CSV");
        (await hub.ReadAsync()).Should().Equal("SYR 2021 3 A", "SYR 2022 5 A", "SYR 2023 0 A", "UKR 2022 7 A");
    }

    [Fact]
    public async Task Writes_nothing_for_the_same_content_again()
    {
        string message = Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2022 7");
        await hub.SendAsync(message, snapshot: true);
        long versions = await hub.ChunkVersionsAsync();
        long publications = await hub.ScalarAsync("SELECT count(*) FROM publication");

        SubmissionReceipt again = await hub.SendAsync(message, snapshot: true);

        again.Submission.Status.Should().Be(SubmissionStatus.Unchanged);
        again.Submission.Counts.Should().Be(new MergeCounts { Read = 3, Same = 3 });
        again.Submission.SeriesVersions.Should().Be(0);
        (await hub.ChunkVersionsAsync()).Should().Be(versions);
        (await hub.ScalarAsync("SELECT count(*) FROM publication")).Should().Be(publications);
        (await hub.ScalarAsync("SELECT count(*) FROM content")).Should().Be(1, "the same bytes are kept once");
    }

    [Fact]
    public async Task Gives_exactly_one_series_a_new_version_for_one_changed_figure()
    {
        SubmissionReceipt first = await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2022 7"), snapshot: true);
        long versions = await hub.ChunkVersionsAsync();

        SubmissionReceipt second = await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 6", "UKR 2022 7"), snapshot: true);

        second.Submission.Counts.Should().Be(new MergeCounts { Read = 3, Changed = 1, Same = 2 });
        second.Submission.SeriesVersions.Should().Be(1);
        (await hub.ChunkVersionsAsync()).Should().Be(versions + 1);
        DateTimeOffset then = first.Submission.MergedAt!.Value;
        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = then })).Should().Equal("SYR 2022 6 A");
        (await hub.ReadAsync(hub.Query() with { AsOf = then })).Should().Equal("SYR 2021 3 A", "SYR 2022 5 A", "UKR 2022 7 A");
        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = second.Submission.MergedAt })).Should().BeEmpty();
    }

    [Fact]
    public async Task Keeps_what_a_merge_does_not_name_and_replaces_what_a_replace_does()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3 A F late", "SYR 2022 5"));

        SubmissionReceipt merged = await hub.SendAsync(Exchange.Message("ARM", "M", "", "SYR 2021 4", "SYR 2023 1"));
        SubmissionReceipt replaced = await hub.SendAsync(Exchange.Message("ARM", "R", "", "SYR 2021 4"));

        merged.Submission.Counts.Should().Be(new MergeCounts { Read = 2, Added = 1, Changed = 1 });
        replaced.Submission.Counts.Should().Be(new MergeCounts { Read = 1, Changed = 1 }, "the comment is gone");
        (await hub.ReadAsync()).Should().Equal("SYR 2021 4 A", "SYR 2022 5 A", "SYR 2023 1 A");
    }

    [Fact]
    public async Task Deletes_single_observations_and_by_partial_key_and_keeps_their_history()
    {
        SubmissionReceipt first = await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2021 7", "UKR 2022 8", "IRQ 2022 1"));

        SubmissionReceipt one = await hub.SendAsync(Exchange.Message("ARM", "D", "", "SYR 2021", "SYR 1999"));
        SubmissionReceipt bulk = await hub.SendAsync(
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,CITIZENSHIP,SEX,AGE,APPL_TYPE,PROC_AUTH,CASE_EVENT,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE\n"
            + "dataflow,EECA:DF_ASYLAPP(1.0.0),D,A,ARM,UKR,,,,,,,,\n");

        one.Submission.Counts.Should().Be(new MergeCounts { Read = 2, Removed = 1, Same = 1 });
        bulk.Submission.Counts.Should().Be(new MergeCounts { Read = 2, Removed = 2 });
        (await hub.ReadAsync()).Should().Equal("IRQ 2022 1 A", "SYR 2022 5 A");
        (await hub.ReadAsync(hub.Query() with { UpdatedAfter = first.Submission.MergedAt })).Should().Equal("-SYR 2021", "-UKR 2021", "-UKR 2022");
        (await hub.ReadAsync(hub.Query() with { AsOf = first.Submission.MergedAt })).Should().HaveCount(5);
        (await hub.ReadAsync(hub.Query() with { IncludeHistory = true })).Should()
            .Equal("IRQ 2022 1 A", "SYR 2021 3 A", "SYR 2022 5 A", "UKR 2021 7 A", "UKR 2022 8 A", "-SYR 2021", "-UKR 2021", "-UKR 2022");
    }

    [Fact]
    public async Task Withdraws_what_a_snapshot_lacks()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2022 7"), snapshot: true);

        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2022 5", "SYR 2023 6"), snapshot: true);

        receipt.Submission.Counts.Should().Be(new MergeCounts { Read = 4, Added = 1, Same = 1, Removed = 2, Withdrawn = 2 });
        (await hub.ReadAsync()).Should().Equal("SYR 2022 5 A", "SYR 2023 6 A");
    }

    [Fact]
    public async Task Keeps_the_last_good_figure_of_what_a_snapshot_has_but_a_rule_refuses()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2022 7"), snapshot: true);

        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2021  A", "UKR 2022  A", "IRQ 2022 1"), snapshot: true);

        receipt.Submission.Counts.Should().Be(new MergeCounts { Read = 4, Added = 1, Removed = 1, Withdrawn = 1, Refused = 2 });
        (await hub.ReadAsync()).Should().Equal("IRQ 2022 1 A", "SYR 2021 3 A", "UKR 2022 7 A");
    }

    [Fact]
    public async Task Gives_its_claim_back_at_once()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3"));

        await using Npgsql.NpgsqlConnection other = new(hub.Database.ConnectionString + ";Pooling=false");
        await other.OpenAsync();
        await using Npgsql.NpgsqlCommand held = new("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database()", other);

        (await held.ExecuteScalarAsync()).Should().Be(0L);
    }

    [Fact]
    public async Task Stays_merged_when_a_fault_comes_after_the_commit()
    {
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2021 3"));
        SubmissionLedger ledger = await SubmissionLedger.OpenAsync(hub.Database, receipt.Submission.Id, TimeProvider.System, CancellationToken.None);

        await ledger.FailAsync(new IOException("the answer to the commit was lost"));

        (await ledger.ReceiptAsync(CancellationToken.None)).Submission.Should().BeEquivalentTo(receipt.Submission);
    }

    [Fact]
    public async Task Holds_a_snapshot_that_would_withdraw_too_much()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2021 3", "SYR 2022 5", "UKR 2022 7"), snapshot: true);
        string[] before = await hub.ReadAsync();

        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2022 5"), snapshot: true, options: new PipelineOptions { MaxWithdrawnShare = 0.5 });

        receipt.Submission.Status.Should().Be(SubmissionStatus.Held);
        receipt.Failure!.Code.Should().Be("X0202");
        (await hub.ReadAsync()).Should().Equal(before);
        SubmissionReceipt allowed = await hub.Pipeline.RunAsync(receipt.Submission.Id, new PipelineOptions(), CancellationToken.None);
        allowed.Submission.Status.Should().Be(SubmissionStatus.Merged);
    }

    [Fact]
    public async Task Refuses_series_of_another_provider_and_data_about_another_state()
    {
        await hub.SendAsync(Exchange.Csv("SYR 2022 5"));
        string other = Exchange.Armenia.Replace("PA_ASYLAPP_ARM_MCS", "PA_ASYLAPP_GEO_MIA", StringComparison.Ordinal);

        SubmissionReceipt wrongState = await hub.SendAsync(Exchange.Csv("SYR 2022 6"), other);

        wrongState.Submission.Status.Should().Be(SubmissionStatus.Rejected);
        wrongState.Findings.Should().Contain(f => f.Code == "X0205");
        (await hub.ReadAsync()).Should().Equal("SYR 2022 5 A");
    }

    [Fact]
    public async Task Rejects_the_whole_message_with_a_complete_report()
    {
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2022 5", "QQQ 2022 1", "UKR 2022 x", "UKR 20X2 1", "IRQ 2022 3 Y9"));

        receipt.Submission.Status.Should().Be(SubmissionStatus.Rejected);
        receipt.Submission.Counts.IsBalanced.Should().BeTrue();
        receipt.Findings.Select(f => f.Code).Should().Contain(["D0301", "D0303", "D0305", "X0201"]);
        receipt.Findings.Where(f => f.Stage == "validate").SelectMany(f => f.Samples).Should().OnlyContain(l => l.Line > 1);
        (await hub.ReadAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "M0001")]
    [InlineData("<html><body>Sign in</body></html>", "M0006")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", null)]
    [InlineData("not SDMX at all", null)]
    public async Task Rejects_what_is_no_data_message(string content, string? code)
    {
        SubmissionReceipt receipt = await hub.SendAsync(content);

        receipt.Submission.Status.Should().Be(SubmissionStatus.Rejected);
        receipt.Findings.Should().Contain(f => f.Stage == "read" && (code == null || f.Code == code));
    }

    [Fact]
    public async Task Refuses_observations_without_value_and_reason_and_takes_the_others()
    {
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2020 5", "SYR 2021  A", "SYR 2022  M"));

        receipt.Submission.Status.Should().Be(SubmissionStatus.Merged);
        receipt.Submission.Counts.Should().Be(new MergeCounts { Read = 3, Added = 2, Refused = 1 });
        receipt.Findings.Should().ContainSingle(f => f.Code == "V03B" && f.Stage == "check");
        (await hub.ReadAsync()).Should().Equal("SYR 2020 5 A", "SYR 2022  M");
    }

    [Fact]
    public async Task Changes_nothing_when_asked_to_check_only()
    {
        SubmissionReceipt receipt = await hub.SendAsync(Exchange.Csv("SYR 2020 5"), options: new PipelineOptions { CheckOnly = true });

        receipt.Submission.Status.Should().Be(SubmissionStatus.Checked);
        receipt.Submission.Counts.Should().Be(new MergeCounts { Read = 1, Added = 1 });
        (await hub.ChunkVersionsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Says_what_became_of_it_when_a_merged_submission_is_run_again()
    {
        SubmissionReceipt first = await hub.SendAsync(Exchange.Csv("SYR 2020 5"));

        SubmissionReceipt again = await hub.Pipeline.RunAsync(first.Submission.Id, new PipelineOptions(), CancellationToken.None);

        again.Submission.Should().BeEquivalentTo(first.Submission);
        (await hub.ChunkVersionsAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Maps_a_national_message_with_sums_and_refuses_what_it_cannot_map()
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "samples", "data", "MDA");
        string csv = await File.ReadAllTextAsync(Path.Combine(folder, "DF_MDA_PERMISE.csv"));

        SubmissionReceipt receipt = await hub.SendAsync(
            csv,
            "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:PA_WPERMIT_MDA_GIM(1.0.0)",
            snapshot: true,
            map: "urn:sdmx:org.sdmx.infomodel.structuremapping.StructureMap=EECA.MDA:SM_MDA_PERMISE_WPERMIT(1.0.0)",
            source: "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EECA.MDA:DF_MDA_PERMISE(1.0.0)");

        receipt.IsAccepted.Should().BeTrue(string.Join("; ", receipt.Findings.Select(f => f.Code + string.Join(",", f.Arguments.Values))));
        receipt.Submission.Counts.IsBalanced.Should().BeTrue();
        receipt.Submission.Counts.Added.Should().BePositive();
    }
}
