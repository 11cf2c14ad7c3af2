namespace Dsm.Sdmx.Issues;

/// <summary>The numbered catalogue of findings that Dsm.Sdmx makes. Texts: <c>Issues/Messages</c>.</summary>
public static class IssueCodes
{
    // M00: the bytes and the message around them
    /// <summary>The message has no content.</summary>
    public static readonly IssueCode EmptyMessage = new("M0001", Severity.Fatal);
    /// <summary>The XML is not well formed.</summary>
    public static readonly IssueCode MalformedXml = new("M0002", Severity.Fatal, "detail");
    /// <summary>A document type declaration is present; it is never processed.</summary>
    public static readonly IssueCode DtdForbidden = new("M0003", Severity.Fatal);
    /// <summary>The content is not SDMX in a format that is read here.</summary>
    public static readonly IssueCode UnknownFormat = new("M0004", Severity.Fatal, "found");
    /// <summary>The message ends in the middle.</summary>
    public static readonly IssueCode Truncated = new("M0005", Severity.Fatal);
    /// <summary>An HTML page stands where an SDMX message is expected.</summary>
    public static readonly IssueCode HtmlInsteadOfSdmx = new("M0006", Severity.Fatal);
    /// <summary>Bytes that are no text in the encoding of the message.</summary>
    public static readonly IssueCode InvalidEncoding = new("M0007", Severity.Fatal, "encoding");
    /// <summary>An element that the format does not allow here.</summary>
    public static readonly IssueCode UnexpectedElement = new("M0008", Severity.Error, "element", "parent");
    /// <summary>A required element or attribute is absent.</summary>
    public static readonly IssueCode MissingElement = new("M0009", Severity.Error, "element", "parent");
    /// <summary>The text of an element or attribute is not of its type.</summary>
    public static readonly IssueCode InvalidText = new("M0010", Severity.Error, "value", "element", "expected");
    /// <summary>A part of the message is larger than this reader accepts.</summary>
    public static readonly IssueCode TooLarge = new("M0011", Severity.Fatal, "what", "limit");
    /// <summary>The message holds no data where data are expected.</summary>
    public static readonly IssueCode NoDataSet = new("M0012", Severity.Fatal);
    /// <summary>The message is of another kind than expected.</summary>
    public static readonly IssueCode WrongMessageKind = new("M0013", Severity.Fatal, "found", "expected");
    /// <summary>The CSV header row lacks a column, or has it twice.</summary>
    public static readonly IssueCode CsvHeader = new("M0014", Severity.Fatal, "column");
    /// <summary>A CSV record has another number of fields than the header.</summary>
    public static readonly IssueCode CsvFieldCount = new("M0015", Severity.Error, "found", "expected");
    /// <summary>An SDMX error message was sent instead of data.</summary>
    public static readonly IssueCode SdmxErrorMessage = new("M0016", Severity.Fatal, "code", "text");
    /// <summary>A message that the sender put into the footer.</summary>
    public static readonly IssueCode FooterMessage = new("M0017", Severity.Information, "severity", "code", "text");
    /// <summary>Quotation marks in CSV that do not match.</summary>
    public static readonly IssueCode MalformedCsv = new("M0018", Severity.Fatal);
    /// <summary>A CSV column that is no component of the structure; its fields are passed over.</summary>
    public static readonly IssueCode CsvColumnIgnored = new("M0020", Severity.Warning, "column");
    /// <summary>CSV fields name codes by their names instead of their ids.</summary>
    public static readonly IssueCode CsvNamesForCodes = new("M0021", Severity.Warning, "component");
    /// <summary>CSV records have empty fields behind those of the header.</summary>
    public static readonly IssueCode CsvEmptySurplus = new("M0022", Severity.Warning, "found", "expected");
    /// <summary>The JSON is not well formed.</summary>
    public static readonly IssueCode MalformedJson = new("M0060", Severity.Fatal, "detail");
    /// <summary>A zip archive that does not hold exactly one file.</summary>
    public static readonly IssueCode ArchiveOfSeveral = new("M0061", Severity.Fatal, "count");
    /// <summary>The file or address cannot be read at all.</summary>
    public static readonly IssueCode NotReadable = new("M0062", Severity.Fatal, "detail");

