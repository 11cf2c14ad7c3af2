using Dsm.Benchmarks;

// dotnet run -c Release --project tests/Dsm.Benchmarks -- <verb> [options]
return args.FirstOrDefault() switch
{
    "read" => ReadBenchmark.Run(args[1..]),
    "loop" => ReadBenchmark.Loop(args[1..]),
    "write" => WriteBenchmark.Run(args[1..]),
    "structures" => StructureBenchmark.Run(args[1..]),
    "csv" => CsvBenchmark.Run(args[1..]),
    "json" => JsonBenchmark.Run(args[1..]),
    "load" => await LoadBenchmark.RunAsync(args[1..]),
    "impact" => await ImpactBenchmark.RunAsync(args[1..]),
    "load-peak" => await LoadPeak.MeasureAsync(args[1..]),
    "rest" => await RestBenchmark.RunAsync(args[1..]),
    "peak" => PeakMemory.Measure(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        read [--obs 1000000] [--rounds 7] [--format ss21|ss21flat|generic21] [--no-peak]
                          reading, validating and mapping SDMX-ML data against XmlReader on the same file
        loop [FORMAT] [--obs 1000000] [--passes 50]
                          reading, validating and mapping again and again, for a profiler
        write [--obs 1000000] [--rounds 5]
                          writing SDMX-ML data against reading what was written
        structures [--codes 700000] [--rounds 5]
                          reading and writing a long codelist against XmlReader on the same file
        csv [--obs 1000000] [--rounds 7] [--no-peak]
                          reading, validating and mapping, and writing, an SDMX-CSV 2.0 message against Sylvan touching every cell of the same file
        json [--obs 1000000] [--rounds 7] [--no-peak]
                          reading and writing SDMX-JSON 2.0, series and flat, against a bare Utf8JsonReader pass over the same bytes
        load [--obs 1000000] [--rounds 5] [--map] [--no-peak]
                          the whole pipeline into an empty flow against a bare binary COPY of the same observations as keyed rows
        impact [--obs 1000000] [--rounds 5]
                          the report on a change of structures against reading the flow
        rest [--obs 1000000] [--rounds 5] [--requests 1500] [--loop series|rows|some|304|constant|whole]
                          a hub's SDMX REST against a bare Kestrel + Npgsql endpoint over the same observations as rows, and against COPY TO;
                          with --loop one kind of request again and again, for a profiler
        """);
    return 2;
}
