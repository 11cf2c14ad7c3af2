using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;

namespace Dsm.Cli.Outputs;

/// <summary>Adds up observations that a map brings to one key and period: the first takes the values of the others, which are then passed over.</summary>
internal sealed class SummedBatches(IssueList issues)
{
    private readonly Dictionary<(string Key, string Period), (ObservationBatch Batch, int Row)> _first = [];

    /// <summary>The batches, with the sums in them.</summary>
    public List<ObservationBatch> Batches { get; } = [];

    /// <summary>Takes a batch, which must not be used again.</summary>
    public void Add(ObservationBatch batch)
    {
        Batches.Add(batch);
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.Refused[row] || _first.TryAdd((batch.KeyOf(batch.SeriesOf[row]), batch.Periods[row].ToString()), (batch, row)))
            {
                continue;
            }

            (ObservationBatch sum, int at) = _first[(batch.KeyOf(batch.SeriesOf[row]), batch.Periods[row].ToString())];
            for (int m = 0; m < batch.Measures.Length; m++)
            {
                if (Aggregator.TryAdd(sum.Measures[m][at], batch.Measures[m][row], out ObservationValue total))
                {
                    sum.Measures[m][at] = total;
                }
                else
                {
                    issues.Add(IssueCodes.MappingCollision, batch.LocationOf(row));
                }
            }

            batch.Refused[row] = true;
        }
    }
}
