using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Rest;

/// <summary>Which artefacts come along with one (<c>references</c>): what the Test Compliance Kit asks, where the kit is not installed.</summary>
[Collection(SeededHubCollection.Name)]
public sealed class NeighbourRequestTests(SeededHub hub)
{
    private const string File = "requests-neighbours.csv";

    public static TheoryData<string> Rows => RequestTable.Names(File);

    [SharedFolderTheory]
    [MemberData(nameof(Rows))]
    public Task Is_answered_as_the_table_says(string row) => new RequestCheck(hub).RunAsync(RequestTable.Find(File, row));
}
