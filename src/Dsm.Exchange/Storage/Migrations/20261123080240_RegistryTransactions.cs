using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>The log of structures, what was taken from their folder, and the spaces of agencies.</summary>
    public partial class RegistryTransactions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "closed_by",
                table: "structure",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "opened_by",
                table: "structure",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "agency_space",
                columns: table => new
                {
                    agency_id = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: true),
                    is_restricted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_space", x => x.agency_id);
                });

            migrationBuilder.CreateTable(
                name: "structure_file",
                columns: table => new
                {
                    urn = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_structure_file", x => x.urn);
                });

            migrationBuilder.CreateTable(
                name: "structure_transaction",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    added = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    deleted = table.Column<int>(type: "integer", nullable: false),
                    rolls_back = table.Column<long>(type: "bigint", nullable: true),
                    message = table.Column<byte[]>(type: "bytea", nullable: true),
                    message_hash = table.Column<string>(type: "text", nullable: true),
                    media_type = table.Column<string>(type: "text", nullable: true),
                    findings = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_structure_transaction", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_structure_closed_by",
                table: "structure",
                column: "closed_by");

            migrationBuilder.CreateIndex(
                name: "ix_structure_opened_by",
                table: "structure",
                column: "opened_by");

            migrationBuilder.CreateIndex(
                name: "ix_structure_transaction_at",
                table: "structure_transaction",
                column: "at");

            // What is there already was put there from the folder: one transaction for each moment at which something changed.
            migrationBuilder.Sql(
                """
                INSERT INTO structure_transaction (at, who, origin, status, added, changed, deleted, findings)
                SELECT at, 'hub', 'structures', 'Applied',
                       (SELECT count(*) FROM structure s WHERE s.current_from = m.at AND NOT EXISTS (SELECT FROM structure o WHERE o.urn = s.urn AND o.current_to = m.at)),
                       (SELECT count(*) FROM structure s WHERE s.current_from = m.at AND EXISTS (SELECT FROM structure o WHERE o.urn = s.urn AND o.current_to = m.at)),
                       (SELECT count(*) FROM structure s WHERE s.current_to = m.at AND NOT EXISTS (SELECT FROM structure o WHERE o.urn = s.urn AND o.current_from = m.at)),
                       '[]'
                  FROM (SELECT current_from AS at FROM structure UNION SELECT current_to FROM structure WHERE current_to IS NOT NULL) m
                 ORDER BY at;
                UPDATE structure s SET opened_by = (SELECT id FROM structure_transaction t WHERE t.at = s.current_from),
                                       closed_by = (SELECT id FROM structure_transaction t WHERE t.at = s.current_to);
                INSERT INTO structure_file (urn, path, hash)
                SELECT urn, origin, content_hash FROM structure WHERE current_to IS NULL AND origin LIKE '%.xml';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agency_space");

            migrationBuilder.DropTable(
                name: "structure_file");

            migrationBuilder.DropTable(
                name: "structure_transaction");

            migrationBuilder.DropIndex(
                name: "ix_structure_closed_by",
                table: "structure");

            migrationBuilder.DropIndex(
                name: "ix_structure_opened_by",
                table: "structure");

            migrationBuilder.DropColumn(
                name: "closed_by",
                table: "structure");

            migrationBuilder.DropColumn(
                name: "opened_by",
                table: "structure");
        }
    }
}