    /// <summary>An index that is beyond the list of values of its component.</summary>
    public static readonly IssueCode JsonIndexOutOfRange = new("M0031", Severity.Error, "index", "component", "count");
    /// <summary>The name of a series, observation or group that is no key of indices, or of another length than the structure says.</summary>
    public static readonly IssueCode JsonKey = new("M0032", Severity.Error, "key", "expected");
    /// <summary>A JSON value of another kind than belongs here.</summary>
    public static readonly IssueCode JsonWrongKind = new("M0033", Severity.Error, "found", "where", "expected");
    /// <summary>The same member twice in one JSON object.</summary>
    public static readonly IssueCode JsonDuplicateMember = new("M0034", Severity.Error, "member", "parent");

    // S00: structures
    /// <summary>A reference to an artefact that cannot be found.</summary>
    public static readonly IssueCode UnresolvedReference = new("S0001", Severity.Error, "reference", "referrer");
    /// <summary>An id that is no legal SDMX identifier.</summary>
    public static readonly IssueCode InvalidId = new("S0002", Severity.Error, "id", "kind");
    /// <summary>A version that is no legal SDMX version.</summary>
    public static readonly IssueCode InvalidVersion = new("S0003", Severity.Error, "version");
    /// <summary>A URN that cannot be read.</summary>
    public static readonly IssueCode InvalidUrn = new("S0004", Severity.Error, "urn");
    /// <summary>The same id twice in one scheme.</summary>
    public static readonly IssueCode DuplicateId = new("S0005", Severity.Error, "id", "parent");
    /// <summary>A part of a structure that the format or version cannot carry was left out.</summary>
    public static readonly IssueCode NotCarried = new("S0006", Severity.Warning, "what", "format");
    /// <summary>A kind of artefact that is not read here.</summary>
    public static readonly IssueCode ArtefactSkipped = new("S0007", Severity.Warning, "element");
    /// <summary>Parents in a hierarchy of items go round in a circle.</summary>
    public static readonly IssueCode CircularParents = new("S0008", Severity.Error, "id", "parent");
    /// <summary>An item names itself as its parent; it is read as one without parent.</summary>
    public static readonly IssueCode OwnParent = new("S0009", Severity.Warning);

    // S003: reference metadata against a metadata structure
    /// <summary>A metadata set reports an attribute that the metadata structure does not have.</summary>
    public static readonly IssueCode UnknownMetadataAttribute = new("S0030", Severity.Error, "attribute", "structure");
    /// <summary>A report or a target of one (SDMX 2.1) that the metadata structure does not have.</summary>
    public static readonly IssueCode UnknownReport = new("S0031", Severity.Error, "id", "structure");
    /// <summary>A metadata set is about something that its metadataflow, agreement or report structure does not admit.</summary>
    public static readonly IssueCode TargetNotAllowed = new("S0032", Severity.Error, "target", "owner");

