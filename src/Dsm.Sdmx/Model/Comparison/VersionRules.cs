using System.Collections.Frozen;
using System.Reflection;

namespace Dsm.Sdmx.Model;

/// <summary>
/// The rule of every property of the model. A property without a rule counts as breaking; a test finds it, so that none is forgotten.
/// </summary>
internal static class VersionRules
{
    private static readonly (VersionRule Rule, string Properties)[] Table =
    [
        (VersionRule.Identity, """
            Maintainable: AgencyId Id Version | Item: Id | Component: Id | DimensionGroup: Id | HierarchicalCode: Id | HierarchyLevel: Id | MetadataTarget: Id
            MetadataReportStructure: Id | ReportedAttribute: Id | ReportTarget: Id | TargetValue: Id | Transition: Id | MetadataAttributeUsage: AttributeId | MemberSelection: ComponentId
            FixedValueMap: ComponentId | OrganisationScheme: SchemeType | ItemSchemeMap: MapType
            """),
        (VersionRule.Text, """
            Maintainable: Name Description ValidFrom ValidTo IsFinal IsExternalReference StructureUrl ServiceUrl Uri Annotations Links IsPartialLanguage
            Item: Name Description Uri Annotations Links | Component: Annotations Links | DimensionGroup: Annotations | HierarchicalCode: Uri Annotations Links
            HierarchyLevel: Name Description Uri Annotations Links | ItemMap: Annotations | MetadataAttributeUsage: Annotations | ProcessArtefact: Annotations
            ReportedAttribute: Annotations | Computation: Description Annotations LocalId SoftwarePackage SoftwareLanguage SoftwareVersion | Transition: Condition Annotations
            Organisation: Contacts | StructureSetContainer: Id MapId Name Description | HierarchicalCodelist: Id HierarchyId Name Description
            Concept: IsoConceptAgency IsoConceptId IsoConceptSchemeId | ReleaseCalendar: Periodicity Offset Tolerance | DataConstraint: SeriesCount ObservationCount
            Constraint: ReleaseCalendar QueryableDataSources SimpleDataSources | QueryableDataSource: Url IsRest IsWebService WadlUrl WsdlUrl | Hierarchy: Container | ItemSchemeMap: Container | StructureMap: Container | RepresentationMap: Container
            MetadataSet: Action PublicationYear PublicationPeriod SetId ReportId ReportAnnotations | Component: Uri | DimensionGroup: Uri | DataStructure: DimensionNotes AttributeNotes MeasureNotes
            MetadataStructure: AttributeNotes | ListNotes: Annotations Links Uri | MetadataAttributeUsage: Link | MetadataReportStructure: Annotations Uri
            MetadataTarget: Annotations Uri | MetadataTargetObject: Annotations Uri | HierarchicalCodelist: Annotations Uri | CubeRegion: Annotations
            DataKey: Annotations | ComponentMap: Annotations | FixedValueMap: Annotations | RepresentationMapping: Annotations | TimePatternMap: Id Annotations Links Uri
            SentinelValue: Name Description | StructureSetContainer: Annotations IsHybrid RelatedStructures Uri ValueMapOf | Transition: Links Uri
            """),
        (VersionRule.Breaking, """
            ItemScheme: IsPartial | Codelist: GeoType GridDefinition | Code: Geometry | CodelistExtension: Prefix IsExclusive Codes | Dimension: IsTime IsMeasureDimension
            DataAttribute: Relationship Dimensions OptionalDimensions Group Measures | DimensionGroup: Dimensions | MetadataAttributeUsage: Relationship Dimensions OptionalDimensions Group
            CrossSectionalMeasure: DimensionId Code | TextFormat: DataType IsSequence StartValue Interval TimeInterval StartTime Pattern | SentinelValue: Value
            MemberSelection: IsIncluded RemovePrefix StartPeriod EndPeriod StartInclusive EndInclusive IsAttribute DataKeys DataSets Objects RangeValidFrom RangeValidTo ValidFrom ValidTo | CubeRegion: IsIncluded | DataKeySet: IsIncluded
            MetadataTargetRegion: IsIncluded MetadataTarget Report ValidFrom ValidTo | MemberValue: Value Cascade ValidFrom ValidTo Language 
            Constraint: Role ReferencePeriodStart ReferencePeriodEnd DataSets MetadataSets | SetReference: Id Provider | DataKey: MetadataTarget Report ValidFrom ValidTo
            ComponentMap: Sources Targets SourceClass TargetClass ToTextFormat ToValueType | StructureMap: IsExtension | FixedValueMap: Values IsTarget
            TimePatternMap: Source Target SourcePattern Locale EpochPeriod BasePeriod TargetFrequencyId FrequencyDimension ResolvePeriod FrequencyFormats
            MappedValue: Value IsRegEx StartIndex EndIndex | RepresentationMapping: Sources Targets ValidFrom ValidTo | RepresentationSide: DataType
            ItemMap: Source Target ValidFrom ValidTo | MetadataAttribute: IsPresentational | MetadataTargetObject: Kind Id ObjectType TimeFormat | MetadataReportStructure: TargetIds
            HierarchicalCode: Version Level ValidFrom ValidTo | Hierarchy: HasFormalLevels | ReportedAttribute: Value Text IsStructured | MetadataSet: ReportingBeginDate ReportingEndDate
            ProcessArtefact: LocalId | Transition: TargetStep LocalId | VtlScheme: VtlVersion | Transformation: Expression Result IsPersistent
            Ruleset: Definition RulesetType Scope | UserDefinedOperator: Definition | CustomType: VtlScalarType DataType VtlLiteralFormat OutputFormat NullValue
            TargetValue: Object DataKey DataSet Period | NamePersonalisation: VtlArtefact VtlDefaultName PersonalisedName | VtlMapping: Alias | VtlConversion: Method SpaceKeys
            """),
        (VersionRule.Addition, "Item: ParentId"),
        (VersionRule.Members, """
            Codelist: Codes Extensions | ValueList: Values | ConceptScheme: Concepts | CategoryScheme: Categories | Category: Children | OrganisationScheme: Organisations
            DataStructure: Groups MetadataAttributeUsages | Hierarchy: Codes Levels | HierarchicalCode: Children | ReportingTaxonomy: Categories
            ReportingCategory: Children | Process: Steps | ProcessStep: Inputs Outputs Transitions Children | MetadataStructure: Targets Reports | MetadataSet: Attributes Targets
            ReportedAttribute: Children | ReportTarget: Values | MetadataTarget: Objects | TextFormat: SentinelValues | Metadataflow: Targets | MetadataProvisionAgreement: Targets
            ItemSchemeMap: Items | StructureMap: ComponentMaps FixedValues TimeMaps | RepresentationMap: Mappings
            TransformationScheme: Transformations | RulesetScheme: Rulesets | UserDefinedOperatorScheme: Operators | CustomTypeScheme: CustomTypes
            NamePersonalisationScheme: Personalisations | VtlMappingScheme: Mappings
            """),
        (VersionRule.FixedMembers, """
            RepresentationMap: Sources Targets | DataStructure: CrossSectionalMeasures | Dataflow: DimensionConstraint
            CubeRegion: Selections | DataConstraint: Regions KeySets | DataKeySet: Keys | Constraint: MetadataKeySets | DataKey: Selections | MetadataConstraint: Regions | MetadataTargetRegion: Selections
            """),
        (VersionRule.Dimensions, "DataStructure: Dimensions"),
        (VersionRule.OptionalMembers, "DataStructure: Attributes Measures | MetadataStructure: Attributes | MetadataReportStructure: Attributes | MetadataAttribute: Children"),
        (VersionRule.Part, """
            Component: Representation | Concept: CoreRepresentation | Representation: TextFormat | HierarchyLevel: CodingFormat | ProcessStep: Computation
            VtlMapping: ToVtl FromVtl | MetadataSet: ReportTarget
            """),
        (VersionRule.Reference, """
            Component: Concept | Representation: Enumeration | Dataflow: Structure | ProvisionAgreement: Dataflow DataProvider | DataStructure: MetadataStructure
            CodelistExtension: Codelist | DimensionGroup: AttachmentConstraint | HierarchicalCode: Code | HierarchyAssociation: LinkedHierarchy LinkedObject ContextObject
            Categorisation: Source Target | ItemSchemeMap: Source Target | StructureMap: Source Target | ComponentMap: RepresentationMap | RepresentationSide: List
            Metadataflow: Structure | MetadataProvisionAgreement: Metadataflow MetadataProvider | MetadataSet: Metadataflow MetadataProvisionAgreement MetadataStructure Provider | TargetValue: Constraint
            MetadataTargetObject: Enumeration | ProcessArtefact: Object | RulesetScheme: VtlMappingScheme | UserDefinedOperatorScheme: VtlMappingScheme
            TransformationScheme: VtlMappingScheme NamePersonalisationScheme CustomTypeScheme | VtlMapping: Artefact
            """),
        (VersionRule.References, """
            Component: ConceptRoles | Constraint: Attachments | ReportingCategory: StructuralMetadata ProvisioningMetadata
            UserDefinedOperatorScheme: RulesetSchemes | TransformationScheme: RulesetSchemes UserDefinedOperatorSchemes
            """),
        (VersionRule.UpperLimit, "TextFormat: MaxLength MaxValue EndValue EndTime Decimals | Representation: MaxOccurs | MetadataAttribute: MaxOccurs"),
        (VersionRule.LowerLimit, "TextFormat: MinLength MinValue | Representation: MinOccurs | MetadataAttribute: MinOccurs"),
        (VersionRule.Demand, "DataAttribute: IsMandatory | Measure: IsMandatory"),
        (VersionRule.Selection, "MemberSelection: Values"),
        (VersionRule.Addition, "DataStructure: IsEvolving | TextFormat: IsMultilingual"),
    ];

    private static readonly FrozenDictionary<(string Type, string Property), VersionRule> Rules = Read();

    /// <summary>The rule of a property; null when it has none.</summary>
    public static VersionRule? Find(PropertyInfo property) => Rules.TryGetValue((property.DeclaringType!.Name, property.Name), out VersionRule rule) ? rule : null;

    /// <summary>All properties that have a rule, as <c>Type.Property</c>.</summary>
    public static IEnumerable<string> Named => Rules.Keys.Select(k => $"{k.Type}.{k.Property}");

    private static FrozenDictionary<(string, string), VersionRule> Read()
    {
        Dictionary<(string, string), VersionRule> rules = [];
        foreach ((VersionRule rule, string properties) in Table)
        {
            foreach (string entry in properties.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int colon = entry.IndexOf(':', StringComparison.Ordinal);
                foreach (string property in entry[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    rules.Add((entry[..colon], property), rule);
                }
            }
        }

        return rules.ToFrozenDictionary();
    }
}
