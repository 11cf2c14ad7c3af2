namespace Dsm.Exchange.Storage;

/// <summary>
/// The hub has no database to work with. The message is written for the person at the console:
/// it says what is missing and the command that mends it. Trying again without that does not help.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Creates the exception with a message meant for the console.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message meant for the console and its cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
