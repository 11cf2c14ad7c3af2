using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Reports of reference metadata.</summary>
internal sealed partial class ModelGenerator
{
    /// <summary>A metadata set for a metadataflow, an agreement or (2.1) a metadata structure.</summary>
    public MetadataSet MetadataSet() => Headed(new MetadataSet
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
