using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Reads what messages to and from registries say: structures and registrations. Subscriptions stand in another file of this class.</summary>
internal sealed partial class RegistryParser(XmlCursor cursor, string standard)
{
    private readonly StructureParser _parser = new(cursor, standard, []);

    /// <summary>The names of the requests, responses and notifications.</summary>
    public static bool IsContent(string element) => element is "SubmitStructureRequest" or "SubmitStructureResponse" or "SubmitRegistrationsRequest" or "SubmitRegistrationsResponse"
        or "QueryRegistrationRequest" or "QueryRegistrationResponse" or "SubmitSubscriptionsRequest" or "SubmitSubscriptionsResponse"
        or "QuerySubscriptionRequest" or "QuerySubscriptionResponse" or "NotifyRegistryEvent";

    /// <summary>Reads the request, response or notification at hand.</summary>
    public RegistryContent? Content(string element) => element switch
    {
        "SubmitStructureRequest" => SubmitStructureRequest(),
        "SubmitStructureResponse" => new SubmitStructureResponse(List("SubmissionResult", SubmissionResult)),
        "SubmitRegistrationsRequest" => new SubmitRegistrationsRequest(List("RegistrationRequest", RegistrationRequest)),
        "SubmitRegistrationsResponse" => new SubmitRegistrationsResponse(List("RegistrationStatus", RegistrationStatus)),
        "QueryRegistrationRequest" => QueryRegistrationRequest(),
        "QueryRegistrationResponse" => QueryRegistrationResponse(),
        "SubmitSubscriptionsRequest" => new SubmitSubscriptionsRequest(List("SubscriptionRequest", SubscriptionRequest)),
        "SubmitSubscriptionsResponse" => new SubmitSubscriptionsResponse(List("SubscriptionStatus", SubscriptionStatus)),
        "QuerySubscriptionRequest" => new QuerySubscriptionRequest(List("Organisation", () => _parser.Reference("Agency")).FirstOrDefault()),
        "QuerySubscriptionResponse" => QuerySubscriptionResponse(),
        "NotifyRegistryEvent" => NotifyRegistryEvent(),
        _ => null,
    };

    private ImmutableArray<T> List<T>(string element, Func<T?> read)
        where T : class
    {
        string parent = cursor.Name;
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        foreach (string name in cursor.Children())
        {
            if (name != element)
            {
                cursor.Unexpected(parent);
            }
            else if (read() is { } one)
            {
                list.Add(one);
            }
        }

        return list.DrainToImmutable();
    }

    private ImmutableArray<Maintainable> Structures()
    {
        List<Maintainable> artefacts = [];
        new StructureParser(cursor, standard, artefacts).Structures();
        return [.. artefacts];
    }

