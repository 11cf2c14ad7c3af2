using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What constraints have in common in all versions.</summary>
internal abstract partial class StructureXml
{
    /// <summary>Writes when data are released; nothing for null.</summary>
    protected void Calendar(ReleaseCalendar? calendar)
    {
        if (calendar is null)
        {
            return;
        }

        Start("ReleaseCalendar");
        Element("Periodicity", calendar.Periodicity);
        Element("Offset", calendar.Offset);
        Element("Tolerance", calendar.Tolerance);
        End();
    }

    /// <summary>Says which attachments are left out.</summary>
    protected void AttachmentLosses(ConstraintAttachment carried, Constraint constraint)
    {
        void Lost(string property, int before, int after)
        {
            if (before > after)
            {
                NotCarried(property, constraint.Reference);
            }
        }

        Lost("Constraint.Attachments", constraint.Attachments.Length, carried.Artefacts.Length);
        Lost("Constraint.DataSets", constraint.DataSets.Length, carried.DataSets.Length);
        Lost("Constraint.MetadataSets", constraint.MetadataSets.Length, carried.MetadataSets.Length);
        Lost("Constraint.SimpleDataSources", constraint.SimpleDataSources.Length, carried.SimpleSources.Length);
        Lost("Constraint.QueryableDataSources", constraint.QueryableDataSources.Length, carried.QueryableSources.Length);
    }

    /// <summary>Writes files and services a constraint is attached to.</summary>
    protected void Sources(ConstraintAttachment attached)
    {
        foreach (string source in attached.SimpleSources)
        {
            Element("SimpleDataSource", source);
        }

        foreach (QueryableDataSource source in attached.QueryableSources)
        {
            Start("QueryableDataSource");
            Attribute("isRESTDatasource", source.IsRest ? "true" : "false");
            Attribute("isWebServiceDatasource", source.IsWebService ? "true" : "false");
            CommonElement("DataURL", source.Url);
            CommonElement("WSDLURL", source.WsdlUrl);
            CommonElement("WADLURL", source.WadlUrl);
            End();
        }
    }

    private void CommonElement(string name, string? text)
    {
        if (text is not null)
        {
            Xml.WriteElementString(name, Namespaces.Common, XmlText.Clean(text));
        }
    }
}
