using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ProposalLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "with_proposals",
                table: "change_subscription",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "proposal_entry_id",
                table: "change_delivery",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "proposal_id",
                table: "change_delivery",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "with_proposals",
                table: "change_subscription");

            migrationBuilder.DropColumn(
                name: "proposal_entry_id",
                table: "change_delivery");

            migrationBuilder.DropColumn(
                name: "proposal_id",
                table: "change_delivery");
        }
    }
}
