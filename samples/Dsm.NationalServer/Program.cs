using Dsm.NationalServer;

// The twelve national systems of the demonstration, in one process on loopback.
// Usage: Dsm.NationalServer --urls http://127.0.0.1:7100 [--data samples/data]
try
{
    await NationalServerApp.Build(args).RunAsync();
    return 0;
}
catch (FileNotFoundException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 1;
}
