using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Cross-sectional data: data set, groups and sections each say a part of what their observations have in common; an observation is an
/// element named by its measure.
/// </summary>
public sealed partial class DataReader20
{
    /// <summary>What the open levels say, from the data set down.</summary>
    private readonly List<List<(ComponentSlot Slot, XmlDataReaderAttribute Attribute)>> _levels = [];

    private void ResetLevels()
    {
        _levels.Clear();
        _ofGroup.Clear();
        _isDataSetAttributes = false;
    }

    private void OpenLevel(IReadOnlyList<XmlDataReaderAttribute> attributes)
    {
        List<(ComponentSlot, XmlDataReaderAttribute)> level = [];
        foreach (XmlDataReaderAttribute attribute in attributes.Where(a => _levels.Count > 0 ? !a.IsQualified : IsComponent(a)))
        {
            ComponentSlot slot = Find(attribute.Name);
            if (slot.Kind == SlotKind.Unknown)
            {
                Issues.Add(IssueCodes.UnknownComponent, new Location(attribute.Line, attribute.Column, null, null, attribute.Name), attribute.Name);
            }
            else
            {
                level.Add((slot, attribute));
            }
        }

        _levels.Add(level);
    }

    private void CloseLevel()
    {
        if (_levels.Count > 1)
        {
            _levels.RemoveAt(_levels.Count - 1);
        }
    }

    private bool StartCrossSectional(string name)
    {
        if (name is "Group" or "Section")
        {
            OpenLevel(ReadAttributes());
            return true;
        }

        if (MeasureNamed(name) is not { } measure)
        {
            Issues.Add(IssueCodes.UnknownComponent, new Location(Line, Column, null, null, name), name);
            Unreadable++;
            Skip();
            return false;
        }

        Filler.StartObservation(Line, Column);
        _timeFormat = TimeFormatAt();
        foreach ((ComponentSlot slot, XmlDataReaderAttribute attribute) in _levels.SelectMany(l => l))
        {
            SetValue(slot, attribute.Name, attribute.Value);
        }

        if (measure.Code is not null)
        {
            SetValue(measure.Dimension, name, measure.Code);
        }

        SetObservation(measure.Measure);
        if (!Xml.IsEmptyElement)
        {
            Skip(); // annotations, if anything
        }

        Filler.EndObservation();
        return false;
    }

    /// <summary>The time format, which may stand behind or below the time.</summary>
    private string? TimeFormatAt()
    {
        string? format = null;
        foreach ((ComponentSlot slot, XmlDataReaderAttribute attribute) in _levels.SelectMany(l => l))
        {
            format = slot.Kind != SlotKind.Unknown && slot == _timeFormatSlot ? attribute.Value : format;
        }

        return Xml.GetAttribute(TimeFormatConcept) ?? format;
    }

    private void SetObservation(ComponentSlot measure)
    {
        while (Xml.MoveToNextAttribute())
        {
            if (Xml.NamespaceURI.Length == 0)
            {
                string name = Xml.LocalName;
                ComponentSlot slot = Find(name);
                SetValue(slot.Kind == SlotKind.Unknown && name == "value" ? measure : slot, name, Xml.Value);
            }
        }

        Xml.MoveToElement();
    }

    /// <summary>
    /// What an observation's element stands for: a cross-sectional measure, which is a code beside the primary measure; a measure of the
    /// structure itself; or a code of the measure dimension of 2.1.
    /// </summary>
    private (ComponentSlot Measure, ComponentSlot Dimension, string? Code)? MeasureNamed(string name)
    {
        DataStructure structure = DataSet!.Schema.Structure;
        foreach (CrossSectionalMeasure measure in structure.CrossSectionalMeasures)
        {
            if (measure.Id == name)
            {
                return (Measure(), Find(measure.DimensionId), measure.Code);
            }
        }

        if (Find(name) is { Kind: SlotKind.Measure } slot)
        {
            return (slot, default, null);
        }

        return structure.Dimensions.FirstOrDefault(d => d.IsMeasureDimension) is { } dimension ? (Measure(), Find(dimension.Id), name) : null;
    }
}
