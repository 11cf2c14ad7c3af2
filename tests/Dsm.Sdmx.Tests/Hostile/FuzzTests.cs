using System.Text;
using Dsm.Fuzz;
using Dsm.Fuzz.Engine;

namespace Dsm.Sdmx.Tests.Hostile;

/// <summary>
/// Every test run fuzzes a little: the kept corpus of each reader, then a fixed number of mutations of it with a fixed seed,
/// so that a run finds the same on every machine. Longer
/// runs that are guided by coverage: docs/fuzzing.md.
/// </summary>
public class FuzzTests
{
    /// <summary>About two seconds of the slowest target.</summary>
    private const int Mutations = 5000;

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_is_wrong_with_the_kept_corpus_and_mutations_of_it(string target)
    {
        FuzzTarget fuzzed = FuzzTarget.Find(target)!;
        List<byte[]> corpus = FuzzCorpus.Load(FuzzCorpus.Folder, fuzzed);
        corpus.Should().NotBeEmpty();
        MutationRun.Result result = MutationRun.Run(fuzzed, corpus, Mutations);
        result.Failure.Should().BeNull($"input {result.Inputs} is\n{(result.Input is null ? "" : Convert.ToBase64String(result.Input))}");
        result.Inputs.Should().BeGreaterThan(corpus.Count);
    }

    [Fact]
    public void A_fault_is_found()
    {
        FuzzTarget faulty = new("faulty", input => _ = input.IndexOf("xy"u8) >= 0 ? throw new InvalidOperationException() : 0, ["xy"]);
        MutationRun.Result result = MutationRun.Run(faulty, [Encoding.UTF8.GetBytes("abc")], 1_000_000);
        result.Failure.Should().Contain(nameof(InvalidOperationException));
        Encoding.UTF8.GetString(result.Input!).Should().Contain("xy");
    }

    [Fact]
    public void Mutations_are_the_same_every_time()
    {
        byte[] input = Encoding.UTF8.GetBytes("<a b=\"c\">text</a>");
        Mutator first = new(1, FuzzWords.DataXml), second = new(1, FuzzWords.DataXml);
        for (int i = 0; i < 200; i++)
        {
            first.Mutate(input, input).Should().Equal(second.Mutate(input, input));
        }
    }
}
