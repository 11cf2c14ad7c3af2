using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dsm.Exchange.Access;

/// <summary>An account with its password, as handed to the person at the machine.</summary>
public sealed record IssuedAccount
{
    /// <summary>Name to sign in with.</summary>
    public required string UserName { get; init; }

    /// <summary>Password as issued; the file does not follow later changes.</summary>
    public required string Password { get; init; }

    /// <summary>Role.</summary>
    public required string Role { get; init; }

    /// <summary>State; null for the region.</summary>
    public string? Country { get; init; }

    /// <summary>Name shown to others.</summary>
    public required string DisplayName { get; init; }
}

/// <summary>Issued accounts in a file that only the owner of the process can read (mode 600). Written whole or not at all.</summary>
public sealed class AccountFile(string path)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Where it lies.</summary>
    public string Path { get; } = path;

    /// <summary>The accounts in it; none when it is absent or not readable as such.</summary>
    public IReadOnlyList<IssuedAccount> Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<List<IssuedAccount>>(File.ReadAllText(Path), Format) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Writes the accounts.</summary>
    public void Write(IReadOnlyList<IssuedAccount> accounts)
    {
        string draft = Path + ".new";
        File.Delete(draft);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(draft, options))
        {
            JsonSerializer.Serialize(file, accounts, Format);
        }

        File.Move(draft, Path, overwrite: true);
    }
}
