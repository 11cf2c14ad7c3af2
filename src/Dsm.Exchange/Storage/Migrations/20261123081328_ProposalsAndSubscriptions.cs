using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>Proposals with their records; subscriptions to changes of structures with what is sent to them.</summary>
    public partial class ProposalsAndSubscriptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change_follower",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    last_number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_follower", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_subscription",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    agency_id = table.Column<string>(type: "text", nullable: true),
                    @class = table.Column<string>(name: "class", type: "text", nullable: true),
                    artefact_id = table.Column<string>(type: "text", nullable: true),
                    with_drafts = table.Column<bool>(type: "boolean", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: true),
                    secret = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_subscription", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "proposal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    agency_id = table.Column<string>(type: "text", nullable: false),
                    @class = table.Column<string>(name: "class", type: "text", nullable: false),
                    artefact_id = table.Column<string>(type: "text", nullable: false),
                    seen_version = table.Column<string>(type: "text", nullable: true),
                    item_id = table.Column<string>(type: "text", nullable: true),
                    parent_id = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "jsonb", nullable: false),
                    description = table.Column<string>(type: "jsonb", nullable: false),
                    structure_urn = table.Column<string>(type: "text", nullable: true),
                    needs_own_structure = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision = table.Column<string>(type: "text", nullable: true),
                    draft_urn = table.Column<string>(type: "text", nullable: true),
                    draft_transaction = table.Column<long>(type: "bigint", nullable: true),
                    published_urn = table.Column<string>(type: "text", nullable: true),
                    published_transaction = table.Column<long>(type: "bigint", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    subscription_id = table.Column<long>(type: "bigint", nullable: false),
                    transaction_number = table.Column<long>(type: "bigint", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    http_status = table.Column<int>(type: "integer", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_delivery", x => x.id);
                    table.ForeignKey(
                        name: "fk_change_delivery_change_subscription_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "change_subscription",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "proposal_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    proposal_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal_entry", x => x.id);
                    table.ForeignKey(
                        name: "fk_proposal_entry_proposal_proposal_id",
                        column: x => x.proposal_id,
                        principalTable: "proposal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "change_follower",
                columns: new[] { "id", "last_number" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_change_delivery_due_at",
                table: "change_delivery",
                column: "due_at",
                filter: "status = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_change_delivery_subscription_id_transaction_number",
                table: "change_delivery",
                columns: new[] { "subscription_id", "transaction_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_change_subscription_address",
                table: "change_subscription",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "ix_change_subscription_status_id",
                table: "change_subscription",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_agency_id_artefact_id",
                table: "proposal",
                columns: new[] { "agency_id", "artefact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_status_id",
                table: "proposal",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_entry_proposal_id_id",
                table: "proposal_entry",
                columns: new[] { "proposal_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change_delivery");

            migrationBuilder.DropTable(
                name: "change_follower");

            migrationBuilder.DropTable(
                name: "proposal_entry");

            migrationBuilder.DropTable(
                name: "change_subscription");

            migrationBuilder.DropTable(
                name: "proposal");
        }
    }
}
