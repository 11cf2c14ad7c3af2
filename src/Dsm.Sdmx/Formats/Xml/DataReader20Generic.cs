using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Generic data: groups may hold the series they are about.</summary>
public sealed partial class DataReader20
{
    private bool _isDataSetAttributes;

    private bool StartGeneric(string name)
    {
        ReadingScope scope = Filler.Scope;
        switch (name)
        {
            case "Value" when scope != ReadingScope.None:
                ReadConceptValue();
                return true;
            case "Obs" when scope is ReadingScope.None or ReadingScope.Series:
                Filler.StartObservation(Line, Column);
                return true;
            case "Time" when scope == ReadingScope.Observation:
                SetValue(Find("TIME_PERIOD"), "TIME_PERIOD", ReadText());
                return false;
            case "ObsValue" when scope == ReadingScope.Observation:
                if (Xml.GetAttribute("value") is { } value)
                {
                    SetValue(Measure(), ComponentSlots.PrimaryMeasure, value);
                }

                return true;
            case "Series" when scope is ReadingScope.None or ReadingScope.Group:
                if (scope == ReadingScope.Group)
                {
                    Filler.EndGroup(); // what it says is known now; its series follow
                }

                StartSeries();
                return true;
            case "Group" when scope == ReadingScope.None:
                Filler.StartGroup(Line, Column);
                return true;
            case "Attributes" when scope == ReadingScope.None && Xml.Depth == DataSetDepth + 1:
                Filler.StartGroup(Line, Column);
                _isDataSetAttributes = true;
                return true;
            case "SeriesKey" or "GroupKey" or "Attributes" when scope != ReadingScope.None:
                return true;
            default:
                SkipUnexpected(scope == ReadingScope.None ? "DataSet" : scope.ToString());
                return false;
        }
    }

    private void EndGeneric(string name)
    {
        switch (name)
        {
            case "Obs" when Filler.Scope == ReadingScope.Observation:
                Filler.EndObservation();
                break;
            case "Series" when Filler.Scope == ReadingScope.Series:
                Filler.EndSeries();
                break;
            case "Group" when Filler.Scope == ReadingScope.Group:
                Filler.EndGroup();
                break;
            case "Attributes" when _isDataSetAttributes:
                Filler.EndGroup();
                _isDataSetAttributes = false;
                break;
        }
    }

    private void ReadConceptValue()
    {
        string? concept = Xml.GetAttribute("concept"), value = Xml.GetAttribute("value");
        if (concept is null || value is null)
        {
            Issues.Add(IssueCodes.MissingElement, new Location(Line, Column), concept is null ? "concept" : "value", "Value");
            return;
        }

        SetValue(Find(concept), concept, value);
    }

    /// <summary>The only measure that those versions know in observations: the primary one.</summary>
    private ComponentSlot Measure() => Filler.Slots.Find(ComponentSlots.PrimaryMeasure) is { Kind: SlotKind.Measure } slot ? slot
        : DataSet!.Schema.Measures.IsEmpty ? default : Filler.Slots.Find(DataSet.Schema.Measures[0].Id);
}
