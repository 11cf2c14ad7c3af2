using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Tests.Harvesting;

/// <summary>A national system over real HTTP on loopback; each test says how it answers.</summary>
public sealed class TestSource : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestSource(WebApplication app) => this.app = app;

    /// <summary>How it answers.</summary>
    public RequestDelegate Answer { get; set; } = Text("data");

    /// <summary>Requests so far: header name to value, with the path under an empty name.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Requests { get; } = [];

    /// <summary>Where it answers.</summary>
    public string Url => app.Urls.First() + "/data";

    public static async Task<TestSource> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        TestSource source = new(app);
        app.Run(context =>
        {
            Dictionary<string, string> seen = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString());
            seen[""] = context.Request.Path + context.Request.QueryString;
            source.Requests.Enqueue(seen);
            return source.Answer(context);
        });
        await app.StartAsync();
        return source;
    }

    public static RequestDelegate Text(string text, string? etag = null) => context =>
    {
        context.Response.ContentType = "application/xml";
        if (etag is not null)
        {
            context.Response.Headers.ETag = etag;
        }

        return context.Response.WriteAsync(text);
    };

    public static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>One answer after the other; the last one for ever.</summary>
    public static RequestDelegate InTurn(params RequestDelegate[] answers)
    {
        int next = 0;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length) - 1](context);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
