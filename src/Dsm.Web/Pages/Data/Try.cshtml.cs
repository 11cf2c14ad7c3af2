using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Data;

/// <summary>
/// Tries a query: a flow, codes of its dimensions, a period and a format are chosen; shown are the addresses in both lines of REST, the
/// beginning of the answer, and snippets for the tools that people have.
/// </summary>
public sealed class TryModel(StructureRegistry registry, FlowAvailability availability, PageTexts texts, IServer server) : PageModel
{
    /// <summary>Flows to choose from, by name.</summary>
    public IReadOnlyList<Dataflow> Flows { get; private set; } = [];

    /// <summary>The flow chosen; null when none is.</summary>
    public Dataflow? Flow { get; private set; }

    /// <summary>Its schema.</summary>
    public DataSchema? Schema { get; private set; }

    /// <summary>What the whole flow holds.</summary>
    public Availability? There { get; private set; }

    /// <summary>What was chosen.</summary>
    public FlowSelection? Selection { get; private set; }

    /// <summary>The format chosen.</summary>
    public TryFormat Format { get; private set; } = TryFormat.All[0];

    /// <summary>Path and parameters in REST 2.2; empty without a flow.</summary>
    public string Rest2 { get; private set; } = "";

    /// <summary>Path and parameters in REST 1.5; empty without a flow.</summary>
    public string Rest1 { get; private set; } = "";

    /// <summary>The answer in the line of the format; null when none was asked for, or it took too long.</summary>
    public TryAnswer? Answer { get; private set; }

    /// <summary>True when the answer was asked for.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Address of this hub as the reader knows it.</summary>
    public string Hub => $"{Request.Scheme}://{Request.Host}{Request.PathBase}";

    /// <summary>The snippets.</summary>
    public ImmutableArray<QuerySnippet> Snippets => Flow is null ? [] : QuerySnippets.Of(Hub + (Format.IsV1 ? Rest1 : Rest2), Hub + Rest1, Format.Format);

    /// <summary>Years from the first to the last period there is.</summary>
    public IEnumerable<int> Years => There is { First: { } first, Last: { } last } ? Enumerable.Range(first.Year, last.AddDays(-1).Year - first.Year + 1) : [];

    /// <summary>Codes of a dimension that occur, by name.</summary>
    public IEnumerable<(string Code, string Name)> Codes(SchemaComponent dimension)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        return There!.Codes[dimension.Index].Union(Selection!.Codes[dimension.Index])
            .Select(c => (c, FigureTable.CodeName(dimension, c, texts))).OrderBy(c => c.Item2, StringComparer.CurrentCulture);
    }

    /// <summary>Word of a flow in the address of the page.</summary>
    public static string Word(Dataflow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return $"{flow.AgencyId}:{flow.Id}({flow.Version})";
    }

    /// <summary>Shows the choice, and what came of it.</summary>
    public async Task<IActionResult> OnGetAsync(string? flow, string? format, string? ask, CancellationToken ct)
    {
        ReaderAccess reader = HubRights.Reading(User);
        RegistrySnapshot structures = registry.For(reader);
        Flows = [.. structures.Structures.Of<Dataflow>().Where(f => structures.Schema(f.Reference) is not null).OrderBy(f => texts.Of(f.Name, f.Id), StringComparer.CurrentCulture)];
        Format = TryFormat.Find(format);
        if (string.IsNullOrEmpty(flow))
        {
            return Page();
        }

        if (Flows.FirstOrDefault(f => Word(f) == flow) is not { } found)
        {
            return NotFound();
        }

        (Flow, Schema) = (found, structures.Schema(found.Reference)!);
        FlowContents contents = await availability.OfAsync(found.Urn, Schema, reader, ct);
        There = contents.All;
        Selection = FlowSelection.Read(Request.Query, Schema, contents);
        DataQuery query = Selection.ToQuery(found);
        Rest2 = "/sdmx/v2/" + Sdmx.Rest.Rest2.Print(query, Schema)!.TrimStart('/');
        Rest1 = "/sdmx/v1/" + Rest15.Print(query)!.TrimStart('/');
        WasAsked = ask is not null;
        Answer = WasAsked ? await TryAnswer.AskAsync(Format.IsV1 ? Rest1 : Rest2, Format.Format.MediaType, Request, server, ct) : null;
        return Page();
    }
}