    // D00: data against a data schema
    /// <summary>The structure that the data set names is not known here.</summary>
    public static readonly IssueCode UnknownStructure = new("D0001", Severity.Fatal, "reference");
    /// <summary>The data set follows another structure than the agreed one.</summary>
    public static readonly IssueCode WrongStructure = new("D0002", Severity.Fatal, "found", "expected");
    /// <summary>A component that the structure does not have.</summary>
    public static readonly IssueCode UnknownComponent = new("D0003", Severity.Error, "component");
    /// <summary>The data set asks for an action that is not known.</summary>
    public static readonly IssueCode UnknownAction = new("D0004", Severity.Fatal, "action");
    /// <summary>An attribute of a group or data set that no series of the data set belongs to.</summary>
    public static readonly IssueCode AttributeWithoutSeries = new("D0005", Severity.Warning, "component");
    /// <summary>A dimension has no value.</summary>
    public static readonly IssueCode MissingDimension = new("D0101", Severity.Error, "component");
    /// <summary>A mandatory attribute has no value.</summary>
    public static readonly IssueCode MissingAttribute = new("D0102", Severity.Error, "component");
    /// <summary>A mandatory measure has no value.</summary>
    public static readonly IssueCode MissingMeasure = new("D0103", Severity.Error, "component");
    /// <summary>A code that the codelist of a dimension or attribute does not have.</summary>
    public static readonly IssueCode UnknownCode = new("D0301", Severity.Error, "value", "component", "codelist");
    /// <summary>A code that the codelist has but a constraint does not allow.</summary>
    public static readonly IssueCode ConstraintViolation = new("D0302", Severity.Error, "value", "component", "constraint");
    /// <summary>A time period that cannot be read.</summary>
    public static readonly IssueCode BadPeriod = new("D0303", Severity.Error, "value");
    /// <summary>A time period that does not fit the frequency of the series.</summary>
    public static readonly IssueCode PeriodFrequencyMismatch = new("D0304", Severity.Error, "value", "frequency");
    /// <summary>A value that is not of the type of the measure or attribute.</summary>
    public static readonly IssueCode BadValue = new("D0305", Severity.Error, "value", "component", "type");
    /// <summary>A value outside the limits of its representation.</summary>
    public static readonly IssueCode ValueOutOfRange = new("D0306", Severity.Error, "value", "component", "limit");
    /// <summary>The same observation twice in one data set.</summary>
    public static readonly IssueCode DuplicateObservation = new("D0307", Severity.Error);
    /// <summary>A combination of codes that no key set or cube region allows.</summary>
    public static readonly IssueCode KeyNotAllowed = new("D0308", Severity.Error, "constraint");
    /// <summary>An attribute that has two different values for what it is attached to.</summary>
    public static readonly IssueCode ContradictoryAttribute = new("D0309", Severity.Error, "component", "first", "second");
    /// <summary>A text longer than its representation allows.</summary>
    public static readonly IssueCode TextTooLong = new("D0310", Severity.Error, "component", "length", "limit");
    /// <summary>Fewer or more values than a component may have.</summary>
    public static readonly IssueCode ValueCount = new("D0311", Severity.Error, "component", "found", "expected");
    /// <summary>Two texts of one language for one value.</summary>
    public static readonly IssueCode DuplicateLanguage = new("D0312", Severity.Error, "component", "language");
    /// <summary>Texts in several languages for a component that has one text.</summary>
    public static readonly IssueCode TextsByLanguage = new("D0313", Severity.Warning, "component", "languages");
    /// <summary>A data set names a structure that the header of the message does not announce.</summary>
    public static readonly IssueCode UnannouncedStructure = new("D0314", Severity.Warning, "id", "reference");

    // P00: mapping from one structure to another
    /// <summary>No mapping for a value (or combination of values) of the source.</summary>
    public static readonly IssueCode Unmapped = new("P0001", Severity.Warning, "value", "components", "map");
    /// <summary>Two source observations fall on one target observation and no aggregation is declared.</summary>
    public static readonly IssueCode MappingCollision = new("P0002", Severity.Warning);
    /// <summary>The result of a mapping is not a value of the target.</summary>
    public static readonly IssueCode MappedValueInvalid = new("P0003", Severity.Warning, "value", "component");
    /// <summary>A structure map that cannot be compiled.</summary>
    public static readonly IssueCode MapDefinition = new("P0004", Severity.Fatal, "map", "detail");

    // R00: requests
    /// <summary>A parameter that the resource does not have.</summary>
    public static readonly IssueCode UnknownParameter = new("R0001", Severity.Error, "parameter");
    /// <summary>A parameter whose value cannot be read.</summary>
    public static readonly IssueCode InvalidParameter = new("R0002", Severity.Error, "parameter", "value", "expected");
    /// <summary>A parameter that is given more than once.</summary>
    public static readonly IssueCode RepeatedParameter = new("R0003", Severity.Error, "parameter");
    /// <summary>A path that the standard does not know.</summary>
    public static readonly IssueCode NoSuchResource = new("R0004", Severity.Error, "resource");
    /// <summary>A part of the standard that is not offered.</summary>
    public static readonly IssueCode NotImplemented = new("R0005", Severity.Error, "what");
    /// <summary>More parts in the path than the resource has.</summary>
    public static readonly IssueCode TooManyPathParts = new("R0006", Severity.Error, "found", "limit");
    /// <summary>A part of the path that cannot be read.</summary>
    public static readonly IssueCode InvalidPathPart = new("R0007", Severity.Error, "part", "value", "expected");
    /// <summary>A part of the path that must be there is missing.</summary>
    public static readonly IssueCode MissingPathPart = new("R0008", Severity.Error, "part");
    /// <summary>A key with another number of positions than the structure has dimensions.</summary>
    public static readonly IssueCode KeyLength = new("R0009", Severity.Error, "key", "found", "expected");
    /// <summary>A filter or parameter names a component that the structure does not have.</summary>
    public static readonly IssueCode UnknownQueryComponent = new("R0010", Severity.Error, "component", "structure");
    /// <summary>A filter that cannot be read.</summary>
    public static readonly IssueCode InvalidFilter = new("R0011", Severity.Error, "component", "value");
    /// <summary>Two parameters that exclude each other.</summary>
    public static readonly IssueCode ParameterConflict = new("R0012", Severity.Error, "first", "second");
    /// <summary>A percent sign that begins no encoded character.</summary>
    public static readonly IssueCode MalformedEncoding = new("R0013", Severity.Error, "value");

