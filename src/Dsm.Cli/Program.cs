using Dsm.Cli;

using CliConsole console = CliConsole.OfProcess();
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
return await DsmProgram.RunAsync(args, console, stop.Token).ConfigureAwait(false);
