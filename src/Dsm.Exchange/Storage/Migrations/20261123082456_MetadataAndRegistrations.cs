using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>Reports of reference metadata, and registrations of data sources.</summary>
    public partial class MetadataAndRegistrations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "metadata_set",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    urn = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    current_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    current_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metadata_set", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registration",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    agreement_urn = table.Column<string>(type: "text", nullable: false),
                    simple_source = table.Column<string>(type: "text", nullable: true),
                    service_url = table.Column<string>(type: "text", nullable: true),
                    is_rest = table.Column<bool>(type: "boolean", nullable: false),
                    is_web_service = table.Column<bool>(type: "boolean", nullable: false),
                    wsdl_url = table.Column<string>(type: "text", nullable: true),
                    wadl_url = table.Column<string>(type: "text", nullable: true),
                    valid_from = table.Column<string>(type: "text", nullable: true),
                    valid_to = table.Column<string>(type: "text", nullable: true),
                    last_updated = table.Column<string>(type: "text", nullable: true),
                    indexes = table.Column<bool[]>(type: "boolean[]", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registration", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_metadata_set_urn_current_from",
                table: "metadata_set",
                columns: new[] { "urn", "current_from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_metadata_set_current",
                table: "metadata_set",
                column: "urn",
                unique: true,
                filter: "current_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_registration_agreement_urn",
                table: "registration",
                column: "agreement_urn");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "metadata_set");

            migrationBuilder.DropTable(
                name: "registration");
        }
    }
}
