using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>What stands beside observations: reference metadata.</content>
public sealed partial class StructureSpecificDataWriter
{
    internal override bool WriteMetadata(MetadataReport report)
    {
        DataSchema schema = Layout.Schema;
        bool hasTime = !report.Period.IsNone || schema.TimeDimension is null;
        if (report.HasWholeKey && (hasTime || Layout.IsTimeSeries))
        {
            bool isSeries = !Layout.IsFlat;
            bool isObservation = Layout.IsFlat || !Layout.IsTimeSeries || !report.Period.IsNone;
            Out.Raw(isSeries ? "<Series"u8 : ""u8);
            if (isSeries)
            {
                Key(report, Layout.KeyDimensions);
                Time(Layout.IsTimeSeries ? default : report.Period);
                Out.Raw(">"u8);
            }

            if (isObservation)
            {
                Out.Raw("<Obs"u8);
                Key(report, Layout.IsFlat ? Layout.KeyDimensions : Layout.ObservationDimension >= 0 ? [Layout.ObservationDimension] : []);
                Time(Layout.IsFlat || Layout.IsTimeSeries ? report.Period : default);
                Out.Raw(">"u8);
            }

            XmlMetadata.Write(Out, Namespaces, report.Attributes);
            Out.Raw(isObservation ? "</Obs>"u8 : ""u8);
            Out.Raw(isSeries ? "</Series>"u8 : ""u8);
            return true;
        }

        bool isCrossSection = Layout.ObservationDimension >= 0 && hasTime && report.Key[Layout.ObservationDimension] is null
            && Layout.KeyDimensions.All(d => report.Key[d] is not null);
        XmlGroupLayout? group = report.Period.IsNone
            ? Layout.Groups.FirstOrDefault(g => Enumerable.Range(0, report.Key.Length).All(d => g.Dimensions.Contains(d) == report.Key[d] is not null))
            : null;
        if (!isCrossSection && group is null)
        {
            return false;
        }

        Out.Text(isCrossSection ? "<Series" : $"<Group xsi:type=\"{Use.Prefix}:{group!.Id}\"");
        Key(report, isCrossSection ? Layout.KeyDimensions : group!.Dimensions);
        Time(report.Period);
        Out.Raw(">"u8);
        XmlMetadata.Write(Out, Namespaces, report.Attributes);
        Out.Raw(isCrossSection ? "</Series>"u8 : "</Group>"u8);
        return true;
    }

    private void Key(MetadataReport report, ImmutableArray<int> dimensions)
    {
        foreach (int dimension in dimensions)
        {
            Attribute(Layout.Schema.Dimensions[dimension].Id, report.Key[dimension]);
        }
    }
}