    /// <summary>The query is right, and nothing fits it.</summary>
    public static readonly IssueCode NoResults = new("R0014", Severity.Error);
    /// <summary>What is asked for does not exist.</summary>
    public static readonly IssueCode UnknownArtefact = new("R0015", Severity.Error, "what");
    /// <summary>None of the formats asked for is offered.</summary>
    public static readonly IssueCode NotAcceptable = new("R0016", Severity.Error, "asked", "offered");
    /// <summary>The address is too long.</summary>
    public static readonly IssueCode AddressTooLong = new("R0017", Severity.Error, "limit");
    /// <summary>A fault of the service; the caller learns nothing else of it.</summary>
    public static readonly IssueCode InternalError = new("R0018", Severity.Fatal);
    /// <summary>Too many answers are being given at once.</summary>
    public static readonly IssueCode ServiceBusy = new("R0019", Severity.Error);
    /// <summary>What is asked for exists, but the format asked for has no place for anything of it.</summary>
    public static readonly IssueCode NotInFormat = new("R0020", Severity.Error, "what", "format");
    /// <summary>The answer would have more observations than are sent at once.</summary>
    public static readonly IssueCode TooManyObservations = new("R0021", Severity.Error, "count", "limit");
    /// <summary>The answer would have more observations than are sorted at once.</summary>
    public static readonly IssueCode TooManyToSort = new("R0022", Severity.Error, "count", "limit");
    /// <summary>Only somebody who has signed in may ask for this.</summary>
    public static readonly IssueCode SignInNeeded = new("R0023", Severity.Error);
    /// <summary>The caller is known, but has no right to this.</summary>
    public static readonly IssueCode NotAllowed = new("R0024", Severity.Error, "what");
    /// <summary>The body of a request is not of a kind that is taken here.</summary>
    public static readonly IssueCode UnsupportedBody = new("R0025", Severity.Error, "type", "expected");
    /// <summary>The body of a request broke off.</summary>
    public static readonly IssueCode UnreadableBody = new("R0026", Severity.Error);
    /// <summary>A part of what is sent is missing or wrong.</summary>
    public static readonly IssueCode InvalidSubmission = new("R0027", Severity.Error, "part", "value");
    /// <summary>The method is none of those that this address takes.</summary>
    public static readonly IssueCode MethodNotAllowed = new("R0028", Severity.Error, "method", "allowed");
    /// <summary>The body of a request is larger than is taken.</summary>
    public static readonly IssueCode BodyTooLarge = new("R0029", Severity.Error, "limit");
    /// <summary>A schema of messages that are generic: the standard makes none for a single structure.</summary>
    public static readonly IssueCode OnlyGeneric = new("R0030", Severity.Error, "format", "schema", "offered");
    /// <summary>Former versions are asked for in a format that has no place for the time in which they were valid.</summary>
    public static readonly IssueCode NoHistoryInFormat = new("R0031", Severity.Error, "format", "offered");

    /// <summary>A mapping gives nothing for a dimension on purpose, so the observation is left out.</summary>
    public static readonly IssueCode LeftOutByMap = new("P0005", Severity.Information, "value", "components", "map");

    /// <summary>All codes of this catalogue.</summary>
    public static IReadOnlyList<IssueCode> All { get; } =
        [.. typeof(IssueCodes).GetFields().Where(f => f.FieldType == typeof(IssueCode)).Select(f => (IssueCode)f.GetValue(null)!)];
}
