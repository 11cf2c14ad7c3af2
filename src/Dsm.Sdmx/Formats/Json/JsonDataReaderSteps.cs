using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <content>Steps through a data set: each reads one member, series or observation, so that reading can rest between any two.</content>
public sealed partial class JsonDataReader
{
    private BatchFiller _filler = null!;
    private JsonValues _values = null!;
    private JsonObservationScanner? _scanner;
    private HashSet<string> _members = [];
    private readonly HashSet<string> _aside = [];
    private readonly HashSet<string> _seriesMembers = [];
    private int[] _seriesKey = [];
    private int[] _observationKey = [];
    private Place _place;
    private bool _inSeries;
    private bool _isDraining;
    private bool _hasLateAttributes;
    private bool _hasScannerSeries;
    private bool _hasScannerObservations;

    /// <summary>The object whose members come next.</summary>
    private enum Place
    {
        Outside,
        DataSet,
        Groups,
        AllSeries,
        Series,
        Observations,
    }

    private bool IsDeletion => DataSet!.Header.Action == DataSetAction.Delete;

    private void StartReading(DataSetSpace space)
    {
        _filler = new BatchFiller(space, Issues);
        _binding = new JsonBinding(_structure, space, _filler.Slots, Issues);
        _values = new JsonValues(_binding, _filler, Issues, IsDeletion, isDraft: _rootMembers.Contains("header"));
        _seriesKey = new int[_binding.SeriesDimensions.Length];
        _observationKey = new int[_binding.ObservationDimensions.Length];
        _inSeries = false;
        _isDraining = _place == Place.Outside;
        (_hasScannerSeries, _hasScannerObservations) = (false, false);
        _scanner = _options.UsesJsonParserOnly ? null : new JsonObservationScanner(_binding, _values, _filler, _options.MaxValueLength, space.Schema.TimeDimension is not null);
        _values.StartDataSet(_binding.DataSetAttributes, !_members.Contains("attributes") && _part.Attributes is null);

        _aside.Clear();

        // What was passed over when looking ahead holds for all that comes.
        if (_part.Attributes is { } attributes && _pending != "attributes")
        {
            ReadAside(attributes, ReadDataSetAttributes);
            _aside.Add("attributes");
        }

        if (_part.Groups is { } groups && !IsDeletion && _pending != "dimensionGroupAttributes")
        {
            ReadAside(groups, () =>
            {
                _cursor.ReadToken();
                JsonMembers members = new(_cursor, Issues, "dimensionGroupAttributes");
                while (members.Next())
                {
                    ReadGroup();
                }
            });
            _aside.Add("dimensionGroupAttributes");
        }
    }

    private void ReadAside(JsonBookmark place, Action read)
    {
        JsonCursor main = _cursor;
        _cursor = main.Fork(place, _spool!.From(place.Offset));
        read();
        _cursor = main;
    }

    private void Step()
    {
        switch (_place)
        {
            case Place.DataSet:
                StepDataSet();
                break;
            case Place.Groups:
                StepGroups();
                break;
            case Place.AllSeries:
                if (!(_hasScannerSeries && _scanner is not null && Scan()))
                {
                    StepAllSeries();
                }

                break;
            case Place.Series:
                StepSeries();
                break;
            default:
                if (!(_hasScannerObservations && _scanner is not null && Scan()))
                {
                    StepObservations();
                }

                break;
        }
    }

    /// <summary>Lets the faster scanner go as far as it comes. False when it could not read anything.</summary>
    private bool Scan()
    {
        bool inObservations = _place == Place.Observations;
        bool any = _scanner!.Scan(_cursor, ref inObservations, _inSeries);
        _place = inObservations ? Place.Observations : Place.AllSeries;
        if (_filler.IsInSeries && !_inSeries)
        {
            // The scanner has begun a series: both members it takes were there.
            _seriesMembers.Add("attributes");
            _seriesMembers.Add("observations");
        }

        _inSeries = _filler.IsInSeries;
        return any;
    }

