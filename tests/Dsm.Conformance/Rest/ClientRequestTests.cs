using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Rest;

/// <summary>Odd requests of real clients and of people who write addresses by hand: right answers, or errors that say what is wrong.</summary>
[Collection(SeededHubCollection.Name)]
public sealed class ClientRequestTests(SeededHub hub)
{
    private const string File = "requests-clients.csv";

    public static TheoryData<string> Rows => RequestTable.Names(File);

    [SharedFolderTheory]
    [MemberData(nameof(Rows))]
    public Task Is_answered_as_the_table_says(string row) => new RequestCheck(hub).RunAsync(RequestTable.Find(File, row));
}
