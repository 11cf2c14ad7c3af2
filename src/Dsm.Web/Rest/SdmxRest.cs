using Dsm.Web.Rest.OpenApi;
using Microsoft.AspNetCore.ResponseCompression;

namespace Dsm.Web.Rest;

/// <summary>
/// The SDMX REST interface: <c>/sdmx/v1</c> (REST 1.5, SDMX 2.1) and <c>/sdmx/v2</c> (REST 2.2, SDMX 3.x).
/// </summary>
public static class SdmxRest
{
    /// <summary>Registers what the interface needs.</summary>
    public static void AddSdmxRest(this IServiceCollection services)
    {
        services.AddSingleton(_ => DataPlaces.OfHub()).AddSingleton<UnchangedAnswers>().AddSingleton<RestServices>();
        services.AddSingleton(s => s.GetRequiredService<IConfiguration>().GetSection(DataLimits.Section).Get<DataLimits>() ?? new DataLimits());
        services.AddHostedService<ChangeHearing>();
        services.Configure<ResponseCompressionOptions>(o => o.MimeTypes = [.. o.MimeTypes, .. OfferedFormats.CompressedTypes]);
    }

    /// <summary>Adds the addresses of the interface.</summary>
    public static void MapSdmxRest(this IEndpointRouteBuilder routes)
    {
        routes.MapData();
        routes.MapAvailability();
        routes.MapSchemas();
        routes.MapReferenceMetadata();
        routes.MapRegistrations();
        routes.MapStructures();
        routes.MapMaintenance();
        routes.MapNothingElse();
        routes.MapOpenApi();
    }
}
