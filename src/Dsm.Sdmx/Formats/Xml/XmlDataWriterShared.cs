using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>Attributes that series share: those of the data set and of groups.</content>
public abstract partial class XmlDataWriter
{
    /// <summary>Sees to the attributes of data set and groups before a series, or a run of flat observations.</summary>
    private void BeforeSeries(ObservationBatch batch, int series)
    {
        if (IsSharedKnown(batch, series))
        {
            return;
        }

        string?[] values = [.. Layout.OnDataSet.Select(i => batch.SeriesAttributes[i][series])];
        (XmlGroupLayout Group, string[] Key, string?[] Values)[] groups = [.. Layout.Groups.Select(g => (g, KeyOf(g, batch, series), ValuesOf(g, batch, series)))];
        if (_dataSetValues is not null && IsVersion21
            && (Differs(_dataSetValues, values) || groups.Any(g => _groups.TryGetValue(Identity(g.Group, g.Key), out string?[]? old) && Differs(old, g.Values))))
        {
            CloseDataSet();
        }

        if (_dataSetValues is null)
        {
            OpenDataSet(values);
        }
        else if (Differs(_dataSetValues, values))
        {
            _dataSetValues = values;
            WriteDataSetAttributes(values);
        }

        foreach ((XmlGroupLayout group, string[] key, string?[] groupValues) in groups)
        {
            KeepGroup(group, key, groupValues);
        }
    }

    /// <summary>True when the attributes of data set and groups of a series are written already.</summary>
    private bool IsSharedKnown(ObservationBatch batch, int series)
    {
        if (_dataSetValues is null)
        {
            return false;
        }

        for (int i = 0; i < _dataSetValues.Length; i++)
        {
            if (batch.SeriesAttributes[Layout.OnDataSet[i]][series] is { } value && value != _dataSetValues[i])
            {
                return false;
            }
        }

        foreach (XmlGroupLayout group in Layout.Groups)
        {
            string?[] values = ValuesOf(group, batch, series);
            if (values.Any(v => v is not null)
                && (!_groups.TryGetValue(Identity(group, KeyOf(group, batch, series)), out string?[]? old) || Differs(old, values)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] KeyOf(XmlGroupLayout group, ObservationBatch batch, int series)
        => [.. group.Dimensions.Select(d => batch.Dimensions[d][series] ?? "")];

    private static string?[] ValuesOf(XmlGroupLayout group, ObservationBatch batch, int series)
        => [.. group.Attributes.Select(a => batch.SeriesAttributes[a][series])];

    private void KeepGroup(XmlGroupLayout group, string[] key, string?[] values)
    {
        if (values.All(v => v is null))
        {
            return;
        }

        (string, string) identity = Identity(group, key);
        bool known = _groups.TryGetValue(identity, out string?[]? old);
        if (known && !Differs(old!, values))
        {
            return;
        }

        if (_groups.Count >= 100_000 && !IsVersion21)
        {
            // Forgetting only means that a group may be written twice.
            _groups.Clear();
        }

        _groups[identity] = values;
        if (!IsVersion21)
        {
            WriteGroup(group, key, values);
        }
    }

    private void OpenDataSet(string?[] values)
    {
        _dataSetValues = values;
        if (!KeepsBack)
        {
            WriteDataSetStart(values);
        }
    }

    private void CloseDataSet()
    {
        CloseSeries();
        if (_dataSetValues is null)
        {
            return;
        }

        if (KeepsBack)
        {
            _kept.Flush();
            Out = _main;
            WriteDataSetStart(_dataSetValues);
            foreach (((string id, string key), string?[] values) in _groups)
            {
                WriteGroup(Layout.Groups.First(g => g.Id == id), key.Split('\u001f'), values);
            }

            _main.Raw(_window.WrittenSpan);
            _window.ResetWrittenCount();
        }

        WriteDataSetEnd();
        Out = KeepsBack ? _kept : _main;
        _groups.Clear();
        _dataSetValues = null;
        _anyDataSet = true;
    }

    private static (string Group, string Key) Identity(XmlGroupLayout group, string[] key) => (group.Id, string.Join('\u001f', key));

    /// <summary>True when a value is given that was not there before; one left out says nothing.</summary>
    private static bool Differs(string?[] old, string?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not null && values[i] != old[i])
            {
                return true;
            }
        }

        return false;
    }
}
