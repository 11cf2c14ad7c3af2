using Dsm.Benchmarks;

// dotnet run -c Release --project tests/Dsm.Benchmarks -- <verb> [options]
return args.FirstOrDefault() switch
{
    "read" => ReadBenchmark.Run(args[1..]),
    "peak" => PeakMemory.Measure(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        read [--obs 1000000] [--rounds 7] [--no-peak]
                          reading, validating and mapping a structure-specific 2.1 message against a bare XmlReader pass of the same file
        """);
    return 2;
}
