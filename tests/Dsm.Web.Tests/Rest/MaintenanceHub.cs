using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Rest;

/// <summary>
/// A hub on loopback with the region's structures and people who maintain them: <c>root.admin</c>, <c>maintainer</c>, <c>arm</c> and
/// <c>geo</c> (country administrators), <c>focal</c>. Tests write, so artefacts have ids of their own.
/// </summary>
public sealed class MaintenanceHub : IAsyncLifetime
{
    public const string Password = "a rather long password";

    private readonly string folder = Directory.CreateTempSubdirectory("dsm-maintenance-").FullName;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private HubHost host = null!;

    public StructureRegistry Registry => host.App.Services.GetRequiredService<StructureRegistry>();

    public StructureMaintenance Maintenance => host.App.Services.GetRequiredService<StructureMaintenance>();

    public IServiceProvider Services => host.App.Services;

    public StructureLog Log => host.App.Services.GetRequiredService<StructureLog>();

    public async Task InitializeAsync()
    {
        string database = await TestDatabase.CreateDatabaseAsync();
        host = await HubHost.BuildAsync([$"--ConnectionStrings:Hub={database}", "--port", "0", "--empty", "--data", folder, "--Logging:LogLevel:Default=Error"], CancellationToken.None);
        await host.App.StartAsync();
        HubReadiness readiness = host.App.Services.GetRequiredService<HubReadiness>();
        for (int i = 0; i < 600 && !(readiness.CanServe && readiness.JobsRunning) && readiness.Failure is null; i++)
        {
            await Task.Delay(100);
        }

        readiness.Failure.Should().BeNull();
        await AddUserAsync("root.admin", HubRoles.SystemAdministrator, null);
        await AddUserAsync("maintainer", HubRoles.StructureMaintainer, null);
        await AddUserAsync("arm", HubRoles.CountryAdministrator, "ARM");
        await AddUserAsync("geo", HubRoles.CountryAdministrator, "GEO");
        await AddUserAsync("focal", HubRoles.FocalPoint, "ARM");
        await AddUserAsync("forgetful", HubRoles.StructureMaintainer, null);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await host.App.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A list of its own for a test.</summary>
    public static Codelist List(string id, string version = "1.0", string agency = "EECA", params string[] codes) => new()
    {
        AgencyId = agency, Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of("List"), Codes = [.. (codes.Length == 0 ? ["A", "B"] : codes).Select(c => new Code { Id = c, Name = LocalisedText.Of(c) })],
    };

    /// <summary>Artefacts as a message.</summary>
    public static byte[] Message(SdmxFormat format, params Maintainable[] artefacts)
    {
        using MemoryStream stream = new();
        StructureMessages.Write(format, stream, artefacts, new MessageHeader { Id = "M", Prepared = "2024-01-01T00:00:00Z", SenderId = "TEST" }, new IssueList());
        return stream.ToArray();
    }

    /// <summary>An address below <c>/sdmx</c>.</summary>
    public Uri Address(string address) => new($"{host.Address.ToString().TrimEnd('/')}/sdmx/{address}");

    /// <summary>Sends artefacts in SDMX-ML 3.0.</summary>
    public Task<RestReply> SendAsync(HttpMethod method, string address, params Maintainable[] artefacts)
        => SendAsync(method, address, Message(MediaTypes.StructureXml30, artefacts), MediaTypes.StructureXml30.MediaType);

    /// <summary>Sends something to an address below <c>/sdmx</c>.</summary>
    public async Task<RestReply> SendAsync(HttpMethod method, string address, byte[]? body, string? type, string? user = "maintainer", string? accept = null, string password = Password, string language = "en", DateTimeOffset? since = null)
    {
        using HttpRequestMessage request = new(method, new Uri($"{host.Address.ToString().TrimEnd('/')}/sdmx/{address}"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        request.Headers.TryAddWithoutValidation("Accept", accept ?? "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.IfModifiedSince = since;
        using HttpResponseMessage response = await client.SendAsync(request);
        return new RestReply(response, await response.Content.ReadAsByteArrayAsync());
    }

    private async Task AddUserAsync(string name, string role, string? country)
    {
        await using AsyncServiceScope scope = host.App.Services.CreateAsyncScope();
        RoleManager<IdentityRole> roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        if (!await roles.RoleExistsAsync(role))
        {
            (await roles.CreateAsync(new IdentityRole(role))).Succeeded.Should().BeTrue();
        }

        UserManager<HubUser> users = scope.ServiceProvider.GetRequiredService<UserManager<HubUser>>();
        HubUser user = new() { UserName = name, DisplayName = name, Country = country };
        (await users.CreateAsync(user, Password)).Succeeded.Should().BeTrue();
        (await users.AddToRoleAsync(user, role)).Succeeded.Should().BeTrue();
    }
}

/// <summary>One hub for all tests of maintenance.</summary>
[CollectionDefinition(Name)]
public sealed class MaintenanceHubCollection : ICollectionFixture<MaintenanceHub>
{
    public const string Name = "maintenance";
}
