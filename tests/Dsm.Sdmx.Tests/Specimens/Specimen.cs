namespace Dsm.Sdmx.Tests.Specimens;

/// <summary>Our own small messages, beside the tests.</summary>
internal static class Specimen
{
    /// <summary>The bytes of a specimen.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Specimens", name));

    /// <summary>A stream over a specimen.</summary>
    public static MemoryStream Open(string name) => new(Bytes(name));
}
