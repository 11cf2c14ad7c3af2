using System.Collections.Immutable;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry;

/// <summary>
/// What the folder of structures asks of the registry: files that are new or other than they were taken last are put in, artefacts whose
/// files are gone go. A file that is as it was asks for nothing, so that what officials changed since stays.
/// </summary>
internal sealed class StructureFolder
{
    /// <summary>Origin of its transactions in the log.</summary>
    public const string Origin = "structures";

    private readonly Dictionary<string, StructureFile> _files;
    private readonly List<string> _gone;

    private StructureFolder(Dictionary<string, StructureFile> files, List<string> gone, ImmutableArray<StructureTask> tasks)
        => (_files, _gone, Tasks) = (files, gone, tasks);

    /// <summary>What is asked for.</summary>
    public ImmutableArray<StructureTask> Tasks { get; }

    /// <summary>Compares the files with what was taken last.</summary>
    public static async Task<StructureFolder> ChangesAsync(HubDbContext context, ImmutableArray<StructureFile> files, CancellationToken ct)
    {
        Dictionary<string, StructureFileRecord> taken = await context.StructureFiles.AsNoTracking().ToDictionaryAsync(f => f.Urn, ct).ConfigureAwait(false);
        Dictionary<string, StructureFile> changed = files.Where(f => taken.GetValueOrDefault(f.Artefact.Urn)?.Hash != f.Hash).ToDictionary(f => f.Artefact.Urn);
        HashSet<string> there = [.. files.Select(f => f.Artefact.Urn)];
        List<string> gone = [.. taken.Keys.Where(urn => !there.Contains(urn))];

        // What officials changed since is theirs and stays without a file, too.
        string[] asTaken = [.. await context.Structures.Where(s => gone.Contains(s.Urn) && s.CurrentTo == null && s.Origin.EndsWith(".xml")).Select(s => s.Urn).ToListAsync(ct).ConfigureAwait(false)];
        return new StructureFolder(changed, gone, [.. changed.Values.Select(f => StructureTask.Replace(f.Artefact)), .. asTaken.Select(urn => StructureTask.Delete(StructureReference.ParseUrn(urn)))]);
    }

    /// <summary>Path of the file an artefact comes from.</summary>
    public string OriginOf(StructureReference reference) => _files.TryGetValue(reference.Urn, out StructureFile? file) ? file.Origin : Origin;

    /// <summary>What is wrong with the files, a sentence each with its file in front.</summary>
    public IReadOnlyList<string> Faults(StructurePlan plan)
        => [.. plan.Changes.SelectMany(c => c.Issues.Where(i => i.Severity >= Severity.Error).Select(i => $"{OriginOf(c.Reference)}: {IssueText.For(i, "en")}"))];

    /// <summary>Remembers the files as taken. Artefacts that were to go and were kept are remembered, to be asked for again.</summary>
    public async Task RememberAsync(HubDbContext context, IReadOnlySet<string> kept, CancellationToken ct)
    {
        string[] replaced = [.. _files.Keys, .. _gone.Where(urn => !kept.Contains(urn))];
        await context.StructureFiles.Where(f => replaced.Contains(f.Urn)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        context.StructureFiles.AddRange(_files.Values.Select(f => new StructureFileRecord { Urn = f.Artefact.Urn, Path = f.Origin, Hash = f.Hash }));
        await context.SaveChangesAsync(ct).ConfigureAwait(false);
    }
}
