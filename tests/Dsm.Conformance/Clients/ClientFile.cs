namespace Dsm.Conformance.Clients;

/// <summary>A message in a file for a client to read or to write; gone afterwards.</summary>
internal sealed class ClientFile : IDisposable
{
    public ClientFile(string extension, byte[]? content = null)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"dsm-client-{Guid.NewGuid():N}.{extension}");
        if (content is not null)
        {
            File.WriteAllBytes(Path, content);
        }
    }

    public string Path { get; }

    public byte[] Content => File.ReadAllBytes(Path);

    public void Dispose() => File.Delete(Path);
}
