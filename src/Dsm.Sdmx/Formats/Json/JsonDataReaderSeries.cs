using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <content>Series and their observations.</content>
public sealed partial class JsonDataReader
{
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
}
