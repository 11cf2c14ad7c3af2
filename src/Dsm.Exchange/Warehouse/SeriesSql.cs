using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>Parts of statements that select series and chunks by what a query asks for; values are always parameters.</summary>
internal static class SeriesSql
{
    /// <summary>Adds the conditions on series (<c>s</c>) and agreements (<c>g</c>) of a flow.</summary>
    public static void Conditions(NpgsqlCommand command, StringBuilder sql, int flowId, WarehouseQuery query, StoredLayout layout)
    {
        sql.Append("s.flow_id = ").Append(Parameter(command, flowId));
        if (query.AgreementUrns.Count > 0)
        {
            sql.Append(" AND g.urn = ANY(").Append(Parameter(command, query.AgreementUrns.ToArray())).Append(')');
        }

        if (WholeKey(query, layout) is { } key)
        {
            sql.Append(" AND s.key = ").Append(Parameter(command, key));
            return;
        }

        // The index on codes knows them without their places: it finds those few among which the places decide.
        string[] certain = [.. query.Data.Codes.Where(c => c is { Count: 1 }).Select(c => Storable(c!.First()))];
        if (certain.Length > 0)
        {
            sql.Append(" AND s.codes @> ").Append(Parameter(command, certain));
        }

        for (int d = 0; d < query.Data.Codes.Length; d++)
        {
            if (query.Data.Codes[d] is { } codes)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND s.codes[{d + 1}] = ANY(").Append(Parameter(command, codes.Select(Storable).ToArray())).Append(')');
            }
        }
    }

    /// <summary>The one key that is asked for; null when there may be several.</summary>
    public static string? WholeKey(WarehouseQuery query, StoredLayout layout)
        => IsOfOneKey(query, layout) ? Storable(Staging.KeyOf([.. query.Data.Codes.Select(c => c!.Items[0])])) : null;

    /// <summary>True when one whole key is asked for.</summary>
    public static bool IsOfOneKey(WarehouseQuery query, StoredLayout layout)
    {
        ImmutableArray<FrozenSet<string>?> codes = query.Data.Codes;
        if (codes.Length == 0 || codes.Length != layout.Schema.Dimensions.Length)
        {
            return false;
        }

        foreach (FrozenSet<string>? some in codes)
        {
            if (some is not { Count: 1 })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Order of the series (<c>s</c>): by the dimensions asked for, by key where these are equal. Codes compare by character code; the key
    /// as a text would not do, because a dot is not the lowest character of codes.
    /// </summary>
    public static string Order(WarehouseQuery query)
        => string.Concat((query.Data.Order is { } order && order.KeepsSeriesTogether(query.Data.Schema) ? order.Terms.Take(order.LeadingDimensions) : [])
            .Select(t => string.Create(CultureInfo.InvariantCulture, $"s.codes[{t.Component.Index + 1}] COLLATE \"C\"{(t.IsDescending ? " DESC" : "")}, "))) + "s.key";

    /// <summary>Whole chunks (<c>c</c>) outside the bounds are not read; within a chunk the query itself decides.</summary>
    public static string Bounds(WarehouseQuery query)
    {
        string from = query.Data.From is { } f ? string.Create(CultureInfo.InvariantCulture, $" AND c.last_end >= date '{f:yyyy-MM-dd}'") : "";
        string to = query.Data.To is { } t ? string.Create(CultureInfo.InvariantCulture, $" AND c.first_start <= date '{t:yyyy-MM-dd}'") : "";
        return from + to;
    }

    /// <summary>Adds a parameter; returns its place.</summary>
    public static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    // PostgreSQL keeps no NUL character and refuses to be asked for one; nothing stored equals the empty text.
    private static string Storable(string code) => code.Contains('\0', StringComparison.Ordinal) ? "" : code;
}
