using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

public class RestRoundTripTests
{
    [Theory]
    [InlineData("data/EECA,DF_ASYLAPP,1.0.0/A.ARM+GEO..F/ARM_MCS+EECA,GEO_MIA?startPeriod=2019&endPeriod=2020-Q2&detail=dataonly&includeHistory=true")]
    [InlineData("codelist/SDMX/CL_FREQ+CL_SEX/all/A+M?detail=referencestubs&references=parents")]
    public void An_address_of_line_1_prints_as_it_was_read(string address)
    {
        string[] parts = address.Split('?');
        IssueList issues = new();
        Rest15.TryParse(parts[0], parts[1], out RestQuery? query, issues).Should().BeTrue(string.Join(';', issues.Kept));
        Rest15.Print(query!).Should().Be(address);
    }

    [Theory]
    [InlineData("data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.ARM,A.GEO.*.F?c[CITIZENSHIP]=AFG,sw:B+ne:BE&c[TIME_PERIOD]=ge:2019+le:2020&attributes=none&measures=none&asOf=2024-01-01T00:00:00Z")]
    [InlineData("structure/*/*/*/1+.0.0?detail=raw&references=ancestors,codelist")]
    public void An_address_of_line_2_prints_as_it_was_read(string address)
    {
        string[] parts = address.Split('?');
        IssueList issues = new();
        Rest2.TryParse(parts[0], parts[1], out RestQuery? query, issues).Should().BeTrue(string.Join(';', issues.Kept));
        Rest2.Print(query!).Should().Be(address);
    }
}
