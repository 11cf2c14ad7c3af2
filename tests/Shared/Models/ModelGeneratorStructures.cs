using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Data and metadata structures, and flows.</summary>
internal sealed partial class ModelGenerator
{
    private IEnumerable<Maintainable> Structures()
    {
        yield return DataStructure(version2: false);
        yield return DataStructure(version2: true);
        yield return Headed(new Dataflow
        {
            AgencyId = "DSM",
            Id = Id("DF"),
            Structure = Reference(StructureType.DataStructure),
            DimensionConstraint = Some(() => Id("D")),
        });
        yield return MetadataStructure();
        yield return ReportedStructure();
        yield return Headed(new Metadataflow { AgencyId = "DSM", Id = Id("MDF"), Structure = Reference(StructureType.MetadataStructure), Targets = Some(Target) });
    }

    private string Target() => Pick("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=DSM:*(*)", "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:DF(1.0.0)");

    /// <summary>A representation; codes by a codelist, or text with limits that fit its type.</summary>
    /// <param name="occurs">True where several values are allowed (SDMX 3.0).</param>
    /// <param name="multilingual">True where texts may be multilingual.</param>
    /// <param name="valueList">True where a value list may stand.</param>
    private Representation Representation(bool occurs, bool multilingual, bool valueList = false)
    {
        Representation representation = Chance()
            ? new Representation
            {
                Enumeration = valueList && Chance(30) ? Reference(StructureType.ValueList) : CodelistReference(),
                TextFormat = Maybe(() => new TextFormat { DataType = SdmxDataType.AlphaNumeric, MinLength = 1, MaxLength = 3, Pattern = Maybe(() => "[A-Z]*"), Decimals = Chance(5) ? 1 : null }, 30),
            }
            : new Representation { TextFormat = Format(multilingual) };
        return !occurs ? representation : representation with
        {
            MinOccurs = Pick(1, 1, 0, 2),
            MaxOccurs = Pick<int?>(1, 1, null, 5),
        };
    }

    private TextFormat Format(bool multilingual) => Pick(0, 1, 2) switch
    {
        0 => new TextFormat { DataType = SdmxDataType.String, MinLength = MaybeValue(() => 1), MaxLength = MaybeValue(() => 100), Pattern = Maybe(() => "a b.*"), IsMultilingual = multilingual && Chance() },
        1 => new TextFormat
        {
            DataType = Pick(SdmxDataType.Decimal, SdmxDataType.GeospatialInformation),
            MinValue = MaybeValue(() => -1.5m),
            MaxValue = MaybeValue(() => 1000m),
            Decimals = MaybeValue(() => 2),
            SentinelValues = Chance(40) ? Some(() => new SentinelValue(Text(), Texts(), Chance() ? Texts() : default), 1, 2) : [],
        },
        _ => Chance()
            ? new TextFormat { DataType = SdmxDataType.Incremental, IsSequence = true, Interval = 2m, StartValue = 0m, EndValue = MaybeValue(() => 10m) }
            : new TextFormat { DataType = SdmxDataType.ObservationalTimePeriod, IsSequence = true, TimeInterval = "P1Y", StartTime = "2000", EndTime = Maybe(() => "2030") },
    };

    /// <summary>The format of a time dimension; now and then one that is not allowed there.</summary>
    private TextFormat TimeFormat() => Chance(10) ? new TextFormat { DataType = SdmxDataType.Integer, MaxLength = 4 }
        : new TextFormat { DataType = Pick(SdmxDataType.ObservationalTimePeriod, SdmxDataType.GregorianYear), StartTime = Maybe(() => "2000"), EndTime = Maybe(() => "2030") };

    private DataStructure DataStructure(bool version2)
    {
        ImmutableArray<Dimension> dimensions =
        [
            .. Some(() => Dimension(version2), 2, 4),
            new Dimension
            {
                Id = Chance(95) ? "TIME_PERIOD" : Id("T"),
                IsTime = true,
                Concept = ConceptReference(),
                Representation = new Representation
                {
                    TextFormat = TimeFormat(),
                },
                ConceptRoles = Chance(10) ? [ConceptReference()] : [],
                Annotations = Annotations(),
                Links = Links(),
                Uri = Maybe(Url),
            },
        ];
        if (version2)
        {
            dimensions = dimensions.Insert(0, Component(new Dimension { Id = Id("MD"), Concept = ConceptReference(), IsMeasureDimension = true })
                with { Representation = new Representation { Enumeration = Reference(StructureType.ConceptScheme) } });
        }

        ImmutableArray<DimensionGroup> groups = Some(() => Group(dimensions, version2), 1, 2);
        ImmutableArray<Measure> measures = version2 || Chance(30)
            ? [Measure("OBS_VALUE") with { IsMandatory = !version2 }]
            : Some(() => Measure(Id("M")), 0, 3);
        return Headed(new DataStructure
        {
            AgencyId = "DSM",
            Id = Id("DSD"),
            Dimensions = dimensions,
            Groups = groups,
            Attributes = Some(() => Attribute(dimensions, groups, measures, version2), 1, 5),
            Measures = measures,
            MetadataAttributeUsages = version2 ? [] : Some(() => Usage(dimensions, groups)),
            MetadataStructure = version2 ? null : Maybe(() => Reference(StructureType.MetadataStructure)),
            IsEvolving = !version2 && Chance(40),
            CrossSectionalMeasures = version2 && Chance(20)
                ? [Component(new CrossSectionalMeasure { Id = Id("XS"), Concept = ConceptReference(), DimensionId = dimensions[0].Id, Code = Id("CODE") })] : [],
            DimensionNotes = Maybe(Notes, 30),
            AttributeNotes = Maybe(Notes, 30),
            MeasureNotes = measures.IsEmpty ? null : Maybe(Notes, 30),
        });
    }

