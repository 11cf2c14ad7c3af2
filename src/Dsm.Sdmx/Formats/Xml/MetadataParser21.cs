using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata sets of 2.1: each of their reports becomes a metadata set of the model.</summary>
internal sealed partial class MetadataParser
{
    private void Reports()
    {
        Location location = cursor.Location;
        string structureId = cursor.AnyAttribute("structureRef") ?? "";
        StructureReference? structure = _announced.GetValueOrDefault(structureId) ?? (_announced.Count == 1 ? _announced.Values.First() : null);
        if (structure is null)
        {
            cursor.Report(IssueCodes.UnknownStructure, structureId);
        }

        string? setId = cursor.AnyAttribute("setID");
        if (setId is not null && !Ids.IsMatch(setId))
        {
            cursor.Report(IssueCodes.InvalidId, setId, "MetadataSet");
        }

        MetadataSet set = WithSetAttributes(new MetadataSet
        {
            AgencyId = "",
            Id = "",
            Version = SdmxVersion.Default,
            SetId = setId,
            ValidFrom = cursor.AnyAttribute("validFromDate"),
            ValidTo = cursor.AnyAttribute("validToDate"),
            MetadataStructure = OfType(structure, StructureType.MetadataStructure),
            Metadataflow = OfType(structure, StructureType.Metadataflow),
            MetadataProvisionAgreement = OfType(structure, StructureType.MetadataProvisionAgreement),
        });
        StructureParser.NameParts names = new();
        StructureReference? provider = _provider;
        List<(MetadataSet Report, Location Location)> reports = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DataProvider":
                    provider = _parser.Reference(name) ?? provider;
                    break;
                case "Report":
                    Location at = cursor.Location;
                    reports.Add((Report(set), at));
                    break;
                default:
                    if (!names.Take(cursor, name))
                    {
                        cursor.Unexpected("MetadataSet");
                    }

                    break;
            }
        }

        for (int r = 0; r < reports.Count; r++)
        {
            MetadataSet report = reports[r].Report;
            string number = (r + 1).ToString(CultureInfo.InvariantCulture);
            Add((report with
            {
                AgencyId = provider?.AgencyId ?? structure?.AgencyId ?? "unknown",
                Id = set.SetId is null ? $"{report.ReportId}_{(_sets.Count + 1).ToString(CultureInfo.InvariantCulture)}" : reports.Count == 1 ? set.SetId : $"{set.SetId}_{number}",
                Provider = provider,
                Name = names.Name,
                Annotations = names.Annotations,
            }, reports.Count == 1 ? location : reports[r].Location));
        }
    }

    private static StructureReference? OfType(StructureReference? reference, StructureType type) => reference?.Type == type ? reference : null;

    private MetadataSet Report(MetadataSet set)
    {
        // Structure-specific messages may leave the id out: the schema fixes it by the type.
        string id = cursor.Attribute("id") ?? cursor.TypeName ?? "REPORT";
        ReportTarget? target = null;
        ImmutableArray<ReportedAttribute> attributes = [];
        ImmutableArray<Annotation> annotations = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Target":
                    target = Target();
                    break;
                case "AttributeSet":
                    attributes = [.. attributes, .. AttributeSet()];
                    break;
                case "Annotations":
                    annotations = [.. annotations, .. StructureParser.ReadAnnotations(cursor)];
                    break;
                default:
                    cursor.Unexpected("Report");
                    break;
            }
        }

        return set with
        {
            ReportId = id,
            ReportTarget = target,
            Targets = [.. target?.Values.Select(v => v.Object).OfType<string>() ?? []],
            Attributes = attributes,
            ReportAnnotations = annotations,
        };
    }

    private ReportTarget Target()
    {
        string id = cursor.Attribute("id") ?? LastPart(cursor.TypeName) ?? "";
        ImmutableArray<TargetValue>.Builder values = ImmutableArray.CreateBuilder<TargetValue>();
        foreach (string name in cursor.Children())
        {
            if (name == "ReferenceValue")
            {
                values.Add(Value());
            }
            else
            {
                cursor.Unexpected("Target");
            }
        }

        return new ReportTarget(id, values.DrainToImmutable());
    }

    private TargetValue Value()
    {
        string id = cursor.Attribute("id") ?? LastPart(cursor.TypeName) switch
        {
            // The schemas name the types of these by their elements, and fix their ids.
            "ReportPeriodTarget" => TargetValue.PeriodId,
            "DataSetTarget" => TargetValue.DataSetId,
            "KeyDescriptorValuesTarget" => TargetValue.DataKeyId,
            "ConstraintContentTarget" => TargetValue.ConstraintId,
            string other => other,
            null => "",
        };
        TargetValue value = new(id);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ObjectReference":
                    value = value with { Object = Object() };
                    break;
                case "DataKey":
                    value = value with { DataKey = _parser.Key() };
                    break;
                case "DataSetReference":
                    value = value with { DataSet = _parser.SetReference() };
                    break;
                case "ConstraintContentReference":
                    value = value with { Constraint = _parser.Reference("AttachmentConstraint") };
                    break;
                case "ReportPeriod":
                    value = value with { Period = cursor.Token() };
                    break;
                default:
                    cursor.Unexpected("ReferenceValue");
                    break;
            }
        }

        if (value == new TargetValue(id))
        {
            cursor.Report(IssueCodes.MissingElement, "ObjectReference", "ReferenceValue");
        }

        return value;
    }

    /// <summary>The URN of an object: as written, or the one a Ref element means.</summary>
    private string? Object() => _parser.Reference("Any")?.Urn;

    private static string? LastPart(string? type) => type?[(type.LastIndexOf('.') + 1)..];
}
