namespace Dsm.Exchange.Registry;

/// <summary>
/// What of the folder of structures was taken last. A file that is as it was then is not taken again, whatever officials have made of
/// its artefact since.
/// </summary>
public sealed class StructureFileRecord
{
    /// <summary>URN of the artefact.</summary>
    public required string Urn { get; set; }

    /// <summary>Path of the file below the folder.</summary>
    public required string Path { get; set; }

    /// <summary>SHA-256 of the artefact as found in the file, lower-case hexadecimal.</summary>
    public required string Hash { get; set; }
}
