using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Fuzz.Targets;

/// <summary>Structure messages: reads of any size deliver the same, and what is written is read and written again without change.</summary>
public static class StructureTargets
{
    /// <summary>SDMX-ML structures of all versions, written as 2.1 and 3.1.</summary>
    public static void Xml(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList issues = new();
        StructureSet set = StructureMessages.Read(new MemoryStream(message), issues).Structures;
        Use(set);
        Check(set, issues, MediaTypes.StructureXml31);
        Check(set, issues, MediaTypes.StructureXml21);
    }

    /// <summary>SDMX-JSON structures of all versions, written as 2.1 and 1.0.</summary>
    public static void Json(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList whole = new(), slow = new();
        StructureSet set = StructureMessages.Read(new MemoryStream(message), whole).Structures;
        StructureMessages.Read(new SlowStream(message, 3), slow);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", string.Join('\n', slow.Kept), string.Join('\n', whole.Kept));
        Use(set);
        Check(set, whole, MediaTypes.StructureJson21);
        Check(set, whole, MediaTypes.StructureJson1);
    }

    // What becomes of structures: schemas of flows, the XSD of their data, comparison.
    private static void Use(StructureSet set)
    {
        foreach (Maintainable artefact in set.All.Where(a => a is Dataflow or DataStructure or ProvisionAgreement).Take(20))
        {
            if (DataSchema.Resolve(set, artefact.Reference, new IssueList()) is { } schema)
            {
                StructureSpecificSchemaWriter.Write(schema, artefact.Reference, SdmxNamespaces.V30, null, Stream.Null);
            }
        }

        if (StructureComparison.Compare(set, set).Any(c => !c.Changes.IsEmpty))
        {
            throw new FuzzFailure("a set of structures differs from itself");
        }
    }

    private static void Check(StructureSet set, IssueList read, SdmxFormat format)
    {
        // Whatever was read can be written; what is written of a message without findings is right.
        byte[] first = Write(set, format);
        if (read.Count > 0)
        {
            return;
        }

        IssueList issues = new();
        StructureSet again = StructureMessages.Read(new MemoryStream(first), issues).Structures;
        if (issues.HasErrors)
        {
            throw new FuzzFailure($"what was written as {format} cannot be read: {string.Join('\n', issues.Kept)}\n{Encoding.UTF8.GetString(first)}");
        }

        FuzzFailure.ThrowIfDifferent($"first and second writing as {format}", Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(Write(again, format)));
    }

    private static byte[] Write(StructureSet set, SdmxFormat format)
    {
        using MemoryStream output = new();
        StructureMessages.Write(format, output, set.All, new MessageHeader { Id = "F", Prepared = "2025-01-01T00:00:00" }, new IssueList());
        return output.ToArray();
    }
}
