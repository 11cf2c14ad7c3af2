using System.Collections.Immutable;
using Dsm.Sdmx.Formats;

namespace Dsm.Web.Pages.Data;

/// <summary>A format that the page for trying queries offers.</summary>
/// <param name="Id">Its word in the address of the page.</param>
/// <param name="Format">The format.</param>
/// <param name="IsV1">True when it belongs to REST 1.5, the line asked first; both lines have all formats.</param>
public sealed record TryFormat(string Id, SdmxFormat Format, bool IsV1)
{
    /// <summary>All of them; the first is the one to begin with.</summary>
    public static ImmutableArray<TryFormat> All { get; } =
    [
        new("csv21", MediaTypes.DataCsv21, false),
        new("json21", MediaTypes.DataJson21, false),
        new("xml31", MediaTypes.DataXml31, false),
        new("xml30", MediaTypes.DataXml30, false),
        new("csv10", MediaTypes.DataCsv1, true),
        new("json10", MediaTypes.DataJson1, true),
        new("generic21", MediaTypes.GenericData21, true),
        new("specific21", MediaTypes.StructureSpecificData21, true),
    ];

    /// <summary>The format of a word; the first when there is none.</summary>
    public static TryFormat Find(string? id) => All.FirstOrDefault(f => f.Id == id) ?? All[0];

    /// <summary>An address with the parameters that stand for the Accept header, for programs that cannot send one.</summary>
    public static string WithFormat(string address, SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(format);
        string type = Uri.EscapeDataString(format.Type["application/vnd.sdmx.".Length..]);
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format={type}&formatVersion={format.Version}";
    }
}
