using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry;

/// <summary>The artefacts of one state of the registry by the numbers of their records, so that the next state reads only what is new to it.</summary>
internal sealed class StoredArtefacts
{
    private readonly Dictionary<long, Maintainable> _byRecord;

    private StoredArtefacts(Dictionary<long, Maintainable> byRecord) => (_byRecord, Set) = (byRecord, new StructureSet(byRecord.Values));

    /// <summary>No artefact.</summary>
    public static StoredArtefacts None { get; } = new([]);

    /// <summary>The artefacts.</summary>
    public StructureSet Set { get; }

    /// <summary>Reads the state after a transaction; artefacts known from another state are taken from there.</summary>
    public static async Task<StoredArtefacts> ReadAsync(HubDbContext context, long transaction, StoredArtefacts known, CancellationToken ct)
    {
        IQueryable<StructureRecord> then = context.Structures.AsNoTracking()
            .Where(s => s.OpenedBy <= transaction && (s.ClosedBy == null || s.ClosedBy > transaction)).OrderBy(s => s.Urn);
        long[] ids = await then.Select(s => s.Id).ToArrayAsync(ct).ConfigureAwait(false);
        long[] unknown = [.. ids.Where(id => !known._byRecord.ContainsKey(id))];
        Dictionary<long, string> contents = unknown.Length == 0 ? [] : await context.Structures.AsNoTracking().Where(s => unknown.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, s => s.Content, ct).ConfigureAwait(false);
        Dictionary<long, Maintainable> artefacts = [];
        foreach (long id in ids)
        {
            artefacts.Add(id, known._byRecord.TryGetValue(id, out Maintainable? artefact) ? artefact : StructureContent.Read(contents[id]));
        }

        return new StoredArtefacts(artefacts);
    }
}
