using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>Finds the series of some codes without going through all of them.</summary>
    public partial class SeriesCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE INDEX ix_series_codes ON series USING gin (codes);");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX ix_series_codes;");
    }
}
