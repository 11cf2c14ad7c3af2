using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Rules;

/// <summary>
/// The domain rules that need nothing but the observation itself: V03 value or reason, V19 own citizens, V24 logic of the statuses; and
/// that a provider reports for its own state only. Rules that compare observations come after the merge.
/// </summary>
internal sealed class ObservationRules
{
    private const string MissingStatuses = "OMLHQK";
    private readonly IssueList _issues;
    private readonly LoadTarget _target;
    private readonly int _area;
    private readonly int _citizenship;
    private readonly int _status;
    private readonly int _confidentiality;
    private readonly int _embargo;
    private readonly bool _deletes;

    public ObservationRules(DataSetSpace space, LoadTarget target, IssueList issues)
    {
        _issues = issues;
        _target = target;
        _deletes = space.Header.Action == DataSetAction.Delete;
        DataSchema schema = space.Schema;
        _area = schema.Find(target.StateDimension) is { Role: ComponentRole.Dimension } area ? area.Index : -1;
        _citizenship = schema.Find("CITIZENSHIP") is { Role: ComponentRole.Dimension } citizenship ? citizenship.Index : -1;

        // The rules know the codes of the SDMX list; another list under the same component says something else.
        _status = schema.Find("OBS_STATUS")?.Representation.Enumeration?.Id == "CL_OBS_STATUS" ? Position(schema, "OBS_STATUS") : -1;
        _confidentiality = Position(schema, "CONF_STATUS");
        _embargo = schema.Find("EMBARGO_TIME") is { } embargo ? schema.SeriesAttributes.IndexOf(embargo) : -1;
    }

    public void Check(ObservationBatch batch)
    {
        for (int run = 0, row = 0; run < batch.SeriesCount; run++)
        {
            int end = row;
            while (end < batch.Count && batch.SeriesOf[end] == run)
            {
                end++;
            }

            CheckKey(batch, run, end - row);
            if (!_deletes)
            {
                CheckRows(batch, run, row, end);
            }

            row = end;
        }
    }

    private static int Position(DataSchema schema, string id)
        => schema.Find(id) is { Role: ComponentRole.Attribute } attribute ? schema.ObservationAttributes.IndexOf(attribute) : -1;

    private void CheckKey(ObservationBatch batch, int run, int observations)
    {
        if (_area < 0 || batch.Dimensions[_area][run] is not { } state)
        {
            return;
        }

        if (_target.State is { } own && state != own)
        {
            _issues.Add(new Issue(ExchangeIssues.WrongState, batch.LocationOfSeries(run, _target.StateDimension), state, own) { Observations = observations });
        }

        if (!_deletes && _citizenship >= 0 && batch.Dimensions[_citizenship][run] == state)
        {
            _issues.Add(new Issue(RuleIssues.OwnCitizens, batch.LocationOfSeries(run, "CITIZENSHIP"), state) { Observations = observations });
        }
    }

    private void CheckRows(ObservationBatch batch, int run, int first, int end)
    {
        if (_status < 0 || batch.Measures.IsEmpty)
        {
            return;
        }

        ObservationValue[] values = batch.Measures[0];
        ValueColumn statuses = batch.ObservationAttributes[_status];
        for (int row = first; row < end; row++)
        {
            string? status = statuses[row];
            bool isMissing = status is { Length: 1 } && MissingStatuses.Contains(status[0], StringComparison.Ordinal);
            if (batch.Refused[row])
            {
                continue;
            }

            // Status S (strike and other special events) goes either way.
            if (values[row].HasValue == isMissing && status != "S")
            {
                Refuse(batch, row, status, values[row]);
            }

            if (_confidentiality >= 0)
            {
                CheckConfidentiality(batch, run, row, status, batch.ObservationAttributes[_confidentiality][row]);
            }
        }
    }

    private void Refuse(ObservationBatch batch, int row, string? status, in ObservationValue value)
    {
        // A message that changes only attributes leaves value and status out: nothing to judge.
        if (status is null && value.Kind == ObservationValueKind.Absent)
        {
            return;
        }

        batch.Refused[row] = true;
        Location place = batch.LocationOf(row, batch.Schema.Measures[0].Id);
        _issues.Add(value.HasValue ? new Issue(RuleIssues.ValueDespiteStatus, place, value, status) : new Issue(RuleIssues.NoValueNoReason, place, status));
    }

    private void CheckConfidentiality(ObservationBatch batch, int run, int row, string? status, string? confidentiality)
    {
        if (status == "Q" && !StoredLayout.IsRestricted(confidentiality))
        {
            _issues.Add(RuleIssues.SuppressedButFree, batch.LocationOf(row, "CONF_STATUS"), confidentiality);
        }

        if (confidentiality == "E" && (_embargo < 0 || !batch.SeriesAttributes[_embargo].HasValue(run)))
        {
            _issues.Add(RuleIssues.EmbargoWithoutTime, batch.LocationOf(row, "EMBARGO_TIME"));
        }
    }
}
