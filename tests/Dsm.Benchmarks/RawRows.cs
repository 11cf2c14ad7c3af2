using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Benchmarks;

/// <summary>
/// What is compared with: the observations of a hub as plain rows with a key in the same database, behind bare Kestrel endpoints that
/// read them with Npgsql and write CSV. No negotiation, no rights, no structures.
/// </summary>
internal sealed class RawRows(WebApplication app, NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>Columns, those of the hub's SDMX-CSV.</summary>
    public const string Columns = "freq, ref_area, indicator, citizenship, sex, age, period, value, publisher, unit_measure, unit_mult, title, obs_status, obs_note";

    private const string Fill =
        $"""
        CREATE TABLE bare AS
        SELECT o.key, o.codes[1] AS freq, o.codes[2] AS ref_area, o.codes[3] AS indicator, o.codes[4] AS citizenship, o.codes[5] AS sex, o.codes[6] AS age,
               o.period, coalesce(o.number::text, o.text) AS value, a.attributes ->> 'PUBLISHER' AS publisher, a.attributes ->> 'UNIT_MEASURE' AS unit_measure,
               a.attributes ->> 'UNIT_MULT' AS unit_mult, a.attributes ->> 'TITLE' AS title, o.attributes ->> 'OBS_STATUS' AS obs_status, o.attributes ->> 'OBS_NOTE' AS obs_note
          FROM observation o JOIN series_attributes a ON a.series_id = o.series_id AND a.closed_by IS NULL;
        ALTER TABLE bare ADD PRIMARY KEY (key, period);
        CREATE INDEX ON bare (ref_area, indicator, key, period);
        ANALYZE bare;
        """;

    /// <summary>Address of the endpoints, without a slash at the end.</summary>
    public string Address { get; } = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Makes the rows and starts the endpoints.</summary>
    public static async Task<RawRows> StartAsync(string connectionString)
    {
        NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using (NpgsqlCommand fill = source.CreateCommand(Fill))
        {
            fill.CommandTimeout = 0;
            await fill.ExecuteNonQueryAsync();
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapGet("/series/{key}", (string key, HttpContext http) => WriteAsync(http, source, $"SELECT {Columns} FROM bare WHERE key = $1 ORDER BY period", key));
        app.MapGet("/some/{area}/{indicator}", (string area, string indicator, HttpContext http)
            => WriteAsync(http, source, $"SELECT {Columns} FROM bare WHERE ref_area = $1 AND indicator = $2 ORDER BY key, period", area, indicator));
        app.MapGet("/constant", (HttpContext http) =>
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.Headers.ETag = "W/\"constant\"";
        });
        await app.StartAsync();
        return new RawRows(app, source);
    }

    /// <summary>Reads <c>COPY TO</c> of all rows to its end; returns the bytes.</summary>
    /// <param name="isBinary">False for CSV, which the server has to make and the client to decode.</param>
    public async Task<long> CopyAsync(bool isBinary)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        if (isBinary)
        {
            await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync($"COPY bare ({Columns}) TO STDOUT (FORMAT binary)");
            return await RestClient.DrainAsync(stream);
        }

        using TextReader text = await connection.BeginTextExportAsync($"COPY bare ({Columns}) TO STDOUT (FORMAT csv)");
        char[] buffer = new char[1 << 16];
        long characters = 0;
        for (int read; (read = await text.ReadAsync(buffer)) > 0;)
        {
            characters += read;
        }

        return characters;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await source.DisposeAsync();
    }

    private static async Task WriteAsync(HttpContext http, NpgsqlDataSource source, string sql, params string[] parameters)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(http.RequestAborted);
        await using NpgsqlCommand command = new(sql, connection);
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        }

        await command.PrepareAsync(http.RequestAborted);
        http.Response.ContentType = "text/csv";
        IBufferWriter<byte> output = http.Response.BodyWriter;
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(http.RequestAborted);
        int rows = 0;
        while (await row.ReadAsync(http.RequestAborted))
        {
            for (int i = 0; i < row.FieldCount; i++)
            {
                if (i > 0)
                {
                    output.Write(","u8);
                }

                if (!row.IsDBNull(i))
                {
                    Encoding.UTF8.GetBytes(row.GetString(i), output);
                }
            }

            output.Write("\r\n"u8);
            if (++rows % 256 == 0)
            {
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
        }
    }
}
