using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>What stands beside observations: reference metadata and annotations.</content>
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

    private void Annotations(ImmutableArray<Annotation> annotations)
    {
        if (annotations.IsEmpty)
        {
            return;
        }

        Out.Raw("<common:Annotations>"u8);
        foreach (Annotation annotation in annotations)
        {
            Out.Raw("<common:Annotation"u8);
            Attribute("id", annotation.Id);
            Out.Raw(">"u8);
            Element("common:AnnotationTitle", annotation.Title);
            Element("common:AnnotationType", annotation.Type);
            Element("common:AnnotationURL", annotation.Url);
            foreach ((string language, string text) in annotation.Text.Texts)
            {
                Out.Text($"<common:AnnotationText xml:lang=\"{language}\">");
                XmlEscape.Write(Out, text);
                Out.Raw("</common:AnnotationText>"u8);
            }

            Element("common:AnnotationValue", annotation.Value);
            Out.Raw("</common:Annotation>"u8);
        }

        Out.Raw("</common:Annotations>"u8);
    }

    private void Element(string name, string? text)
    {
        if (text is not null)
        {
            Out.Text($"<{name}>");
            XmlEscape.Write(Out, text);
            Out.Text($"</{name}>");
        }
    }
}
