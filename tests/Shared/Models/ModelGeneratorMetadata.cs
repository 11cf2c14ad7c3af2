using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Reports of reference metadata.</summary>
internal sealed partial class ModelGenerator
{
    /// <summary>A metadata set for a metadataflow, an agreement or (2.1) a metadata structure; some as reports of 2.1 are.</summary>
    public MetadataSet MetadataSet() => Chance() ? Set30() : Report21();

    private MetadataSet Report21()
    {
        ReportTarget target = new(Id("TARGET"), [.. Some(TargetPart, 1).DistinctBy(v => v.Id), new TargetValue(Id("OBJ")) { Object = Target() }]);
        return Set30() with
        {
            Provider = Maybe(Provider),
            SetId = Maybe(() => Id("SET")),
            ReportId = Id("REPORT"),
            ReportTarget = target,
            ReportAnnotations = Annotations(),
            Targets = [.. target.Values.Select(v => v.Object).OfType<string>()],
        };
    }

    private TargetValue TargetPart() => _random.Next(4) switch
    {
        0 => new TargetValue(TargetValue.PeriodId) { Period = Period() },
        1 => new TargetValue(TargetValue.DataSetId) { DataSet = Set() },
        2 => new TargetValue(TargetValue.DataKeyId) { DataKey = DataKey.Of(KeyValuePair.Create("FREQ", "A"), KeyValuePair.Create("GEO", "KZ")) },
        _ => new TargetValue(TargetValue.ConstraintId) { Constraint = new StructureReference(StructureType.AttachmentConstraint, "DSM", Id("AC"), "1.0") },
    };

    private MetadataSet Set30() => Headed(new MetadataSet
    {
        AgencyId = "DSM",
        Id = Id("MS"),
        Metadataflow = Maybe(() => Reference(StructureType.Metadataflow)),
        MetadataProvisionAgreement = Maybe(() => Reference(StructureType.MetadataProvisionAgreement)),
        MetadataStructure = Maybe(() => Reference(StructureType.MetadataStructure)),
        Targets = Some(Target, 1),
        Attributes = Some(() => Reported(2), 1),
        Action = Maybe(() => "Replace"),
        ReportingBeginDate = Maybe(Date),
        ReportingEndDate = Maybe(Date),
        PublicationYear = Maybe(() => "2024"),
        PublicationPeriod = Maybe(() => "2024-Q1"),
    });

    private ReportedAttribute Reported(int depth)
    {
        bool text = Chance(), structured = text && Chance(30);
        return new ReportedAttribute
        {
            Id = Id("MA"),
            Value = text ? null : Maybe(Text),
            Text = structured ? LocalisedText.Of("<p>Text</p>") : text ? Texts() : default,
            IsStructured = structured,
            Children = depth == 0 ? [] : Some(() => Reported(depth - 1), most: 2),
            Annotations = Annotations(),
        };
    }
}
