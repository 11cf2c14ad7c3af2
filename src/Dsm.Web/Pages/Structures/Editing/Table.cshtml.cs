using System.Text;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Items as a table: pasted from a spreadsheet or sent as CSV or XLSX, looked at as differences, then taken; and given as files.</summary>
[RequestFormLimits(ValueLengthLimit = MostText)]
public sealed class TableModel(Editors editors) : EditorPage(editors)
{
    private const long MaxBytes = 20_000_000;

    /// <summary>What the table would do; null before one was sent.</summary>
    public ItemSheetPlan? Plan { get; private set; }

    /// <summary>The differences it would make.</summary>
    public IReadOnlyList<StructureChange> Changes { get; private set; } = [];

    /// <summary>The table as text with tabs.</summary>
    public string Rows { get; private set; } = "";

    /// <summary>True when items that are not in the table go.</summary>
    public bool IsWhole { get; private set; }

    private ItemScheme Scheme => (ItemScheme)Artefact;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Shows what a table would do.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        IsWhole = Field("whole").Length > 0;
        if (await ReadAsync(ct) is not { } table)
        {
            return Page();
        }

        Preview(table);
        if (table.IsCut)
        {
            Rows = Request.Form["paste"].ToString();
        }

        return Page();
    }

    /// <summary>Takes a table that was looked at.</summary>
    public async Task<IActionResult> OnPostApplyAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        IsWhole = Field("whole").Length > 0;
        Preview(SheetFile.Parse(Request.Form["rows"].ToString()));
        return Problems.Count == 0 && Plan!.Problems.IsEmpty && await SaveAsync(Plan.Scheme, ct) ? To("/edit") : Page();
    }

    private IActionResult? Find() => Refusal() ?? (ItemEdits.Knows(Artefact) ? null : NotFound());

    private async Task<SheetFile?> ReadAsync(CancellationToken ct)
    {
        IFormFile? file = Request.Form.Files["file"];
        string pasted = Request.Form["paste"].ToString();
        if (file is not { Length: > 0 } && string.IsNullOrWhiteSpace(pasted))
        {
            Problems.Add(("paste", Texts["table.problem.empty"]));
            return null;
        }

        if (file is not { Length: > 0 })
        {
            return SheetFile.Parse(pasted);
        }

        if (file.Length > MaxBytes)
        {
            Problems.Add(("file", Texts.Format("table.problem.large", MaxBytes / 1_000_000)));
            return null;
        }

        try
        {
            using MemoryStream content = new();
            await file.CopyToAsync(content, ct);
            content.Position = 0;
            return content.GetBuffer().AsSpan(0, (int)Math.Min(2, content.Length)).SequenceEqual("PK"u8)
                ? SheetFile.ReadWorkbook(content)
                : SheetFile.Parse(new UTF8Encoding(false, true).GetString(content.GetBuffer(), 0, (int)content.Length));
        }
        catch (InvalidDataException)
        {
            Problems.Add(("file", Texts["table.problem.workbook"]));
        }
        catch (DecoderFallbackException)
        {
            Problems.Add(("file", Texts["table.problem.encoding"]));
        }

        return null;
    }

    private void Preview(SheetFile table)
    {
        SayIfCut(table, "paste");
        Plan = ItemSheet.Read(Scheme, table, [Texts.Language, .. Texts.Languages.Where(l => l != Texts.Language)], IsWhole);
        Changes = StructureComparison.Compare(Artefact, Plan.Scheme).Changes;
        Rows = table.ToText();
    }
}
