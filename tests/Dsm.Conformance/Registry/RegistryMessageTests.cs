using System.Collections.Immutable;
using System.Text;
using Dsm.Conformance.Corpus;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Conformance.Registry;

/// <summary>Every message to and from registries is valid by the official schemas in every version, and comes back as it was.</summary>
public class RegistryMessageTests
{
    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM", ReceiverIds = ["REGISTRY"] };

    private static readonly StructureReference Agreement = new(StructureType.ProvisionAgreement, "DSM", "PA", "1.0");

    private static readonly StructureReference Provider = new(StructureType.DataProviderScheme, "DSM", "DATA_PROVIDERS", "1.0", "KZ");

    private static readonly Registration Simple = new() { ProvisionAgreement = Agreement, SimpleDataSource = "https://example.org/data.xml" };

    private static readonly Registration Full = new()
    {
        Id = "REG1",
        ProvisionAgreement = Agreement,
        SimpleDataSource = "https://example.org/data.xml?a=1&b=2",
        QueryableDataSource = new QueryableDataSource("https://example.org/rest", true, false, "https://example.org/wsdl", "https://example.org/wadl"),
        ValidFrom = "2024-01-01T00:00:00",
        ValidTo = "2025-01-01T00:00:00",
        LastUpdated = "2024-05-01T12:00:00Z",
        IndexTimeSeries = true,
        IndexDataSet = true,
        IndexAttributes = true,
        IndexReportingPeriod = true,
    };

    private static readonly StatusMessage Failed = new(RequestStatus.Failure,
    [
        new StatusText("150", new LocalisedText([new("en", "Not <allowed> & \"why\""), new("ru", "Нельзя")])),
        new StatusText(null, LocalisedText.Of("More")),
    ]);

    private static readonly StatusMessage Done = new(RequestStatus.Success, []);

