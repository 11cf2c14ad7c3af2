using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Compact data: elements for groups are named by the group of the key family.</summary>
public sealed partial class DataReader20
{
    private bool StartCompact(string name)
    {
        ReadingScope scope = Filler.Scope;
        if (name == "Obs" && scope is ReadingScope.None or ReadingScope.Series)
        {
            Filler.StartObservation(Line, Column);
        }
        else if (name == "Series" && scope is ReadingScope.None or ReadingScope.Group)
        {
            if (scope == ReadingScope.Group)
            {
                Filler.EndGroup();
            }

            StartSeries();
        }
        else if (Xml.Depth == DataSetDepth + 1)
        {
            Filler.StartGroup(Line, Column);
        }
        else
        {
            SkipUnexpected(scope == ReadingScope.None ? "DataSet" : scope.ToString());
            return false;
        }

        SetAttributes();
        return true;
    }
}
