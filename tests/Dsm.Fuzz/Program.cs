using System.Globalization;
using Dsm.Fuzz;
using Dsm.Fuzz.Engine;
using SharpFuzz;

// docs/fuzzing.md says how these are used.
const string Usage = """
    list                                    names of the targets
    run TARGET FILE...                      runs inputs and says what is wrong
    mutate TARGET SECONDS [SEED]            the kept corpus and mutations of it
    grow TARGET SECONDS CORPUS CRASHES [SEED]   guided by coverage; needs an instrumented Dsm.Sdmx.dll
    afl TARGET                              under afl-fuzz; needs an instrumented Dsm.Sdmx.dll
    """;

// An instrumented assembly writes to a map whatever it is run for.
_ = new CoverageMap();
if (args is ["list"])
{
    Console.WriteLine(string.Join('\n', FuzzTarget.All.Select(t => t.Name)));
    return 0;
}

if (args.Length < 2 || FuzzTarget.Find(args[1]) is not { } target)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

switch (args[0])
{
    case "run":
        int failed = 0;
        foreach (string file in args[2..])
        {
            string? failure = target.Check(File.ReadAllBytes(file));
            failed += failure is null ? 0 : 1;
            Console.WriteLine($"{file}: {failure ?? "right"}");
        }

        return failed > 0 ? 1 : 0;

    case "mutate" when args.Length >= 3:
        MutationRun.Result result = MutationRun.Run(target, FuzzCorpus.Load(FuzzCorpus.Folder, target), int.MaxValue, Seconds(args[2]), args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : MutationRun.Seed);
        Console.WriteLine($"{result.Inputs} inputs");
        if (result.Failure is not null)
        {
            Console.WriteLine($"{FuzzCorpus.Save("crashes", target.Name, result.Input!)}\n{result.Failure}");
        }

        return result.Failure is null ? 0 : 1;

    case "grow" when args.Length >= 5:
        int seed = args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : Environment.TickCount;
        int failures = new CoverageRun(target, args[3], args[4], Console.Out).Run(Seconds(args[2]), seed);
        return failures == 0 ? 0 : 1;

    case "afl":
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using MemoryStream input = new();
            stream.CopyTo(input);
            if (target.Check(input.ToArray()) is { } failure)
            {
                throw new FuzzFailure(failure);
            }
        });
        return 0;

    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
