using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dsm.Exchange.Storage.Migrations
{
    /// <summary>When sources were asked by their own clocks, and when for everything.</summary>
    public partial class SourceClock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_asked_at",
                table: "source",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_whole_run_at",
                table: "source",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_asked_at",
                table: "source");

            migrationBuilder.DropColumn(
                name: "last_whole_run_at",
                table: "source");
        }
    }
}
