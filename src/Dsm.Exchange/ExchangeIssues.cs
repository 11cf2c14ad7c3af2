using System.Runtime.CompilerServices;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange;

/// <summary>The numbered catalogue of findings that the exchange makes, beside <see cref="IssueCodes"/>. Texts: <c>Messages</c>.</summary>
public static class ExchangeIssues
{
    // When the assembly is loaded, not when this class is first used: findings read from the database are shown by their ids alone.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RegisterTexts() => IssueText.Register(typeof(ExchangeIssues).Assembly, "Dsm.Exchange.Messages.");

    // X01: harvesting
    /// <summary>The source answered with an HTTP error.</summary>
    public static readonly IssueCode SourceHttpError = new("X0101", Severity.Fatal, "status", "url");
    /// <summary>The source could not be reached.</summary>
    public static readonly IssueCode SourceUnreachable = new("X0102", Severity.Fatal, "url", "detail");
    /// <summary>The source was too slow.</summary>
    public static readonly IssueCode SourceTimeout = new("X0103", Severity.Fatal, "url", "seconds");
    /// <summary>The connection broke before the end of the answer.</summary>
    public static readonly IssueCode SourceBrokeOff = new("X0104", Severity.Fatal, "url");
    /// <summary>The run took longer than it may.</summary>
    public static readonly IssueCode RunLimit = new("X0105", Severity.Fatal, "seconds");
    /// <summary>A person stopped the run.</summary>
    public static readonly IssueCode RunStopped = new("X0106", Severity.Fatal, "user");
    /// <summary>The hub stopped while the run was at work.</summary>
    public static readonly IssueCode RunAbandoned = new("X0107", Severity.Fatal, "node");
    /// <summary>The counts of the run do not balance.</summary>
    public static readonly IssueCode RunUnbalanced = new("X0108", Severity.Fatal, "read", "accounted");
    /// <summary>A fault of the hub.</summary>
    public static readonly IssueCode HubFault = new("X0109", Severity.Fatal, "detail");
    /// <summary>The address of the source is one that the hub must not ask.</summary>
    public static readonly IssueCode SourceNotAllowed = new("X0110", Severity.Fatal, "host");
    /// <summary>The content is larger than allowed.</summary>
    public static readonly IssueCode SourceTooLarge = new("X0111", Severity.Fatal, "limit", "url");
    /// <summary>The answer is packed in a way that was not asked for.</summary>
    public static readonly IssueCode SourceCoding = new("X0112", Severity.Fatal, "coding", "url");
    /// <summary>The credentials of the source cannot be unprotected.</summary>
    public static readonly IssueCode SourceSecretLost = new("X0113", Severity.Fatal);

    // X02: submissions and merge
    /// <summary>Findings forbid the use of the message.</summary>
    public static readonly IssueCode MessageRejected = new("X0201", Severity.Fatal, "findings");
    /// <summary>The message would withdraw too much.</summary>
    public static readonly IssueCode TooMuchWithdrawn = new("X0202", Severity.Fatal, "withdrawn", "current", "limit");
    /// <summary>The series belongs to another provider.</summary>
    public static readonly IssueCode SeriesOfOtherProvider = new("X0203", Severity.Warning, "owner");
    /// <summary>The agreement is not known.</summary>
    public static readonly IssueCode UnknownAgreement = new("X0204", Severity.Fatal, "agreement");
    /// <summary>The reporting state in the data is not that of the provider.</summary>
    public static readonly IssueCode WrongState = new("X0205", Severity.Fatal, "found", "expected");

    /// <summary>A sum lacks a part that was refused, so that it would be too low.</summary>
    public static readonly IssueCode IncompleteSum = new("X0206", Severity.Warning);

    /// <summary>Nothing absent from a snapshot was withdrawn, because some of its observations could not be placed.</summary>
    public static readonly IssueCode NothingWithdrawn = new("X0207", Severity.Warning, "unplaced");

