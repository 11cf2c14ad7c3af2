using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest;

/// <summary>What a message sent for maintenance asks for: a structure message of any version, or a <c>SubmitStructureRequest</c>.</summary>
/// <param name="Tasks">What is to be done.</param>
/// <param name="Artefacts">The artefacts in the message, deletions included, to be held against the address.</param>
/// <param name="IsTrial">True when the message itself asks for nothing to be stored (action Information).</param>
internal sealed record MaintenanceMessage(ImmutableArray<StructureTask> Tasks, ImmutableArray<Maintainable> Artefacts, bool IsTrial)
{
    private static readonly string[] Taken =
        [.. MediaTypes.All.Where(f => IsTaken(f) && !f.IsBefore21).Select(f => f.MediaType)];

    /// <summary>Reads the body of a request; a problem when it cannot be taken.</summary>
    public static async Task<(MaintenanceMessage? Message, byte[] Bytes, RestProblem? Problem)> ReadAsync(RestCall call, CancellationToken ct)
    {
        (MemoryStream? body, RestProblem? problem) = await SubmittedBody.ReadAsync(call, IsTaken, Taken, ct);
        if (body is null)
        {
            return (null, [], problem);
        }

        byte[] bytes = body.ToArray();
        (MaintenanceMessage? message, problem) = Read(bytes);
        return (message, bytes, problem);
    }

    private static bool IsTaken(SdmxFormat format) => format.Kind is MessageKind.Structure or MessageKind.Registry or MessageKind.JsonStructure && format != MediaTypes.Query20 && format != MediaTypes.Query10;

    private static (MaintenanceMessage? Message, RestProblem? Problem) Read(byte[] bytes)
    {
        IssueList issues = new();
        SdmxFormat? format = FormatSniffer.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, FormatSniffer.Window)), issues);
        if (format is null)
        {
            return (null, RestProblem.Of(RestFault.Syntax, issues));
        }

        using MemoryStream stream = new(bytes, writable: false);
        return format.Kind == MessageKind.Registry && RegistryMessageReader.CanRead(format) ? OfRequest(stream) : OfStructures(stream);
    }

    private static (MaintenanceMessage? Message, RestProblem? Problem) OfStructures(Stream stream)
    {
        IssueList issues = new();
        ImmutableArray<Maintainable> artefacts = StructureMessages.Read(stream, issues).Structures.All;
        return issues.HasErrors ? (null, RestProblem.Of(RestFault.Syntax, issues))
            : artefacts.IsEmpty ? (null, RestProblem.Of(RestFault.Syntax, Exchange.ExchangeIssues.NoArtefacts))
            : artefacts.Any(a => a is MetadataSet) ? (null, RestProblem.NotImplemented("MetadataSet"))
            : (new MaintenanceMessage([.. artefacts.Select(StructureTask.Replace)], artefacts, false), null);
    }

    // SDMX 2.1 registry specification, "SubmitStructureRequest": an action for all, and others for some.
    private static (MaintenanceMessage? Message, RestProblem? Problem) OfRequest(Stream stream)
    {
        IssueList issues = new();
        RegistryContent? content = RegistryMessageReader.Read(stream, issues).Content;
        if (issues.HasErrors)
        {
            return (null, RestProblem.Of(RestFault.Syntax, issues));
        }

        if (content is not SubmitStructureRequest request || request.StructureLocation is not null)
        {
            return (null, RestProblem.NotImplemented(content is SubmitStructureRequest ? "StructureLocation" : content?.GetType().Name ?? "RegistryInterface"));
        }

        Dictionary<string, string> actions = [];
        foreach (SubmittedStructure submitted in request.Submitted.Where(s => s is { Object: not null, Action: not null }))
        {
            actions[submitted.Object!.Maintainable.Urn] = submitted.Action!;
        }

        ImmutableArray<StructureTask>.Builder tasks = ImmutableArray.CreateBuilder<StructureTask>();
        bool isTrial = request.Action == "Information";
        foreach (Maintainable artefact in request.Structures)
        {
            string action = actions.GetValueOrDefault(artefact.Urn, request.Action);
            isTrial |= action == "Information";
            tasks.Add(StructureTask.Of(action switch { "Append" => StructureAction.Append, "Delete" => StructureAction.Delete, _ => StructureAction.Replace }, artefact));
        }

        // What is deleted need not be in the message.
        HashSet<string> there = [.. request.Structures.Select(s => s.Urn)];
        tasks.AddRange(actions.Where(a => a.Value == "Delete" && !there.Contains(a.Key)).Select(a => StructureTask.Delete(StructureReference.ParseUrn(a.Key))));
        return tasks.Count == 0 ? (null, RestProblem.Of(RestFault.Syntax, Exchange.ExchangeIssues.NoArtefacts)) : (new MaintenanceMessage(tasks.ToImmutable(), request.Structures, isTrial), null);
    }
}
