using System.Security.Cryptography;

namespace Dsm.Fuzz.Engine;

/// <summary>The kept inputs of a target: small files that together reach what fuzzing has reached.</summary>
public static class FuzzCorpus
{
    /// <summary>The folder beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The inputs of a target, in a stable order.</summary>
    public static List<byte[]> Load(string folder, FuzzTarget target)
    {
        string path = Path.Combine(folder, target.Name);
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
            : [];
    }

    /// <summary>Keeps an input under a name made of its content.</summary>
    public static string Save(string folder, string target, byte[] input)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, target)).FullName, Convert.ToHexStringLower(SHA256.HashData(input))[..12]);
        File.WriteAllBytes(path, input);
        return path;
    }
}