    // X03: the registry of structures
    /// <summary>The artefact belongs to an agency that the submitter does not maintain.</summary>
    public static readonly IssueCode NotMaintainer = new("X0301", Severity.Error, "name", "agency");
    /// <summary>A finished version cannot be changed.</summary>
    public static readonly IssueCode VersionIsFinal = new("X0302", Severity.Error, "artefact", "required");
    /// <summary>A finished version cannot be made a draft again.</summary>
    public static readonly IssueCode VersionStaysFinal = new("X0303", Severity.Error, "artefact");
    /// <summary>The version number is too small for the difference.</summary>
    public static readonly IssueCode VersionTooSmall = new("X0304", Severity.Error, "artefact", "former", "required");
    /// <summary>The version number of another organisation's artefact is too small for the difference.</summary>
    public static readonly IssueCode ForeignVersionTooSmall = new("X0305", Severity.Warning, "artefact", "former", "required");
    /// <summary>A reference leads nowhere.</summary>
    public static readonly IssueCode ReferenceUnresolved = new("X0306", Severity.Error, "artefact", "reference");
    /// <summary>A stable artefact refers to a draft.</summary>
    public static readonly IssueCode ReferenceToDraft = new("X0307", Severity.Error, "artefact", "reference");
    /// <summary>An artefact that all see refers to a restricted one.</summary>
    public static readonly IssueCode ReferenceToRestricted = new("X0308", Severity.Error, "artefact", "reference");
    /// <summary>The artefact is still referred to.</summary>
    public static readonly IssueCode StillReferenced = new("X0309", Severity.Error, "artefact", "referrer");
    /// <summary>The artefact is still referred to by one that must not be named.</summary>
    public static readonly IssueCode StillReferencedBySome = new("X0310", Severity.Error, "artefact", "count");
    /// <summary>The artefact is there already.</summary>
    public static readonly IssueCode ArtefactExists = new("X0311", Severity.Error, "artefact");
    /// <summary>The artefact is not there.</summary>
    public static readonly IssueCode ArtefactUnknown = new("X0312", Severity.Error, "artefact");
    /// <summary>Somebody else changed the artefact since it was looked at.</summary>
    public static readonly IssueCode ChangedSince = new("X0313", Severity.Error, "artefact", "transaction", "name");
    /// <summary>There are data under the artefact.</summary>
    public static readonly IssueCode HoldsData = new("X0314", Severity.Error, "artefact", "observations");
    /// <summary>The data there are would no longer fit.</summary>
    public static readonly IssueCode DataWouldNotFit = new("X0315", Severity.Error, "flow", "observations", "dimensions");
    /// <summary>A source harvests by the artefact.</summary>
    public static readonly IssueCode UsedBySource = new("X0316", Severity.Error, "artefact", "source");
    /// <summary>A stub would take the place of a whole artefact.</summary>
    public static readonly IssueCode StubForWhole = new("X0317", Severity.Error, "artefact");
    /// <summary>An artefact in some of its languages would take the place of one in all of them.</summary>
    public static readonly IssueCode PartialLanguages = new("X0318", Severity.Error, "artefact");
    /// <summary>The agency of a new artefact stands in no agency scheme.</summary>
    public static readonly IssueCode UnknownAgency = new("X0319", Severity.Error, "agency");
    /// <summary>The transaction cannot be rolled back: something built on it.</summary>
    public static readonly IssueCode LaterChange = new("X0320", Severity.Error, "artefact", "transaction", "name");
    /// <summary>The transaction changed nothing that could be rolled back.</summary>
    public static readonly IssueCode NothingToRollBack = new("X0321", Severity.Error, "transaction");
    /// <summary>Two items of a scheme have one id.</summary>
    public static readonly IssueCode ItemTwice = new("X0322", Severity.Error, "artefact", "item");
    /// <summary>An item stands below one that is not there, or below itself.</summary>
    public static readonly IssueCode ItemParentUnknown = new("X0323", Severity.Error, "artefact", "item", "parent");
    /// <summary>A message has no artefact that could be taken.</summary>
    public static readonly IssueCode NoArtefacts = new("X0324", Severity.Error);

    /// <summary>A finished version cannot be deleted.</summary>
    public static readonly IssueCode FinalStays = new("X0325", Severity.Error, "artefact");

    /// <summary>An artefact was added.</summary>
    public static readonly IssueCode ArtefactAdded = new("X0326", Severity.Information, "artefact");
    /// <summary>An artefact was changed.</summary>
    public static readonly IssueCode ArtefactChanged = new("X0327", Severity.Information, "artefact");
    /// <summary>An artefact was deleted.</summary>
    public static readonly IssueCode ArtefactDeleted = new("X0328", Severity.Information, "artefact");
    /// <summary>An artefact was as asked for already.</summary>
    public static readonly IssueCode ArtefactSame = new("X0329", Severity.Information, "artefact");
    /// <summary>An artefact was not taken because others were refused.</summary>
    public static readonly IssueCode RefusedWithOthers = new("X0330", Severity.Error, "artefact");
    /// <summary>It was a trial.</summary>
    public static readonly IssueCode TrialOnly = new("X0331", Severity.Information, "artefact");

    /// <summary>What was sent is not what the address names.</summary>
    public static readonly IssueCode NotOfAddress = new("X0332", Severity.Error, "artefact");

    /// <summary>An id or a text is longer than the registry takes.</summary>
    public static readonly IssueCode TextTooLong = new("X0333", Severity.Error, "artefact", "part", "length", "limit");

    /// <summary>A new version of a dataflow that no provision agreement gives data for, while they do for the former one.</summary>
    public static readonly IssueCode AgreementsStay = new("X0334", Severity.Warning, "artefact", "former", "agreements");

    /// <summary>An agency would go that still maintains artefacts.</summary>
    public static readonly IssueCode AgencyMaintains = new("X0335", Severity.Error, "agency", "count", "artefact");

    /// <summary>All codes of this catalogue.</summary>
    public static IReadOnlyList<IssueCode> All { get; } =
        [.. typeof(ExchangeIssues).GetFields().Where(f => f.FieldType == typeof(IssueCode)).Select(f => (IssueCode)f.GetValue(null)!)];
}