    private T Component<T>(T component)
        where T : Component => component with
        {
            ConceptRoles = Chance(40) ? Some(ConceptReference, 1, 2) : [],
            Annotations = Annotations(),
            Links = Links(),
            Uri = Maybe(Url, 30),
        };

    private Dimension Dimension(bool version2) => Component(new Dimension
    {
        Id = Id("D"),
        Concept = ConceptReference(),
        Representation = Maybe(() => Representation(occurs: Chance(5), multilingual: Chance(5), valueList: !version2)),
    });

    private DimensionGroup Group(ImmutableArray<Dimension> dimensions, bool version2)
    {
        bool constraint = version2 && Chance(40);
        return new(Id("G"), constraint && Chance(80) ? [] : [.. dimensions.Take(2).Select(d => d.Id)])
        {
            AttachmentConstraint = constraint ? Reference(StructureType.AttachmentConstraint) : null,
            Annotations = Annotations(),
            Uri = Maybe(Url),
        };
    }

    private Measure Measure(string id) => Component(new Measure
    {
        Id = id,
        Concept = ConceptReference(),
        Representation = Maybe(() => Representation(occurs: true, multilingual: true, valueList: true)),
        IsMandatory = Chance(),
    });

    private DataAttribute Attribute(ImmutableArray<Dimension> dimensions, ImmutableArray<DimensionGroup> groups, ImmutableArray<Measure> measures, bool version2)
    {
        AttributeRelationship relationship = Pick(AttributeRelationship.Dataflow, AttributeRelationship.Dimensions, AttributeRelationship.Group, AttributeRelationship.Observation);
        bool partial = relationship == AttributeRelationship.Dimensions;
        ImmutableArray<string> ids = partial ? [.. dimensions.Take(2).Select(d => d.Id)] : [];
        return Component(new DataAttribute
        {
            Id = Id("A"),
            Concept = ConceptReference(),
            Representation = Maybe(() => Representation(occurs: true, multilingual: true, valueList: true)),
            IsMandatory = Chance(),
            Relationship = relationship,
            Dimensions = ids,
            OptionalDimensions = partial && !version2 && Chance() ? [ids[0]] : [],
            Group = relationship == AttributeRelationship.Group || (partial && version2 && Chance()) ? groups[0].Id : null,
            Measures = version2 ? [] : [.. measures.Take(_random.Next(3)).Select(m => m.Id)],
        });
    }

    private MetadataAttributeUsage Usage(ImmutableArray<Dimension> dimensions, ImmutableArray<DimensionGroup> groups)
    {
        AttributeRelationship relationship = Pick(AttributeRelationship.Dataflow, AttributeRelationship.Dimensions, AttributeRelationship.Group, AttributeRelationship.Observation);
        bool partial = relationship == AttributeRelationship.Dimensions;
        ImmutableArray<string> ids = partial ? [.. dimensions.Take(2).Select(d => d.Id)] : [];
        return new(Id("MA"), relationship)
        {
            Dimensions = ids,
            OptionalDimensions = partial && Chance() ? [ids[1]] : [],
            Group = relationship == AttributeRelationship.Group ? groups[0].Id : null,
            Link = Maybe(Link),
            Annotations = Annotations(),
        };
    }

    private MetadataStructure MetadataStructure() => Headed(new MetadataStructure
    {
        AgencyId = "DSM",
        Id = Id("MSD"),
        Attributes = Some(() => MetadataAttribute(2), 1),
        AttributeNotes = Maybe(Notes),
    });

    /// <summary>A metadata structure as 2.1 has it: with targets and reports.</summary>
    private MetadataStructure ReportedStructure()
    {
        ImmutableArray<MetadataTarget> targets = Some(MetadataTarget, 1, 2);
        ImmutableArray<MetadataReportStructure> reports = Some(
            () => new MetadataReportStructure(Id("REP"), Some(() => MetadataAttribute(1), 1, 2), [.. targets.Select(t => t.Id)]) { Uri = Maybe(Url), Annotations = Annotations() }, 1, 2);
        return Headed(new MetadataStructure
        {
            AgencyId = "DSM",
            Id = Id("MSD"),
            Attributes = [.. reports.SelectMany(r => r.Attributes)],
            Targets = targets,
            Reports = reports,
        });
    }

    private MetadataAttribute MetadataAttribute(int depth) => Component(new MetadataAttribute
    {
        Id = Id("MA"),
        Concept = ConceptReference(),
        Representation = Maybe(() => Representation(occurs: Chance(5), multilingual: true)),
        MinOccurs = Pick(1, 0),
        MaxOccurs = Pick<int?>(1, null, 4),
        IsPresentational = Chance(30),
        Children = depth == 0 ? [] : Some(() => MetadataAttribute(depth - 1), most: 2),
    }) with { ConceptRoles = [] };

    private MetadataTarget MetadataTarget() => new(
        Id("TGT"),
        [
            new("IdentifiableObjectTarget", Id("OBJ"), "Code", Maybe(CodelistReference)) { Annotations = Annotations(), Uri = Maybe(Url) },
            new("DataSetTarget", "DATA_SET_TARGET", null, null) { Annotations = Annotations() },
            new("KeyDescriptorValuesTarget", "DIMENSION_DESCRIPTOR_VALUES_TARGET", null, null),
            new("ReportPeriodTarget", "REPORT_PERIOD_TARGET", null, null)
            {
                TimeFormat = TimeFormat(),
            },
        ])
    {
        Uri = Maybe(Url),
        Annotations = Annotations(),
    };
}
