using System;
using System.IO;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>Tables that EF Core does not map: the warehouse and the bytes received. Their SQL is <c>Warehouse.sql</c> beside this file.</summary>
    public partial class Warehouse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            using Stream stream = typeof(Warehouse).Assembly.GetManifestResourceStream("Dsm.Exchange.Storage.Migrations.Warehouse.sql");
            using StreamReader reader = new(stream);
            migrationBuilder.Sql(reader.ReadToEnd());
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP VIEW observation, observation_history;
            DROP TABLE content_part, content, series_chunk, series_attributes, series, publication, agreement, flow;
            """);
    }
}