    private SubmitStructureRequest SubmitStructureRequest()
    {
        SubmitStructureRequest request = new() { Action = cursor.Attribute("action") ?? "Append", ExternalDependencies = cursor.Flag("externalDependencies") ?? false };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StructureLocation":
                    request = request with { StructureLocation = cursor.Token() };
                    break;
                case "Structures":
                    request = request with { Structures = [.. request.Structures, .. Structures()] };
                    break;
                case "SubmittedStructure":
                    request = request with { Submitted = request.Submitted.Add(SubmittedStructure()) };
                    break;
                default:
                    cursor.Unexpected("SubmitStructureRequest");
                    break;
            }
        }

        return request;
    }

    private SubmittedStructure SubmittedStructure()
    {
        SubmittedStructure submitted = new(null, cursor.Attribute("action"), cursor.Flag("externalDependencies"));
        StructureReference? reference = List("MaintainableObject", () => _parser.Reference("Any")).FirstOrDefault();
        if (reference is null)
        {
            cursor.Report(IssueCodes.MissingElement, "MaintainableObject", "SubmittedStructure");
        }

        return submitted with { Object = reference };
    }

    private SubmissionResult SubmissionResult()
    {
        SubmissionResult result = new(new SubmittedStructure(null), NoStatus);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SubmittedStructure":
                    result = result with { Submitted = SubmittedStructure() };
                    break;
                case "StatusMessage":
                    result = result with { Status = Status() };
                    break;
                default:
                    cursor.Unexpected("SubmissionResult");
                    break;
            }
        }

        return result;
    }

    private static StatusMessage NoStatus => new(RequestStatus.Failure, []);

    private StatusMessage Status()
    {
        string? written = cursor.Attribute("status");
        RequestStatus status = written switch { "Success" => RequestStatus.Success, "Warning" => RequestStatus.Warning, _ => RequestStatus.Failure };
        if (written is not ("Success" or "Warning" or "Failure"))
        {
            cursor.Report(IssueCodes.InvalidText, written ?? "", "status", "Success, Warning, Failure");
        }

        return new StatusMessage(status, List("MessageText", () =>
        {
            string? code = cursor.Attribute("code");
            return new StatusText(code, XmlMessageParts.Texts(cursor));
        }));
    }

    private RegistrationRequest RegistrationRequest()
    {
        string action = cursor.Attribute("action") ?? "";
        return new RegistrationRequest(action, List("Registration", Registration).FirstOrDefault() ?? new Registration());
    }

    private RegistrationStatus RegistrationStatus()
    {
        RegistrationStatus result = new(new Registration(), NoStatus);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Registration":
                    result = result with { Registration = Registration() };
                    break;
                case "StatusMessage":
                    result = result with { Status = Status() };
                    break;
                default:
                    cursor.Unexpected("RegistrationStatus");
                    break;
            }
        }

        return result;
    }

    private Registration Registration()
    {
        Registration registration = new()
        {
            Id = cursor.Attribute("id"),
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            LastUpdated = cursor.Attribute("lastUpdated"),
            IndexTimeSeries = cursor.Flag("indexTimeSeries") ?? false,
            IndexDataSet = cursor.Flag("indexDataSet") ?? false,
            IndexAttributes = cursor.Flag("indexAttributes") ?? false,
            IndexReportingPeriod = cursor.Flag("indexReportingPeriod") ?? false,
        };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ProvisionAgreement":
                    registration = registration with { ProvisionAgreement = _parser.Reference(name) };
                    break;
                case "Datasource":
                    registration = Sources(registration);
                    break;
                default:
                    cursor.Unexpected("Registration");
                    break;
            }
        }

        return registration;
    }

    private Registration Sources(Registration registration)
    {
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SimpleDataSource":
                    registration = registration with { SimpleDataSource = cursor.Token() };
                    break;
                case "QueryableDataSource":
                    registration = registration with { QueryableDataSource = _parser.QueryableDataSource() };
                    break;
                default:
                    cursor.Unexpected("Datasource");
                    break;
            }
        }

        return registration;
    }

    private QueryRegistrationRequest QueryRegistrationRequest()
    {
        QueryRegistrationRequest request = new() { ReturnConstraints = cursor.Flag("returnConstraints") ?? false };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "QueryType":
                    request = request with { QueryType = cursor.Token() };
                    break;
                case "All":
                    break;
                case "ProvisionAgreement" or "DataProvider" or "Dataflow" or "Metadataflow":
                    request = request with { About = _parser.Reference(name) };
                    break;
                case "ReferencePeriod":
                    request = request with { ReferencePeriodStart = cursor.Attribute("startTime"), ReferencePeriodEnd = cursor.Attribute("endTime") };
                    break;
                case "DataKeySet":
                    request = request with { KeySets = request.KeySets.Add(_parser.KeySet()) };
                    break;
                case "MetadataKeySet":
                    request = request with { MetadataKeySets = request.MetadataKeySets.Add(_parser.KeySet()) };
                    break;
                case "CubeRegion":
                    request = request with { Regions = request.Regions.Add(_parser.Region()) };
                    break;
                case "MetadataTargetRegion":
                    request = request with { TargetRegions = request.TargetRegions.Add(_parser.TargetRegion()) };
                    break;
                default:
                    cursor.Unexpected("QueryRegistrationRequest");
                    break;
            }
        }

        return request;
    }

    private QueryRegistrationResponse QueryRegistrationResponse()
    {
        QueryRegistrationResponse response = new(NoStatus, []);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StatusMessage":
                    response = response with { Status = Status() };
                    break;
                case "QueryResult":
                    response = response with { Results = [.. response.Results, .. Results(cursor.Flag("timeSeriesMatch") ?? false)] };
                    break;
                default:
                    cursor.Unexpected("QueryRegistrationResponse");
                    break;
            }
        }

        return response;
    }

    private IEnumerable<QueryRegistrationResult> Results(bool match)
    {
        foreach (string kind in cursor.Children())
        {
            QueryRegistrationResult result = new(new Registration(), kind == "MetadataResult", match, []);
            foreach (string name in cursor.Children())
            {
                switch (name)
                {
                    case "Registration":
                        result = result with { Registration = Registration() };
                        break;
                    case "ContentConstraint" or "Constraint":
                        result = _parser.Reference("ContentConstraint") is { } constraint ? result with { Constraints = result.Constraints.Add(constraint) } : result;
                        break;
                    default:
                        cursor.Unexpected(kind);
                        break;
                }
            }

            yield return result;
        }
    }
}
