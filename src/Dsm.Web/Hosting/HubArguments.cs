using System.Globalization;

namespace Dsm.Web.Hosting;

/// <summary>
/// The command line: <c>--port N</c>, <c>--data DIR</c>, <c>--empty</c>, and any setting as <c>--Section:Name=value</c>.
/// They end as ordinary settings below <c>Hub</c>, so that the environment (<c>Hub__Port</c>) can give the same.
/// </summary>
public static class HubArguments
{
    /// <summary>How the hub is called.</summary>
    public const string Usage = "Usage: Dsm.Web [--port N] [--data DIR] [--empty] [--Section:Name=value ...]";

    /// <summary>Translates the short options into settings of the configuration system.</summary>
    /// <exception cref="HubArgumentException">An option is unknown or has no usable value.</exception>
    public static string[] ToSettings(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        List<string> settings = [];
        for (int i = 0; i < args.Count; i++)
        {
            (string name, string? value) = Split(args[i]);
            switch (name)
            {
                case "--empty":
                    settings.Add("--Hub:Empty=" + (value ?? "true"));
                    break;
                case "--port":
                    settings.Add("--Hub:Port=" + Port(value ?? Next(args, ref i, name)));
                    break;
                case "--data":
                    settings.Add("--Hub:Data=" + (value ?? Next(args, ref i, name)));
                    break;
                default:
                    settings.Add(Setting(args[i], value));
                    break;
            }
        }

        return [.. settings];
    }

    private static (string Name, string? Value) Split(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static string Next(IReadOnlyList<string> args, ref int i, string name)
    {
        bool given = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) && args[i + 1].Length > 0;
        return given ? args[++i] : throw new HubArgumentException($"{name} needs a value.");
    }

    private static string Port(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535
            ? text
            : throw new HubArgumentException($"--port needs a number from 0 to 65535, not '{text}'.");

    // Settings are always written with their value, so that a mistyped option is not taken for one.
    private static string Setting(string argument, string? value)
        => value is not null && argument.StartsWith("--", StringComparison.Ordinal)
            ? argument
            : throw new HubArgumentException($"Unknown option {argument}.");
}

/// <summary>The command line cannot be used; the message is meant for the person at the console.</summary>
public sealed class HubArgumentException(string message) : Exception(message);