    private void StepDataSet()
    {
        string? name = _pending;
        if (name is null)
        {
            _cursor.ReadToken();
            if (_cursor.Token == JsonTokenType.EndObject)
            {
                (_place, _isDraining) = (Place.Outside, true);
                return;
            }

            if (!IsFirst(_cursor, _members, "dataSet"))
            {
                return;
            }

            name = _cursor.Text()!;
        }

        _pending = null;
        if (_aside.Contains(name))
        {
            name = "";
        }

        switch (name)
        {
            case "attributes":
                ReadDataSetAttributes();
                break;
            case "dimensionGroupAttributes":
                _place = Enter() ? Place.Groups : _place;
                break;
            case "series":
                _place = Enter() ? Place.AllSeries : _place;
                break;
            case "observations":
                _place = Enter() ? Place.Observations : _place;
                break;
            default:
                _cursor.ReadToken();
                _cursor.Skip();
                break;
        }
    }

    /// <summary>Goes into the object that comes next; what is none is reported, but for null.</summary>
    private bool Enter()
    {
        if (_place == Place.DataSet)
        {
            _scanner?.Forget();
            (_hasScannerSeries, _hasScannerObservations) = (false, false);
        }

        _cursor.ReadToken();
        if (_cursor.Token == JsonTokenType.StartObject)
        {
            return true;
        }

        if (_cursor.Token != JsonTokenType.Null)
        {
            JsonFindings.WrongKind(_cursor, Issues, "dataSet", "object");
        }

        _cursor.Skip();
        return false;
    }

    private void ReadDataSetAttributes()
    {
        _cursor.ReadToken();
        Location location = _cursor.Location;
        _filler.StartGroup(location.Line, location.Column);
        _values.ReadArray(_cursor, _binding.DataSetAttributes, "attributes");
        _filler.EndGroup();
    }

    private void StepGroups()
    {
        _cursor.ReadToken();
        if (_cursor.Token == JsonTokenType.EndObject)
        {
            _place = Place.DataSet;
            return;
        }

        ReadGroup();
    }

    /// <summary>Attributes of a part of the key; in a data set that deletes, what is to be deleted.</summary>
    private void ReadGroup()
    {
        Location location = _cursor.Location;
        if (_values.FindGroup(_cursor.Value) is not { } dimensions)
        {
            ReportKey(location, _binding.Presented.Length);
            _cursor.Skip();
            return;
        }

        _cursor.ReadToken();
        if (IsDeletion)
        {
            _filler.StartSeries(location.Line, location.Column);
            _values.SetDataSetDimensions();
        }
        else
        {
            _filler.StartGroup(location.Line, location.Column);
        }

        _values.ReadGroup(_cursor, dimensions);
        if (IsDeletion)
        {
            // A key with a period in it deletes that period only.
            if (dimensions.Dimensions.Any(d => d.Slot.Kind == SlotKind.Time))
            {
                _filler.StartObservation(location.Line, location.Column);
                _values.SetPeriod(dimensions);
                _filler.EndObservation();
            }

            _filler.EndSeries();
        }
        else
        {
            _filler.EndGroup();
        }
    }

    /// <summary>The rest is passed over, not looked at: who does not read a data set does not want its findings.</summary>
    private void SkipRestOfDataSet()
    {
        int depth = _place switch
        {
            Place.DataSet => 1,
            Place.Groups or Place.AllSeries => 2,
            Place.Series => 3,
            Place.Observations => _inSeries ? 4 : 2,
            _ => 0,
        };
        if (_place == Place.DataSet && _pending is not null)
        {
            _cursor.ReadToken();
            _cursor.Skip();
        }

        while (depth > 0)
        {
            _cursor.ReadToken();
            if (_cursor.Token == JsonTokenType.EndObject)
            {
                depth--;
            }
            else
            {
                _cursor.Skip();
            }
        }

        (_place, _isDraining, _pending) = (Place.Outside, false, null);
    }
}
