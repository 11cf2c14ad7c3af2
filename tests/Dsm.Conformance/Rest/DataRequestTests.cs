using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Rest;

/// <summary>The table of requests for data and availability, in both lines, on a real hub.</summary>
[Collection(SeededHubCollection.Name)]
public sealed class DataRequestTests(SeededHub hub)
{
    private const string File = "requests-data.csv";

    public static TheoryData<string> Rows => RequestTable.Names(File);

    [SharedFolderTheory]
    [MemberData(nameof(Rows))]
    public Task Is_answered_as_the_table_says(string row) => new RequestCheck(hub).RunAsync(RequestTable.Find(File, row));
}
