using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registrations;

/// <summary>A registration of a data source: where the data of a provision agreement are. Deleted ones stay with the time of their end.</summary>
public sealed class RegistrationRecord
{
    /// <summary>Id that the hub gave it.</summary>
    public required string Id { get; set; }

    /// <summary>URN of the provision agreement.</summary>
    public required string AgreementUrn { get; set; }

    /// <summary>URL of a file, or null.</summary>
    public string? SimpleSource { get; set; }

    /// <summary>URL of a service, or null.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>True when the service is an SDMX REST service.</summary>
    public bool IsRest { get; set; }

    /// <summary>True when the service is an SDMX SOAP service.</summary>
    public bool IsWebService { get; set; }

    /// <summary>URL of the WSDL, or null.</summary>
    public string? WsdlUrl { get; set; }

    /// <summary>URL of the WADL, or null.</summary>
    public string? WadlUrl { get; set; }

    /// <summary>From when the data are there, as written, or null.</summary>
    public string? ValidFrom { get; set; }

    /// <summary>Until when the data are there, as written, or null.</summary>
    public string? ValidTo { get; set; }

    /// <summary>When the source was updated last, as written, or null.</summary>
    public string? LastUpdated { get; set; }

    /// <summary>What is to be indexed: time series, data set, attributes, reporting period.</summary>
    public bool[] Indexes { get; set; } = [false, false, false, false];

    /// <summary>Who registered it.</summary>
    public required string Origin { get; set; }

    /// <summary>When it was registered or changed last.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was deleted; null while it holds.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The registration as the standard knows it; null when its agreement cannot be read any more.</summary>
    public Registration? ToRegistration() => !StructureReference.TryParseUrn(AgreementUrn, out StructureReference? agreement) ? null : new Registration
    {
        Id = Id,
        ProvisionAgreement = agreement,
        SimpleDataSource = SimpleSource,
        QueryableDataSource = ServiceUrl is null ? null : new QueryableDataSource(ServiceUrl, IsRest, IsWebService, WsdlUrl, WadlUrl),
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        LastUpdated = LastUpdated ?? UpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        IndexTimeSeries = Indexes[0],
        IndexDataSet = Indexes[1],
        IndexAttributes = Indexes[2],
        IndexReportingPeriod = Indexes[3],
    };

    /// <summary>Takes over what a registration says.</summary>
    public void Take(Registration registration, string origin, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registration);
        AgreementUrn = registration.ProvisionAgreement?.Urn ?? AgreementUrn;
        SimpleSource = registration.SimpleDataSource;
        ServiceUrl = registration.QueryableDataSource?.Url;
        IsRest = registration.QueryableDataSource?.IsRest ?? false;
        IsWebService = registration.QueryableDataSource?.IsWebService ?? false;
        WsdlUrl = registration.QueryableDataSource?.WsdlUrl;
        WadlUrl = registration.QueryableDataSource?.WadlUrl;
        ValidFrom = registration.ValidFrom;
        ValidTo = registration.ValidTo;
        LastUpdated = registration.LastUpdated;
        Indexes = [registration.IndexTimeSeries, registration.IndexDataSet, registration.IndexAttributes, registration.IndexReportingPeriod];
        Origin = origin;
        UpdatedAt = now;
        DeletedAt = null;
    }
}
