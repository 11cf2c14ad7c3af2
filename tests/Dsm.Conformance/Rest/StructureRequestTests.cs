namespace Dsm.Conformance.Rest;

/// <summary>The table of requests for structures, schemas, reference metadata and registrations, in both lines, on a real hub.</summary>
[Collection(StructureHubCollection.Name)]
public sealed class StructureRequestTests(StructureHub hub)
{
    private const string File = "requests-structure.csv";

    public static TheoryData<string> Rows => RequestTable.Names(File);

    [SharedFolderTheory]
    [MemberData(nameof(Rows))]
    public Task Is_answered_as_the_table_says(string row) => new RequestCheck(hub).RunAsync(RequestTable.Find(File, row));
}
