namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>How subscribers are told of changes, section <c>Hub:Changes</c>.</summary>
public sealed record ChangesOptions
{
    /// <summary>Address of the hub as others see it, e.g. <c>https://hub.example.org</c>: links in letters and messages begin with it. Never taken from a request, which could lie.</summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>The server that takes letters.</summary>
    public SmtpOptions Smtp { get; init; } = new();

    /// <summary>Hosts that messages may be sent to although they are inside the network, and without encryption. A public host needs no entry, but https.</summary>
    public List<string> AllowedHosts { get; init; } = [];

    /// <summary>How often something is tried before the subscription is suspended.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Pause after the first failure; doubled after each further one, with up to a quarter of chance added.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the other side may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Questions sent to one e-mail address within a day.</summary>
    public int QuestionsPerAddress { get; init; } = 5;

    /// <summary>Questions sent within a day for one user.</summary>
    public int QuestionsPerUser { get; init; } = 20;

    /// <summary>How long the address of a subscription that ended, or was never confirmed, is kept.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long it is kept what was sent.</summary>
    public TimeSpan KeepLogFor { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Questions sent within an hour for readers without an account.</summary>
    public int QuestionsPerHour { get; init; } = 100;
}

/// <summary>The server that takes letters, section <c>Hub:Changes:Smtp</c>.</summary>
public sealed record SmtpOptions
{
    /// <summary>Host; empty for none: letters wait until there is one.</summary>
    public string Host { get; init; } = "";

    /// <summary>Port.</summary>
    public int Port { get; init; } = 587;

    /// <summary><c>StartTls</c> (required), <c>Ssl</c> (from the first byte) or <c>None</c>.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>User name; empty for a server that asks for none.</summary>
    public string User { get; init; } = "";

    /// <summary>Password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Address of the sender.</summary>
    public string From { get; init; } = "";

    /// <summary>True when letters can be sent.</summary>
    public bool IsConfigured => Host.Length > 0 && From.Length > 0;
}

/// <summary>How the way to the server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Encryption is asked for after the greeting; without it nothing is sent.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Ssl,

    /// <summary>Not at all; for a server on the same machine.</summary>
    None,
}
