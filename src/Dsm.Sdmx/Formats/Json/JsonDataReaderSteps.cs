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

    private void StepAllSeries()
    {
        _cursor.ReadToken();
        if (_cursor.Token == JsonTokenType.EndObject)
        {
            _place = Place.DataSet;
            return;
        }

        Location location = _cursor.Location;
        if (!JsonKey.TryParse(_cursor.Value, _seriesKey))
        {
            ReportKey(location, _seriesKey.Length);
            SkipSeries();
            return;
        }

        if (!_values.AreInRange(_binding.SeriesDimensions, _seriesKey, location))
        {
            SkipSeries();
            return;
        }

        if (!Enter())
        {
            return;
        }

        _filler.StartSeries(location.Line, location.Column);
        _values.SetSeriesKey(_seriesKey);
        _seriesMembers.Clear();
        _hasLateAttributes = false;
        (_place, _inSeries) = (Place.Series, true);
    }

    private void StepSeries()
    {
        _cursor.ReadToken();
        if (_cursor.Token == JsonTokenType.EndObject)
        {
            EndSeries();
            return;
        }

        if (!IsFirst(_cursor, _seriesMembers, "series"))
        {
            return;
        }

        if (_cursor.IsName("attributes"u8))
        {
            _cursor.ReadToken();
            if (_hasLateAttributes)
            {
                _cursor.Skip();
                return;
            }

            _values.ReadArray(_cursor, _binding.SeriesAttributes, "attributes");
        }
        else if (_cursor.IsName("observations"u8))
        {
            if (!_seriesMembers.Contains("attributes") && _binding.SeriesAttributes.Length > 0)
            {
                ReadLateAttributes();
            }

            _place = Enter() ? Place.Observations : _place;
        }
        else
        {
            _cursor.Skip();
        }
    }

    private void EndSeries()
    {
        if (!_seriesMembers.Contains("attributes") && !_seriesMembers.Contains("observations"))
        {
            _values.SetDefaults(_binding.SeriesAttributes, 0);
        }

        _filler.EndSeries();
        (_place, _inSeries) = (Place.AllSeries, false);
        _scanner?.Learn(_cursor.State, inObservations: false);
        _hasScannerSeries = _scanner?.KnowsBoth == true;
    }

    /// <summary>The attributes of a series may stand behind its observations, but hold for them: they are looked for ahead.</summary>
    private void ReadLateAttributes()
    {
        bool isIn = JsonNearby.HasNoMoreMembers(_cursor);
        if (isIn)
        {
            _values.SetDefaults(_binding.SeriesAttributes, 0);
            return;
        }

        JsonBookmark here = Keep();
        bool found = false;
        ReadAside(here, () =>
        {
            _cursor.SkipQuickly();
            _cursor.ReadToken();
            while (_cursor.Token == JsonTokenType.PropertyName && !found)
            {
                if (_cursor.IsName("attributes"u8))
                {
                    _cursor.ReadToken();
                    _values.ReadArray(_cursor, _binding.SeriesAttributes, "attributes");
                    found = true;
                    return;
                }

                _cursor.SkipQuickly();
                _cursor.ReadToken();
            }
        });
        if (found)
        {
            _hasLateAttributes = true;
        }
        else
        {
            _values.SetDefaults(_binding.SeriesAttributes, 0);
        }
    }

    private void StepObservations()
    {
        _cursor.ReadToken();
        if (_cursor.Token == JsonTokenType.EndObject)
        {
            _place = _inSeries ? Place.Series : Place.DataSet;
            _hasScannerObservations = false;
            return;
        }

        Location location = _cursor.Location;
        if (!FindObservation(location))
        {
            Unreadable++;
            _cursor.Skip();
            return;
        }

        _cursor.ReadToken();
        if (_cursor.Token != JsonTokenType.StartArray)
        {
            JsonFindings.WrongKind(_cursor, Issues, "observations", "array");
            Unreadable++;
            _cursor.Skip();
            return;
        }

        _filler.StartObservation(location.Line, location.Column);
        _values.ReadObservation(_cursor, _observationKey);
        _filler.EndObservation();
        if (_scanner is not null && _cursor.Token == JsonTokenType.EndArray)
        {
            _scanner.Learn(_cursor.State, inObservations: true);
            _hasScannerObservations = _scanner.IsUsable && (_inSeries || _seriesKey.Length == 0);
        }
    }

    private bool FindObservation(Location location)
    {
        if (_inSeries || _seriesKey.Length == 0)
        {
            if (JsonKey.TryParse(_cursor.Value, _observationKey))
            {
                return _values.AreInRange(_binding.ObservationDimensions, _observationKey, location);
            }

            ReportKey(location, _observationKey.Length);
            return false;
        }

        // Flat observations under a structure that speaks of series: one description for data sets of both kinds.
        int[] key = new int[_seriesKey.Length + _observationKey.Length];
        if (!JsonKey.TryParse(_cursor.Value, key))
        {
            ReportKey(location, key.Length);
            return false;
        }

        key.AsSpan(0, _seriesKey.Length).CopyTo(_seriesKey);
        key.AsSpan(_seriesKey.Length).CopyTo(_observationKey);
        _values.KeepSeriesKey(_seriesKey);
        return _values.AreInRange(_binding.SeriesDimensions, _seriesKey, location)
            && _values.AreInRange(_binding.ObservationDimensions, _observationKey, location);
    }

    private void ReportKey(Location location, int expected)
    {
        Issues.Add(IssueCodes.JsonKey, location, _cursor.Text(), expected);
    }

    /// <summary>Passes over a series that cannot be read, and counts its observations.</summary>
    private void SkipSeries()
    {
        _cursor.ReadToken();
        int depth = _cursor.Depth;
        if (_cursor.Token != JsonTokenType.StartObject)
        {
            _cursor.Skip();
            return;
        }

        bool inObservations = false;
        do
        {
            _cursor.ReadToken();
            if (_cursor.Token == JsonTokenType.PropertyName && _cursor.Depth == depth + 1)
            {
                inObservations = _cursor.IsName("observations"u8);
            }
            else if (_cursor.Token == JsonTokenType.PropertyName && _cursor.Depth == depth + 2 && inObservations)
            {
                Unreadable++;
            }
        }
        while (_cursor.Depth > depth);
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
