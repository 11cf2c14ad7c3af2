using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dsm.Cli.Commands;

namespace Dsm.Cli;

/// <summary>The program: its commands, and what a faulty command line is answered with.</summary>
internal static class DsmProgram
{
    /// <summary>Runs a command line and gives the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, CliConsole console, CancellationToken cancellationToken)
    {
        CliText text = CliText.Of(LanguageOf(arguments) ?? console.EnvironmentLanguage);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(text.Language);
        CliContext context = new(console, text);
        ParseResult parsed = Root(context).Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0)
            {
                foreach (ParseError error in parsed.Errors)
                {
                    console.Error.WriteLine("dsm: " + error.Message);
                }

                console.Error.WriteLine(text["see-help"]);
                return ExitCode.Unusable;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return context.Refuse(text["cancelled"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return context.Refuse(e.Message);
        }
        catch (Exception e)
        {
            // A fault of the program itself: whoever reports it needs all of it.
            return context.Refuse(e.ToString());
        }
        finally
        {
            await console.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static RootCommand Root(CliContext context) => new(context.Text["dsm"])
    {
        new Option<string>("--lang") { Description = context.Text["option.lang"], HelpName = "en|ru", Recursive = true },
        InspectCommand.Make(context),
        CheckCommand.Make(context),
        ConvertCommand.Make(context),
        MapCommand.Make(context),
        DiffCommand.Make(context),
        TemplateCommand.Make(context),
    };

    // The language decides on the texts of the options themselves, so it is looked for before they are parsed.
    private static string? LanguageOf(string[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--lang")
            {
                return i + 1 < arguments.Length ? arguments[i + 1] : null;
            }

            if (arguments[i].StartsWith("--lang=", StringComparison.Ordinal) || arguments[i].StartsWith("--lang:", StringComparison.Ordinal))
            {
                return arguments[i]["--lang=".Length..];
            }
        }

        return null;
    }
}
