using Dsm.Cli.Reports;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Inputs;

/// <summary>The structures a command was given, and the schemas made of them.</summary>
internal sealed class Structures
{
    private readonly Dictionary<StructureReference, DataSchema?> _schemas = [];

    public Structures(StructureSet set) => Set = set;

    /// <summary>The artefacts.</summary>
    public StructureSet Set { get; }

    /// <summary>Findings about the structures themselves while schemas were made.</summary>
    public IssueList Issues { get; } = new();

    /// <summary>
    /// Reads files, folders (every XML and JSON file in them) and addresses. Null when one cannot be read as structures; why was said on
    /// standard error.
    /// </summary>
    public static async Task<Structures?> LoadAsync(CliContext context, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        List<Maintainable> artefacts = [];
        foreach ((string name, bool isInFolder) in names.SelectMany(Files))
        {
            IssueList issues = new();
            using MessageInput input = await MessageInput.OpenAsync(context, name, cancellationToken).ConfigureAwait(false);
            if (isInFolder && !(input.Format(new IssueList()) is { } format && StructureMessages.CanRead(format)))
            {
                continue;
            }

            using (Stream content = MessagePacking.Unpack(input.Open(), issues, DataReaderOptions.Default.MaxBytes))
            {
                artefacts.AddRange(StructureMessages.Read(content, issues).Structures.All);
            }

            if (issues.HasErrors)
            {
                context.Console.Error.WriteLine(name + ":");
                FindingsText.Write(context.Console.Error, context.Text, issues, 3);
            }

            if (issues.HasFatal)
            {
                return null;
            }
        }

        // Lists of what a service has name artefacts without their content; the whole ones count, wherever they stand.
        return new Structures(new StructureSet(artefacts.OrderBy(IsWhole)));
    }

    /// <summary>The schema of an agreement, dataflow or data structure; null when it is not among the structures.</summary>
    public DataSchema? SchemaOf(StructureReference reference)
    {
        if (!_schemas.TryGetValue(reference, out DataSchema? schema))
        {
            IssueList issues = new();
            // SDMX-CSV 1.0 can name nothing but a dataflow: data that follow a data structure itself name that in its place.
            StructureReference meant = reference.Type == StructureType.Dataflow && Set.Find(reference) is null
                && Set.Find(reference with { Type = StructureType.DataStructure }) is not null ? reference with { Type = StructureType.DataStructure } : reference;
            _schemas.Add(reference, schema = DataSchema.Resolve(Set, meant, issues));
            if (schema is not null)
            {
                foreach (Issue issue in issues.Kept)
                {
                    Issues.Add(issue);
                }
            }
        }

        return schema;
    }

    /// <summary>
    /// The dataflow (or else data structure or provision agreement) a user means by <c>ID</c>, <c>AGENCY:ID</c>, <c>AGENCY:ID(VERSION)</c>
    /// or a URN: the latest version of the first that fits; null when there is none.
    /// </summary>
    public StructureReference? Find(string name)
    {
        if (StructureReference.TryParseUrn(name, out StructureReference? urn))
        {
            return Set.Find(urn)?.Reference;
        }

        string rest = name.Trim();
        string? agency = null, version = null;
        if (rest.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
        {
            (agency, rest) = (rest[..colon], rest[(colon + 1)..]);
        }

        if (rest.EndsWith(')') && rest.IndexOf('(', StringComparison.Ordinal) is > 0 and int open)
        {
            (version, rest) = (rest[(open + 1)..^1], rest[..open]);
        }

        return new[] { StructureType.Dataflow, StructureType.DataStructure, StructureType.ProvisionAgreement }
            .SelectMany(type => Set.All.Where(a => a.Type == type && a.Id == rest && (agency is null || a.AgencyId == agency) && (version is null || a.Version.ToString() == version))
                .OrderByDescending(a => a.Version))
            .FirstOrDefault()?.Reference;
    }

    private static bool IsWhole(Maintainable artefact) => !artefact.IsExternalReference && artefact switch
    {
        DataStructure structure => !structure.Dimensions.IsEmpty,
        Codelist list => !list.Codes.IsEmpty || !list.Extensions.IsEmpty,
        ConceptScheme scheme => !scheme.Concepts.IsEmpty,
        Dataflow flow => flow.Structure is not null,
        _ => true,
    };

    // What else lies in a folder is passed over; a file that is named must be one of structures.
    private static IEnumerable<(string Name, bool IsInFolder)> Files(string name) => Directory.Exists(name)
        ? Directory.EnumerateFiles(name, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".xml" or ".json" or ".gz" or ".zip").Order(StringComparer.Ordinal).Select(f => (f, true))
        : [(name, false)];
}
