namespace Dsm.Web.Tests.Rest;

/// <summary>Observations that are not free reach only those who may see them, whatever is asked and in whatever format.</summary>
[Collection(RestHubCollection.Name)]
public sealed class RestrictedDataTests(RestHub hub)
{
    private static readonly string[] Restricted = ["777001", "777002", "88800", "999000"];

    public static TheoryData<string> Addresses
    {
        get
        {
            TheoryData<string> rows = [];
            foreach (string parameters in new[] { "", "?lastNObservations=1", "?firstNObservations=9", "?includeHistory=true", "?updatedAfter=2020-01-01", "?dimensionAtObservation=AllDimensions", "?startPeriod=2022" })
            {
                foreach (string format in new[] { "genericdata%2Bxml", "structurespecificdata%2Bxml", "data%2Bcsv", "data%2Bxml" })
                {
                    if (!(parameters.Contains("History", StringComparison.Ordinal) && format.Contains("csv", StringComparison.Ordinal)))
                    {
                        rows.Add($"v1/data/DF_ASYLAPP/.TJK{parameters}{(parameters.Length == 0 ? '?' : '&')}format={format}");
                    }
                }
            }

            rows.Add("v2/data/dataflow/EECA/DF_ASYLAPP?c[OBS_VALUE]=gt:700000,lt:2102");
            rows.Add("v2/data/dataflow/EECA/DF_ASYLAPP?c[CONF_STATUS]=C,F");
            rows.Add("v2/data/provisionagreement/EECA/PA_ASYLAPP_TJK_MIA?limit=100");
            rows.Add("v2/data/*?format=csv");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Keeps_restricted_observations_from_those_who_may_not_see_them(string address)
    {
        foreach (string? user in new[] { null, "focal.aze" })
        {
            RestReply reply = await hub.AskAsync(address, user: user);
            reply.Status.Should().BeOneOf(200, 404, 204);
            foreach (string figure in Restricted)
            {
                reply.Text.Should().NotContain(figure, "{0} asked for {1}", user ?? "nobody", address);
            }

            reply.Text.Should().NotContain("PAK").And.NotContain("IRN");
        }

        foreach (string user in new[] { "focal.tjk", "coordinator" })
        {
            RestReply reply = await hub.AskAsync(address, user: user);
            reply.Status.Should().Be(200);
            Restricted.Should().Contain(f => reply.Text.Contains(f), "{0} may see it", user);
        }
    }

    [Fact]
    public async Task Shows_the_last_free_observation_where_the_last_is_restricted()
    {
        const string Address = "v1/data/DF_ASYLAPP/.TJK.AFG?lastNObservations=1&format=csv";
        (await hub.AskAsync(Address)).Text.Should().Contain(",2021,2104,");
        (await hub.AskAsync(Address, user: "focal.tjk")).Text.Should().Contain(",2022,777002,");
    }

    [Fact]
    public async Task Counts_and_values_of_availability_are_those_the_reader_may_see()
    {
        const string Address = "v1/availableconstraint/DF_ASYLAPP/.TJK";
        RestReply open = await hub.AskAsync(Address);
        open.Text.Should().Contain("<com:AnnotationTitle>4<").And.NotContain("PAK");
        RestReply own = await hub.AskAsync(Address, user: "focal.tjk");
        own.Text.Should().Contain("<com:AnnotationTitle>10<").And.Contain("PAK");
    }

    [Fact]
    public async Task A_query_that_only_restricted_observations_fit_is_answered_as_if_there_were_none()
    {
        (await hub.AskAsync("v1/data/DF_ASYLAPP/.TJK.PAK")).Status.Should().Be(404);
        (await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP/*/A.KGZ.IRN")).Status.Should().Be(204);
        (await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP/*/A.KGZ.IRN", user: "focal.tjk")).Status.Should().Be(204);
        (await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP/*/A.KGZ.IRN", user: "coordinator")).Text.Should().Contain("999000");
    }

    [Fact]
    public async Task Readers_with_other_rights_have_other_tags_and_no_shared_cache_keeps_theirs()
    {
        const string Address = "v1/data/DF_ASYLAPP";
        RestReply open = await hub.AskAsync(Address);
        RestReply own = await hub.AskAsync(Address, user: "focal.tjk");
        RestReply other = await hub.AskAsync(Address, user: "focal.aze");
        RestReply all = await hub.AskAsync(Address, user: "coordinator");
        new[] { open.ETag, own.ETag, other.ETag, all.ETag }.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        open.Headers.CacheControl!.Public.Should().BeTrue();
        own.Headers.CacheControl!.Private.Should().BeTrue();
        (await hub.AskAsync(Address, headers: ("If-None-Match", own.ETag!))).Status.Should().Be(200);
        (await hub.AskAsync(Address, user: "focal.tjk", headers: ("If-None-Match", own.ETag!))).Status.Should().Be(304);
    }
}
