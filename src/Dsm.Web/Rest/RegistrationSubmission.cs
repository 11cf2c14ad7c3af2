using System.Collections.Immutable;
using System.Xml;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registrations;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// Takes registry messages about registrations: <c>SubmitRegistrationsRequest</c>, all of it or nothing, and
/// <c>QueryRegistrationRequest</c> (SDMXRegistryRegistration.xsd). A source may be registered by whoever may send the data of its provider's state.
/// </summary>
internal static class RegistrationSubmission
{
    private const int MaxAddress = 4_000;

    private const int MostSought = 1000;
    private static readonly string[] Taken = [.. OfferedFormats.Registry.Select(f => f.MediaType)];

    /// <summary>Answers <c>POST /registration</c>.</summary>
    public static async Task<RestProblem?> PostAsync(RestCall call, RestServices services, CancellationToken ct)
    {
        (MemoryStream? body, RestProblem? problem) = await SubmittedBody.ReadAsync(call, RegistryMessageReader.CanRead, Taken, ct);
        if (body is null)
        {
            return problem;
        }

        IssueList issues = new();
        RegistryMessage message = RegistryMessageReader.Read(body, issues);
        if (issues.HasErrors)
        {
            return RestProblem.Of(RestFault.Syntax, issues);
        }

        return message.Content switch
        {
            SubmitRegistrationsRequest { Requests.IsEmpty: false } request => call.SignInNeeded ?? await SubmitAsync(call, request, services, ct),
            QueryRegistrationRequest query => await QueryAsync(call, query, services, ct),
            null or SubmitRegistrationsRequest => RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidSubmission, "RegistryInterface", ""),
            RegistryContent other => RestProblem.NotImplemented(other.GetType().Name),
        };
    }

    private static async Task<RestProblem?> SubmitAsync(RestCall call, SubmitRegistrationsRequest request, RestServices services, CancellationToken ct)
    {
        RegistrySnapshot registry = services.Registry.For(call.Access);
        (Registration Registration, Issue? Fault)[] judged = new (Registration, Issue?)[request.Requests.Length];
        for (int i = 0; i < judged.Length; i++)
        {
            RegistrationRequest one = request.Requests[i];
            Registration? known = one.Registration.Id is { } id && one.Action != "Append" ? await services.Registrations.FindAsync(id, ct) : null;

            // A registration of an agreement that the caller may not see is not there for him.
            known = known?.ProvisionAgreement is { } agreement && !registry.Spaces.IsSeen(agreement.AgencyId, call.Access) ? null : known;
            judged[i] = (one.Registration, Fault(call, one, known, registry));
        }

        int status = judged.Any(j => j.Fault?.Code == IssueCodes.NotAllowed) ? StatusCodes.Status403Forbidden : StatusCodes.Status422UnprocessableEntity;
        if (judged.All(j => j.Fault is null))
        {
            ImmutableArray<Registration?> done = await services.Registrations.SubmitAsync(request.Requests, call.Http.User.Identity?.Name ?? "", ct);
            judged = [.. judged.Zip(done, (j, d) => (d ?? j.Registration, d is null ? new Issue(IssueCodes.InvalidSubmission, Location.None, "id", j.Registration.Id) : null))];
            status = done.Contains(null) ? StatusCodes.Status409Conflict
                : request.Requests.Any(r => r.Action == "Append") ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        }

        call.Http.Response.StatusCode = status;
        await RegistryAnswer.WriteAsync(call, new SubmitRegistrationsResponse([.. judged.Select(j => new RegistrationStatus(j.Registration, StatusOf(j.Fault)))]), services, ct);
        return null;
    }

    private static StatusMessage StatusOf(Issue? fault) => fault is null
        ? new StatusMessage(RequestStatus.Success, [])
        : new StatusMessage(RequestStatus.Failure, [new StatusText(fault.Code.Id, ErrorMessage.Of(fault.Code.Id, fault).Text)]);

    /// <summary>What forbids a request; null when nothing does.</summary>
    private static Issue? Fault(RestCall call, RegistrationRequest request, Registration? known, RegistrySnapshot registry)
    {
        Registration registration = request.Registration;
        if (request.Action is not ("Append" or "Replace" or "Delete"))
        {
            return Invalid("action", request.Action);
        }

        if (request.Action != "Append" && known is null)
        {
            return Invalid("id", registration.Id ?? "");
        }

        StructureReference? reference = registration.ProvisionAgreement ?? known?.ProvisionAgreement;
        if (reference is null || registry.Structures.Find<ProvisionAgreement>(reference) is not { } agreement || (known is not null && known.ProvisionAgreement != reference))
        {
            return new Issue(IssueCodes.UnknownStructure, Location.None, reference?.ToString() ?? "");
        }

        string state = registry.Schema(agreement.Reference) is { } schema ? AgreementState.Of(registry.Structures, agreement, schema) ?? "" : "";
        if (!HubRights.MaySubmitFor(call.Http.User, state))
        {
            return new Issue(IssueCodes.NotAllowed, Location.None, agreement.Reference);
        }

        return request.Action == "Delete" ? null : Fault(registration);
    }

    private static Issue? Fault(Registration registration)
    {
        string?[] addresses = [registration.SimpleDataSource, registration.QueryableDataSource?.Url, registration.QueryableDataSource?.WsdlUrl, registration.QueryableDataSource?.WadlUrl];
        if (addresses[0] is null && addresses[1] is null)
        {
            return Invalid("Datasource", "");
        }

        return addresses.FirstOrDefault(a => a is not null && !IsAddress(a)) is { } address ? Invalid("Datasource", LimitCheck.Shown(address))
            : new[] { registration.ValidFrom, registration.ValidTo, registration.LastUpdated }.FirstOrDefault(t => t is not null && !IsInstant(t)) is { } time ? Invalid("dateTime", time)
            : null;
    }

    private static Issue Invalid(string part, string value) => new(IssueCodes.InvalidSubmission, Location.None, part, value);

    private static bool IsAddress(string text) => text.Length <= MaxAddress && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" or "ftp" or "sftp";

    private static bool IsInstant(string text)
    {
        try
        {
            XmlConvert.ToDateTimeOffset(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async Task<RestProblem?> QueryAsync(RestCall call, QueryRegistrationRequest request, RestServices services, CancellationToken ct)
    {
        if (new[] { request.ReferencePeriodStart, request.ReferencePeriodEnd }.FirstOrDefault(t => t is not null && !IsInstant(t)) is { } time)
        {
            return RestProblem.Of(RestFault.Syntax, IssueCodes.InvalidSubmission, "ReferencePeriod", time);
        }

        // Anybody may ask: a key with several values of each dimension stands for their product.
        long sought = request.Regions.Length + request.KeySets.Sum(s => s.Keys.Sum(k => k.Selections.Aggregate(1L, (n, one) => Math.Min(n * Math.Max(1, one.Values.Length), 2 * MostSought))));
        if (sought > MostSought)
        {
            return RestProblem.Of(RestFault.TooLarge, IssueCodes.InvalidSubmission, "DataKeySet, CubeRegion", $"> {MostSought}");
        }

        StructureReference? about = request.About;
        bool isProvider = about?.Type == StructureType.DataProviderScheme;
        RegistrationQuery query = new()
        {
            Kind = isProvider ? RegistrationQueryKind.Provider : RegistrationQueryKind.Structure,
            Context = isProvider ? null : about?.Type,
            Agencies = about is null ? [] : [about.AgencyId],
            Ids = about is null ? [] : [isProvider ? about.ItemId ?? "" : about.Id],
            Version = isProvider ? "*" : about?.Version ?? "*",
        };
        return await services.WithPlaceAsync(call, () => AnswerAsync(call, request, query, services, ct), ct);
    }

    private static async Task<RestProblem?> AnswerAsync(RestCall call, QueryRegistrationRequest request, RegistrationQuery query, RestServices services, CancellationToken ct)
    {
        RegistrySnapshot registry = services.Registry.For(call.Access);
        RegistrationSearch search = new(registry, services.Warehouse, call.Access);
        ImmutableArray<QueryRegistrationResult>.Builder results = ImmutableArray.CreateBuilder<QueryRegistrationResult>();
        foreach (Registration registration in await services.Registrations.FindAsync(query, registry.Structures, ct))
        {
            if (await search.JudgeAsync(registration, request, ct) is { } result)
            {
                results.Add(result);
            }
        }

        await RegistryAnswer.WriteAsync(call, new QueryRegistrationResponse(new StatusMessage(RequestStatus.Success, []), results.ToImmutable()), services, ct);
        return null;
    }
}