    private static readonly Subscription Watching = new()
    {
        Organisation = new StructureReference(StructureType.AgencyScheme, "DSM", "AGENCIES", "1.0", "KZ"),
        RegistryUrn = "urn:sdmx:org.sdmx.infomodel.registry.Subscription=DSM.S1",
        MailTo = [new NotificationAddress("mailto:a@example.org"), new NotificationAddress("mailto:b@example.org", true)],
        Http = [new NotificationAddress("https://example.org/notify", true)],
        SubscriberAssignedId = "MINE",
        StartDate = "2024-01-01",
        EndDate = "2030-12-31",
        StructuralEvents = new StructuralEvents(["DSM", "%"],
        [
            new StructuralEventObject("Codelist") { Id = "CL_SEX", Version = "%" },
            new StructuralEventObject("KeyFamily") { Urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=DSM:DSD(1.0)" },
            new StructuralEventObject("Categorisation") { Id = "C1" },
            new StructuralEventObject("ConceptScheme"),
        ]),
        DataEvents = new RegistrationEvents(
        [
            new RegistrationEventObject("RegistrationID") { RegistrationId = "REG1" },
            new RegistrationEventObject("ProvisionAgreement") { Reference = Agreement },
            new RegistrationEventObject("DataProvider") { Reference = Provider },
            new RegistrationEventObject("DataflowReference") { Query = new MaintainableQuery("DSM", "DF", "1.0") },
            new RegistrationEventObject("KeyFamilyReference") { Urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=DSM:DSD(1.0)" },
            new RegistrationEventObject("Category") { Reference = new StructureReference(StructureType.CategoryScheme, "DSM", "CS", "1.0", "A.B") },
        ]),
        MetadataEvents = new RegistrationEvents([]),
    };

    private static readonly Codelist Sexes = new()
    {
        AgencyId = "DSM",
        Id = "CL_SEX",
        Version = SdmxVersion.Parse("1.0"),
        IsFinal = false,
        Name = LocalisedText.Of("Sex"),
        Codes = [new Code { Id = "F", Name = LocalisedText.Of("Female") }],
    };

    private static readonly ImmutableArray<RegistryContent> Contents =
    [
        new SubmitStructureRequest { Structures = [Sexes], Action = "Replace", ExternalDependencies = true, Submitted = [new SubmittedStructure(Sexes.Reference, "Delete", false)] },
        new SubmitStructureRequest { StructureLocation = "https://example.org/structures.xml" },
        new SubmitStructureResponse([new SubmissionResult(new SubmittedStructure(Sexes.Reference, "Append"), Done), new SubmissionResult(new SubmittedStructure(Sexes.Reference), Failed)]),
        new SubmitRegistrationsRequest([new RegistrationRequest("Append", Simple), new RegistrationRequest("Delete", Full)]),
        new SubmitRegistrationsResponse([new RegistrationStatus(Full, new StatusMessage(RequestStatus.Warning, Failed.Texts)), new RegistrationStatus(Simple, Failed)]),
        new QueryRegistrationRequest(),
        new QueryRegistrationRequest { QueryType = "DataSets", About = Agreement },
        new QueryRegistrationRequest
        {
            QueryType = "DataSets",
            About = Provider,
            ReferencePeriodStart = "2020-01-01T00:00:00",
            ReferencePeriodEnd = "2021-01-01T00:00:00",
            KeySets = [new DataKeySet(true, [DataKey.Of(KeyValuePair.Create("FREQ", "A"), KeyValuePair.Create("GEO", "KZ"))])],
            Regions = [new CubeRegion(false, [new MemberSelection { ComponentId = "GEO", Values = [new MemberValue("KZ"), new MemberValue("UZ")] }])],
            ReturnConstraints = true,
        },
        new QueryRegistrationRequest { QueryType = "MetadataSets", About = new StructureReference(StructureType.Metadataflow, "DSM", "MDF", "1.0") },
        new QueryRegistrationResponse(Done,
        [
            new QueryRegistrationResult(Full, false, true, [new StructureReference(StructureType.DataConstraint, "DSM", "CC", "1.0")]),
            new QueryRegistrationResult(Simple, true, false, []),
        ]),
        new SubmitSubscriptionsRequest([new SubscriptionRequest("Append", Watching)]),
        new SubmitSubscriptionsResponse([new SubscriptionStatus("urn:x", "MINE", Done), new SubscriptionStatus(null, null, Failed)]),
        new QuerySubscriptionRequest(Watching.Organisation),
        new QuerySubscriptionResponse(Done, [Watching, Watching with { RegistryUrn = null, StructuralEvents = new StructuralEvents(["%"], []), DataEvents = null }]),
        new NotifyRegistryEvent { EventTime = "2024-05-01T12:00:00Z", ObjectUrn = Sexes.Urn, SubscriptionUrn = "urn:x", EventAction = "Replace", Structures = [Sexes] },
        new NotifyRegistryEvent { EventTime = "2024-05-01T12:00:00Z", RegistrationId = "REG1", SubscriptionUrn = "urn:x", EventAction = "Append", Registration = Full },
        new NotifyRegistryEvent { EventTime = "2024-05-01T12:00:00Z", ObjectUrn = Sexes.Urn, SubscriptionUrn = "urn:x", EventAction = "Delete" },
    ];

    public static TheoryData<string> Versions => ["2.1", "3.0", "3.1"];

    [SharedFolderTheory]
    [MemberData(nameof(Versions))]
    public void Is_valid_and_comes_back_as_it_was(string version)
    {
        List<string> failures = [];
        foreach (RegistryContent sent in Contents)
        {
            // 3.x says the state of an artefact by its version.
            RegistryContent content = version == "2.1" ? sent : WithoutFinal(sent);
            IssueList issues = new();
            byte[] written = Write(content, version, issues);
            failures.AddRange(issues.Groups.Select(g => $"{content.GetType().Name}: {g.Samples[0]}"));
            failures.AddRange(OfficialSchemas.Errors(new MemoryStream(written), version).Select(e => $"{content.GetType().Name}: {e}"));
            RegistryMessage read = RegistryMessageReader.Read(new MemoryStream(written), issues);
            failures.AddRange(issues.Groups.Select(g => $"{content.GetType().Name}: {g.Samples[0]}"));
            if (ModelText.Of(read.Content) != ModelText.Of(content) || read.Content?.GetType() != content.GetType())
            {
                failures.Add($"{Encoding.UTF8.GetString(written)} gave\n{ModelText.Of(read.Content)}");
            }

            read.Footer.Should().ContainSingle().Which.Should().Be(Note);
            ModelText.Of(read.Header).Should().Be(ModelText.Of(Header));
        }

        string.Join('\n', failures).Should().BeEmpty();
    }

    [SharedFolderFact]
    public void The_newest_action_is_said_to_be_lost_before_3_1()
    {
        foreach ((string version, int lost) in new[] { ("2.1", 1), ("3.0", 1), ("3.1", 0) })
        {
            IssueList issues = new();
            byte[] written = Write(new SubmitRegistrationsRequest([new RegistrationRequest("Merge", Simple)]), version, issues);
            issues.CountOf(IssueCodes.NotCarried).Should().Be(lost);
            OfficialSchemas.Errors(new MemoryStream(written), version).Should().BeEmpty();
        }
    }

    [SharedFolderFact]
    public void The_message_of_the_corpus_is_read()
    {
        CorpusFile file = CorpusIndex.All.Single(f => f.Format == "SDMX-ML 2.1 RegistryInterface");
        IssueList issues = new();
        using Stream stream = file.Open();
        SubmitStructureResponse response = RegistryMessageReader.Read(stream, issues).Content.Should().BeOfType<SubmitStructureResponse>().Subject;
        issues.Groups.Should().BeEmpty();
        response.Results.Select(r => (r.Submitted.Object!.ToString(), r.Submitted.Action, r.Status.Status)).Should().Equal(
            ("BIS:BIS_DER(1.0)", "Append", RequestStatus.Success), ("BIS:WEBSTATS_DER_DATAFLOW(1.0)", "Append", RequestStatus.Success));
    }

    [Theory]
    [InlineData("<x/>", "M0004")]
    [InlineData("{\"data\":{\"dataSets\":[]}}", "M0013")]
    [InlineData("<m:RegistryInterface xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'><m:SubmitRegistrationsRequest><R", "M0005")]
    [InlineData("<m:RegistryInterface xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'><m:SubmitNothing/></m:RegistryInterface>", "M0008")]
    [InlineData("<m:RegistryInterface xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'><m:QueryRegistrationRequest><DataProvider>x</DataProvider></m:QueryRegistrationRequest></m:RegistryInterface>", "S0004")]
    public void What_cannot_be_read_is_said(string message, string code)
    {
        IssueList issues = new();
        RegistryMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(message)), issues);
        issues.Kept.Select(i => i.Code.Id).Should().Equal(code);
    }

    private static readonly FooterNote Note = new("510", "Warning", LocalisedText.Of("Cut"));

    private static byte[] Write(RegistryContent content, string version, IssueList issues)
    {
        SdmxFormat format = new[] { MediaTypes.Registry21, MediaTypes.Registry30, MediaTypes.Registry31 }.Single(f => f.Standard == version);
        MemoryStream stream = new();
        RegistryMessageWriter.Write(format, stream, content, Header, issues, footer: [Note]);
        return stream.ToArray();
    }

    private static RegistryContent WithoutFinal(RegistryContent content) => content switch
    {
        SubmitStructureRequest request => request with { Structures = [.. request.Structures.Select(s => s with { IsFinal = null })] },
        NotifyRegistryEvent told => told with { Structures = [.. told.Structures.Select(s => s with { IsFinal = null })] },
        _ => content,
    };
}
