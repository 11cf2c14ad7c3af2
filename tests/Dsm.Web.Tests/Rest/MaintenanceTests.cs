using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Tests.Rest;

/// <summary>Structures are maintained by HTTP with the codes and messages of the standard.</summary>
[Collection(MaintenanceHubCollection.Name)]
public class MaintenanceTests(MaintenanceHub hub)
{
    public static TheoryData<string, string> Formats => new()
    {
        { "v2/structure", "StructureXml30" }, { "v2/structure/codelist", "StructureXml31" }, { "v2/structure", "StructureXml21" },
        { "v2/structure/*", "StructureJson21" }, { "v2/structure", "StructureJson20" }, { "v1/codelist", "StructureXml21" }, { "v1/structure/", "StructureJson1" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Adds_replaces_and_deletes_in_every_format_of_both_lines(string address, string name)
    {
        SdmxFormat format = (SdmxFormat)typeof(MediaTypes).GetField(name)!.GetValue(null)!;
        Codelist list = MaintenanceHub.List($"CL_{address[..2]}_{address.Length}_{name}".ToUpperInvariant());
        byte[] message = MaintenanceHub.Message(format, list);
        string own = $"{(address[1] == '1' ? "v1" : "v2/structure")}/codelist/EECA/{list.Id}/1.0";

        (await SendAsync(HttpMethod.Put, own, message, format)).Status.Should().Be(404, "PUT replaces only");
        RestReply added = await SendAsync(HttpMethod.Post, address, message, format);
        added.Status.Should().Be(201, added.Text);
        added.Headers.Location!.ToString().Should().Be("/sdmx/" + own);
        RestReply again = await SendAsync(HttpMethod.Post, address, message, format);
        again.Status.Should().Be(200, again.Text);
        RestReply replaced = await SendAsync(HttpMethod.Put, own, MaintenanceHub.Message(format, list with { Codes = list.Codes.RemoveAt(0) }), format);
        replaced.Status.Should().Be(200, replaced.Text);
        Stored(list)!.Codes.Select(c => c.Id).Should().Equal("B");
        (await hub.SendAsync(HttpMethod.Get, own, null, null, user: null)).Status.Should().Be(200);

        (await hub.SendAsync(HttpMethod.Delete, own, null, null)).Status.Should().Be(200);
        (await hub.SendAsync(HttpMethod.Delete, own, null, null)).Status.Should().Be(404);
        (await hub.SendAsync(HttpMethod.Get, own, null, null, user: null)).Status.Should().BeOneOf(404, 204);
        Stored(list).Should().BeNull();
    }

    [SharedFolderTheory]
    [InlineData("v2/structure", "application/xml", "3.1", "application/vnd.sdmx.registry+xml;version=3.1.0")]
    [InlineData("v2/structure", "application/vnd.sdmx.structure+xml;version=3.0.0", "3.0", "application/vnd.sdmx.registry+xml;version=3.0.0")]
    [InlineData("v1/structure", "*/*", "2.1", "application/vnd.sdmx.registry+xml;version=2.1")]
    [InlineData("v2/structure", "text/html", "3.1", "application/vnd.sdmx.registry+xml;version=3.1.0")]
    public async Task Answers_with_a_valid_response_message(string address, string accept, string version, string type)
    {
        Codelist list = MaintenanceHub.List("CL_VALID_" + version.Replace('.', '_') + accept.Length);
        byte[] good = MaintenanceHub.Message(MediaTypes.StructureXml30, list), bad = MaintenanceHub.Message(MediaTypes.StructureXml30, list, 
            list with { Id = list.Id + "_BAD", Extensions = [new CodelistExtension(new StructureReference(StructureType.Codelist, "EECA", "CL_ABSENT", "1.0"), null, [], false)] });

        foreach ((byte[] message, int status, string word) in new[] { (good, 201, "Success"), (bad, 409, "Failure") })
        {
            RestReply reply = await hub.SendAsync(HttpMethod.Post, address, message, MediaTypes.StructureXml30.MediaType, accept: accept);

            reply.Status.Should().Be(status, reply.Text);
            reply.Type.Should().Be(type);
            using MemoryStream body = new(reply.Body);
            OfficialSchemas.Errors(body, version).Should().BeEmpty(reply.Text);
            XElement[] results = [.. XDocument.Parse(reply.Text).Descendants().Where(e => e.Name.LocalName == "StatusMessage")];
            results.Should().NotBeEmpty().And.OnlyContain(r => (string)r.Attribute("status")! == word);
            reply.Text.Should().Contain("xml:lang=\"ru\"").And.Contain("xml:lang=\"en\"");
        }
    }

    [Theory]
    [InlineData("application/vnd.sdmx.structure+xml;version=3.0.0", "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'>\n  <m:Header test=no/></m:Structure>", "2", "18")]
    [InlineData("application/vnd.sdmx.structure+json;version=2.0.0", "{\"meta\": {\"schema\": \"https://json.sdmx.org/2.1/sdmx-json-structure-schema.json\"},\n \"data\": {,}}", "2", "11")]
    public async Task Says_where_a_message_is_broken_in_both_languages(string type, string message, string line, string column)
    {
        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", Encoding.UTF8.GetBytes(message), type);
        reply.Status.Should().Be(400);
        reply.Text.Should().Contain($"Line {line}, column {column}: ").And.Contain($"Строка {line}, столбец {column}: ");
    }

    [Fact]
    public async Task Tells_who_is_signed_in_by_the_tag_only_that_nothing_changed()
    {
        // Last-Modified comes two seconds after a change.
        await Task.Delay(2500);
        const string address = "v2/structure/codelist/SDMX/CL_SEX";
        foreach (string? user in new[] { null, "maintainer" })
        {
            RestReply first = await hub.SendAsync(HttpMethod.Get, address, null, null, user);
            DateTimeOffset changed = first.ContentHeaders.LastModified!.Value;
            (await hub.SendAsync(HttpMethod.Get, address, null, null, user, since: changed)).Status.Should().Be(user is null ? 304 : 200, "rights change without a time");
        }
    }

    [Fact]
    public async Task Answers_in_JSON_where_JSON_is_wanted()
    {
        Codelist list = MaintenanceHub.List("CL_JSON_ANSWER");
        RestReply added = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureJson21, list), MediaTypes.StructureJson21.MediaType, accept: "application/json");
        added.Status.Should().Be(201, added.Text);
        added.Type.Should().Be(MediaTypes.StructureJson21.MediaType);
        JsonDocument.Parse(added.Body).RootElement.GetProperty("data").GetProperty("codelists")[0].GetProperty("id").GetString().Should().Be(list.Id);

        Codelist user = MaintenanceHub.List("CL_JSON_USER", codes: "C") with { Extensions = [new CodelistExtension(new StructureReference(StructureType.Codelist, "EECA", "CL_ABSENT", "1.0"), null, [], false)] };
        RestReply refused = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureJson21, user), MediaTypes.StructureJson21.MediaType, accept: "application/json", language: "ru");
        refused.Status.Should().Be(409, refused.Text);
        JsonElement error = JsonDocument.Parse(refused.Body).RootElement.GetProperty("errors")[0];
        error.GetProperty("code").GetInt32().Should().Be(409);
        error.GetRawText().Should().Contain("CL_ABSENT");
        Encoding.UTF8.GetString(refused.Body).Should().Contain("ссылается");
    }

    [Fact]
    public async Task Takes_a_message_as_a_whole_or_not_at_all()
    {
        Codelist good = MaintenanceHub.List("CL_WHOLE"), bad = MaintenanceHub.List("CL_WHOLE_BAD", codes: "C") with { Extensions = [new CodelistExtension(new StructureReference(StructureType.Codelist, "EECA", "CL_ABSENT", "1.0"), null, [], false)] };

        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", good, bad);

        reply.Status.Should().Be(409, reply.Text);
        Stored(good).Should().BeNull();
        reply.Text.Should().Contain("CL_ABSENT").And.Contain("taken as a whole");
        StructureTransaction entry = (await hub.Log.RecentAsync(1, null, ReaderAccess.Everything, CancellationToken.None)).Single();
        entry.Should().Match<StructureTransaction>(t => t.Status == TransactionStatus.Refused && t.Who == "maintainer" && t.MediaType == MediaTypes.StructureXml30.MediaType);
        (await hub.Log.MessageAsync(entry.Id, ReaderAccess.Everything, CancellationToken.None))!.Value.Message.Should().Equal(MaintenanceHub.Message(MediaTypes.StructureXml30, good, bad));
    }

    [Fact]
    public async Task A_stable_version_stays_and_the_answer_names_the_version_that_is_needed()
    {
        Codelist list = MaintenanceHub.List("CL_STABLE", "1.0.0");
        (await hub.SendAsync(HttpMethod.Post, "v2/structure", list)).Status.Should().Be(201);

        RestReply changed = await hub.SendAsync(HttpMethod.Post, "v2/structure", list with { Codes = list.Codes.Add(new Code { Id = "C", Name = LocalisedText.Of("C") }) });
        changed.Status.Should().Be(409);
        changed.Text.Should().Contain("1.1.0");
        RestReply deleted = await hub.SendAsync(HttpMethod.Delete, "v2/structure/codelist/EECA/CL_STABLE/1.0.0", null, null);
        deleted.Status.Should().Be(409);
        deleted.Text.Should().Contain("finished");
        Stored(list)!.Codes.Should().HaveCount(2);
    }

    [Fact]
    public async Task Merges_partial_schemes_and_deletes_items()
    {
        Codelist list = MaintenanceHub.List("CL_ITEMS", codes: ["A", "B", "C"]);
        await hub.SendAsync(HttpMethod.Post, "v2/structure", list);

        (await hub.SendAsync(HttpMethod.Put, "v2/structure/codelist/EECA/CL_ITEMS/1.0", list with { IsPartial = true, Codes = [new Code { Id = "D", Name = LocalisedText.Of("D") }] })).Status.Should().Be(200);
        Stored(list)!.Codes.Select(c => c.Id).Should().Equal("A", "B", "C", "D");
        (await hub.SendAsync(HttpMethod.Delete, "v2/structure/codelist/EECA/CL_ITEMS/1.0/B", null, null)).Status.Should().Be(200);
        Stored(list)!.Codes.Select(c => c.Id).Should().Equal("A", "C", "D");
        (await hub.SendAsync(HttpMethod.Delete, "v2/structure/codelist/EECA/CL_ITEMS/1.0/B", null, null)).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("v2/structure", "GET, HEAD, OPTIONS, POST, PUT, DELETE")]
    [InlineData("v2/structure/codelist/EECA/CL_ANY/1.0.0", "GET, HEAD, OPTIONS, POST, PUT, DELETE")]
    [InlineData("v1/codelist/EECA/CL_ANY/1.0", "GET, HEAD, OPTIONS, POST, PUT, DELETE")]
    [InlineData("v2/metadata", "GET, HEAD, OPTIONS, POST")]
    [InlineData("v2/metadata/metadataset/A/B", "GET, HEAD, OPTIONS")]
    [InlineData("v2/registration", "GET, HEAD, OPTIONS, POST")]
    [InlineData("v2/registration/id/1", "GET, HEAD, OPTIONS")]
    [InlineData("v2/data/dataflow/EECA", "GET, HEAD, OPTIONS")]
    [InlineData("v1/schema/dataflow/EECA/DF", "GET, HEAD, OPTIONS")]
    public async Task Says_what_methods_an_address_takes(string address, string methods)
    {
        RestReply options = await hub.SendAsync(HttpMethod.Options, address, null, null, user: null);
        options.Status.Should().Be(204);
        options.ContentHeaders.Allow.Should().BeEquivalentTo(methods.Split(", "));
        options.Headers.GetValues("Access-Control-Allow-Methods").Should().Equal(methods);
        options.Headers.GetValues("Access-Control-Allow-Headers").Single().Should().Contain("Authorization").And.Contain("Content-Type");
        RestReply patch = await hub.SendAsync(HttpMethod.Patch, address, null, null);
        (patch.Status, patch.ContentHeaders.Allow.Count).Should().Be((405, methods.Split(", ").Length));
    }

    [Theory]
    [InlineData("maintainer")]
    [InlineData("root.admin")]
    public async Task Takes_nothing_of_an_agency_that_nobody_knows_unless_it_comes_along(string user)
    {
        string agency = "NEW_" + user.Replace('.', '_');
        Codelist list = MaintenanceHub.List("CL_OF_NOBODY", agency: agency), below = MaintenanceHub.List("CL_OF_NOBODY", agency: "EECA.NOBODY");
        foreach (Codelist one in new[] { list, below })
        {
            RestReply refused = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureXml30, one), MediaTypes.StructureXml30.MediaType, user);
            refused.Status.Should().Be(409, refused.Text);
            refused.Text.Should().Contain($"Agency {one.AgencyId} stands in no agency scheme").And.Contain(one.Urn);
            Stored(one).Should().BeNull();
        }

        OrganisationScheme agencies = hub.Registry.Current.Structures.Of<OrganisationScheme>().Single(s => s is { Id: "AGENCIES", AgencyId: "SDMX" });
        byte[] whole = MaintenanceHub.Message(MediaTypes.StructureXml30, list, agencies with { Organisations = [.. agencies.Organisations, new Organisation { Id = agency, Name = LocalisedText.Of("New") }] });
        RestReply taken = await hub.SendAsync(HttpMethod.Post, "v2/structure", whole, MediaTypes.StructureXml30.MediaType, user);
        taken.Status.Should().Be(201, taken.Text);
        Stored(list).Should().NotBeNull();

        // Nor is the agency taken out of its scheme while it maintains something, by whatever way.
        string scheme = $"v2/structure/agencyscheme/SDMX/AGENCIES/{agencies.Version}";
        byte[] without = MaintenanceHub.Message(MediaTypes.StructureXml30, agencies);
        RestReply orphaned = await hub.SendAsync(HttpMethod.Put, scheme, without, MediaTypes.StructureXml30.MediaType, user);
        orphaned.Status.Should().Be(409, orphaned.Text);
        orphaned.Text.Should().Contain($"Agency {agency} cannot be taken out while it maintains artefacts (1)").And.Contain(list.Urn);
        (await hub.SendAsync(HttpMethod.Delete, $"{scheme}/{agency}", null, null, user)).Status.Should().Be(409);
        (await hub.SendAsync(HttpMethod.Delete, scheme, null, null, user)).Status.Should().Be(409);
        hub.Registry.Current.Structures.Of<OrganisationScheme>().Single(s => s is { Id: "AGENCIES", AgencyId: "SDMX" }).Organisations.Should().Contain(o => o.Id == agency);

        // It goes after what it maintains.
        (await hub.SendAsync(HttpMethod.Delete, $"v2/structure/codelist/{agency}/{list.Id}/{list.Version}", null, null, user)).Status.Should().BeOneOf(200, 204);
        RestReply gone = await hub.SendAsync(HttpMethod.Put, scheme, without, MediaTypes.StructureXml30.MediaType, user);
        gone.Status.Should().Be(200, gone.Text);
    }

    [Theory]
    [InlineData("A B", "EECA", 400)]
    [InlineData("\u0001", "EECA", 400)]
    [InlineData("\0", "EECA", 400)]
    [InlineData("A", "EECA..X", 400)]
    [InlineData("A", ".EECA", 400)]
    [InlineData("A", "EECA\0", 400)]
    [InlineData("A-$@_1", "EECA", 201)]
    public async Task Takes_no_identifiers_in_JSON_that_no_message_could_carry(string code, string agency, int status)
    {
        string message = JsonSerializer.Serialize(new { data = new { codelists = new[] { new { id = "CL_IDENTIFIERS", agencyID = agency, version = "1.0", name = "N", codes = new[] { new { id = code, name = "C" } } } } } });
        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", Encoding.UTF8.GetBytes(message), MediaTypes.StructureJson21.MediaType);
        reply.Status.Should().Be(status, reply.Text);
    }

    [Fact]
    public async Task Control_characters_in_names_harm_no_message_and_no_feed()
    {
        Codelist list = MaintenanceHub.List("CL_CONTROL") with { Name = LocalisedText.Of("Bell \u0007, nothing \0, end \uFFFF") };
        (await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureJson21, list), MediaTypes.StructureJson21.MediaType)).Status.Should().Be(201);

        RestReply xml = await hub.SendAsync(HttpMethod.Get, "v2/structure/codelist/EECA/CL_CONTROL/1.0?format=xml", null, null, user: null);
        XDocument.Parse(xml.Text).Descendants().Should().Contain(e => e.Value.StartsWith("Bell "));
        RestReply feed = await hub.SendAsync(HttpMethod.Get, "../structures/changes.atom?drafts=true", null, null, user: null);
        feed.Status.Should().Be(200);
        XDocument.Parse(feed.Text).Root!.Value.Should().Contain("CL_CONTROL").And.Contain("Bell \uFFFD, nothing \uFFFD");
    }

    [Fact]
    public async Task A_trial_changes_nothing()
    {
        Codelist list = MaintenanceHub.List("CL_TRIAL");

        (await hub.SendAsync(HttpMethod.Post, "v2/structure?dryRun=true", list)).Status.Should().Be(200);
        Stored(list).Should().BeNull();
        (await hub.SendAsync(HttpMethod.Post, "v2/structure?dryRun=maybe", list)).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("2.1")]
    [InlineData("3.0")]
    [InlineData("3.1")]
    public async Task Understands_submissions_as_registry_messages(string version)
    {
        SdmxFormat format = version switch { "2.1" => MediaTypes.Registry21, "3.0" => MediaTypes.Registry30, _ => MediaTypes.Registry31 };
        Codelist first = MaintenanceHub.List("CL_REG_A" + version.Replace('.', '_')), second = MaintenanceHub.List("CL_REG_B" + version.Replace('.', '_'));
        string address = version == "2.1" ? "v1/structure" : "v2/structure";
        async Task<RestReply> Send(SubmitStructureRequest request)
        {
            using MemoryStream stream = new();
            RegistryMessageWriter.Write(format, stream, request, new Dsm.Sdmx.Data.MessageHeader { Id = "R", Prepared = "2024-01-01T00:00:00Z", SenderId = "TEST", ReceiverIds = ["HUB"] }, new IssueList());
            return await hub.SendAsync(HttpMethod.Post, address, stream.ToArray(), format.MediaType);
        }

        (await Send(new SubmitStructureRequest { Action = "Information", Structures = [first] })).Status.Should().Be(200);
        Stored(first).Should().BeNull();
        (await Send(new SubmitStructureRequest { Action = "Append", Structures = [first] })).Status.Should().Be(201);
        (await Send(new SubmitStructureRequest { Action = "Append", Structures = [first, second] })).Status.Should().Be(409, "Append is for what is new");
        RestReply mixed = await Send(new SubmitStructureRequest { Action = "Append", Structures = [second], Submitted = [new SubmittedStructure(first.Reference, "Delete")] });
        mixed.Status.Should().Be(201, mixed.Text);
        (Stored(first), Stored(second)!.Id).Should().Be((null, second.Id));
        (await Send(new SubmitStructureRequest { StructureLocation = "http://169.254.169.254/" })).Status.Should().Be(501);
    }

    [Theory]
    [InlineData("POST", "v2/structure/conceptscheme", 422)]
    [InlineData("POST", "v2/structure/nonsense", 404)]
    [InlineData("POST", "v2/structure/codelist/EECA/CL_BASE_ODD/1.0", 400)]
    [InlineData("PUT", "v2/structure/codelist", 400)]
    [InlineData("PUT", "v2/structure/codelist/EECA/CL_BASE_ODD", 400)]
    [InlineData("PUT", "v2/structure/codelist/EECA/CL_OTHER/1.0", 422)]
    [InlineData("PUT", "v2/structure/codelist/EECA/CL_BASE_ODD/latest", 400)]
    [InlineData("DELETE", "v2/structure/codelist", 400)]
    [InlineData("DELETE", "v2/structure", 400)]
    [InlineData("DELETE", "v2/structure/codelist/EECA/CL_NONE/1.0", 404)]
    [InlineData("POST", "v1/nonsense", 404)]
    [InlineData("PATCH", "v2/structure/codelist", 405)]
    public async Task Odd_requests_get_readable_answers(string method, string address, int status)
    {
        byte[]? body = method == "DELETE" ? null : MaintenanceHub.Message(MediaTypes.StructureXml30, MaintenanceHub.List("CL_BASE_ODD"));

        RestReply reply = await hub.SendAsync(new HttpMethod(method), address, body, body is null ? null : MediaTypes.StructureXml30.MediaType);

        reply.Status.Should().Be(status, reply.Text);
        reply.Text.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("application/vnd.sdmx.structure+xml;version=3.0.0", "<a/>", 400)]
    [InlineData("application/vnd.sdmx.structure+xml;version=3.0.0", "", 400)]
    [InlineData("application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", 400)]
    [InlineData("application/vnd.sdmx.structure+json;version=2.1.0", "{\"data\":{\"codelists\":[{\"id\":5}]}}", 400)]
    [InlineData("application/vnd.sdmx.structure+json;version=2.1.0", "{\"data\":{}}", 400)]
    [InlineData("text/plain", "<a/>", 415)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    [InlineData(null, "<a/>", 415)]
    public async Task Bodies_that_cannot_be_taken_are_refused(string? type, string body, int status)
    {
        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", Encoding.UTF8.GetBytes(body), type);

        reply.Status.Should().Be(status, reply.Text);
        reply.Text.Should().NotContain("root:");
        if (status == 400 && body.Length > 0)
        {
            StructureTransaction entry = (await hub.Log.RecentAsync(1, null, ReaderAccess.Everything, CancellationToken.None)).Single();
            entry.Status.Should().Be(TransactionStatus.Refused);
            entry.Findings.Should().NotBeEmpty();
            (await hub.Log.MessageAsync(entry.Id, ReaderAccess.Everything, CancellationToken.None))!.Value.Message.Should().Equal(Encoding.UTF8.GetBytes(body));
        }
    }

    [Fact]
    public async Task A_message_without_end_is_refused()
        => (await hub.SendAsync(HttpMethod.Post, "v2/structure", new byte[25_000_000], "application/xml")).Status.Should().Be(413);

    [Theory]
    [InlineData("root.admin", "EECA", 201)]
    [InlineData("root.admin", "EECA.ARM", 201)]
    [InlineData("maintainer", "EECA", 201)]
    [InlineData("maintainer", "EECA.ARM", 403)]
    [InlineData("arm", "EECA.ARM", 201)]
    [InlineData("arm", "EECA.GEO", 403)]
    [InlineData("arm", "EECA", 403)]
    [InlineData("focal", "EECA.ARM", 403)]
    [InlineData(null, "EECA", 401)]
    public async Task Each_role_writes_what_is_its_own(string? user, string agency, int status)
    {
        Codelist list = MaintenanceHub.List($"CL_ROLE_{user ?? "NOBODY"}".ToUpperInvariant().Replace('.', '_'), agency: agency);

        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureXml30, list), MediaTypes.StructureXml30.MediaType, user);

        reply.Status.Should().Be(status, reply.Text);
        reply.Headers.WwwAuthenticate.ToString().Should().Be(status == 401 ? "Basic realm=\"DSM Hub\", charset=\"UTF-8\"" : "");
        (Stored(list) is not null).Should().Be(status == 201);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_and_all_failures_look_alike()
    {
        byte[] message = MaintenanceHub.Message(MediaTypes.StructureXml30, MaintenanceHub.List("CL_LOCK"));
        async Task<RestReply> Try(string user, string password) => await hub.SendAsync(HttpMethod.Post, "v2/structure", message, MediaTypes.StructureXml30.MediaType, user, password: password);
        string Said(RestReply reply) => JsonDocument.Parse(reply.Body).RootElement.GetProperty("errors").GetRawText();
        RestReply unknown = await Try("nobody", "x");
        unknown.Status.Should().Be(401);

        for (int i = 0; i < HubAccess.LockoutAttempts; i++)
        {
            RestReply wrong = await Try("forgetful", "wrong");
            (wrong.Status, Said(wrong)).Should().Be((401, Said(unknown)));
        }

        RestReply locked = await Try("forgetful", MaintenanceHub.Password);
        (locked.Status, Said(locked)).Should().Be((401, Said(unknown)));
        (await hub.SendAsync(HttpMethod.Get, "v2/structure/codelist", null, null, "forgetful")).Status.Should().Be(401, "wrong credentials are no anonymous question");
    }

    [Fact]
    public async Task A_restricted_space_is_absent_from_every_resource_for_those_who_may_not_see_it()
    {
        AgencySpace space = new() { AgencyId = "EECA.ARM.CLOSED", State = "ARM", IsRestricted = true };
        (await hub.Maintenance.SetSpaceAsync(space, Maintainer.Hub, null, CancellationToken.None)).IsApplied.Should().BeTrue();
        OrganisationScheme below = new() { AgencyId = "EECA.ARM", SchemeType = StructureType.AgencyScheme, Id = "AGENCIES", Version = SdmxVersion.Default, Name = LocalisedText.Of("Agencies"), Organisations = [new Organisation { Id = "CLOSED", Name = LocalisedText.Of("x") }] };
        (await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureXml31, below), MediaTypes.StructureXml31.MediaType, "arm")).Status.Should().Be(201);
        StructureSet structures = hub.Registry.Current.Structures;
        Dataflow flow = structures.Of<Dataflow>().First(f => f.AgencyId == "EECA" && f.Version.IsStable);
        DataStructure structure = structures.Find<DataStructure>(flow.Structure)!;
        Maintainable[] secret =
        [
            structure with { AgencyId = space.AgencyId, Id = "DSD_SECRET", Version = SdmxVersion.Parse("1.0.0") },
            flow with { AgencyId = space.AgencyId, Id = "DF_SECRET", Version = SdmxVersion.Parse("1.0.0"), Structure = new StructureReference(StructureType.DataStructure, space.AgencyId, "DSD_SECRET", "1.0.0") },
            MaintenanceHub.List("CL_SECRET", "1.0.0", space.AgencyId),
        ];
        RestReply added = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(MediaTypes.StructureXml31, secret), MediaTypes.StructureXml31.MediaType, "arm");
        added.Status.Should().Be(201, added.Text);

        string[] lists = ["v2/structure/*/*/*/*?references=all", "v2/structure/dataflow", "v2/structure/codelist/*/*/*", "v1/dataflow", "v1/structure/all/all/all", "v1/codelist/EECA.ARM.CLOSED", "v2/structure/codelist/*/*/*?asOf=2999-01-01T00:00:00Z"];
        string[] single =
        [
            "v2/structure/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0", "v2/data/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0", "v2/availability/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0/*/*",
            "v2/schema/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0", "v1/data/EECA.ARM.CLOSED,DF_SECRET,1.0.0", "v1/schema/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0",
            "v1/availableconstraint/EECA.ARM.CLOSED,DF_SECRET,1.0.0", "v2/registration/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0", "v2/metadata/structure/dataflow/EECA.ARM.CLOSED/DF_SECRET/1.0.0",
        ];
        foreach (string? user in new[] { null, "geo", "maintainer" })
        {
            foreach (string address in lists)
            {
                RestReply reply = await hub.SendAsync(HttpMethod.Get, address, null, null, user);
                reply.Text.Should().NotContain("_SECRET", address);
            }

            foreach (string address in single)
            {
                RestReply hidden = await hub.SendAsync(HttpMethod.Get, address, null, null, user), absent = await hub.SendAsync(HttpMethod.Get, address.Replace("SECRET", "ABSENT", StringComparison.Ordinal), null, null, user);
                hidden.Status.Should().Be(absent.Status, address).And.BeOneOf(404, 204);
                hidden.Text.Replace("SECRET", "ABSENT", StringComparison.Ordinal).Length.Should().Be(absent.Text.Length, address);
            }
        }

        foreach (string user in new[] { "arm", "root.admin" })
        {
            (await hub.SendAsync(HttpMethod.Get, single[0], null, null, user)).Status.Should().Be(200);
            (await hub.SendAsync(HttpMethod.Get, single[3], null, null, user)).Status.Should().Be(200);
            (await hub.SendAsync(HttpMethod.Get, "v2/structure/codelist/*/*/*", null, null, user)).Text.Should().Contain("CL_SECRET");
        }
    }

    private async Task<RestReply> SendAsync(HttpMethod method, string address, byte[] body, SdmxFormat format) => await hub.SendAsync(method, address, body, format.MediaType);

    private Codelist? Stored(Codelist list) => hub.Registry.Current.Structures.Find<Codelist>(list.Reference);
}
