using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registrations;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Exchange.Submissions;

/// <summary>Registers the way of a message: registry, reference metadata, registrations, intake, pipeline, warehouse.</summary>
public static class SubmissionServices
{
    /// <summary>Registers the services; the database, <see cref="RegionOptions"/> and the clock are registered by the host.</summary>
    public static IServiceCollection AddSubmissions(this IServiceCollection services) => services
        .AddSingleton<StructureRegistry>()
        .AddSingleton<StructureMaintenance>()
        .AddSingleton<StructureLog>()
        .AddSingleton<MetadataLibrary>()
        .AddSingleton<RegistrationDesk>()
        .AddSingleton<SubmissionContents>()
        .AddSingleton<SubmissionIntake>()
        .AddSingleton<SubmissionPipeline>()
        .AddSingleton<WarehouseReader>();
}
