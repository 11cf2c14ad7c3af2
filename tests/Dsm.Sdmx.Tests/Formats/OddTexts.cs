using CsCheck;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Texts with everything that needs care: control characters, lone surrogates, marks of XML and CSV.</summary>
internal static class OddTexts
{
    public static readonly Gen<string> Any = Gen.OneOf(
        Gen.Char.Array[0, 60].Select(c => new string(c)),
        Gen.Char['\0', '\u00ff'].Array[0, 60].Select(c => new string(c)),
        Gen.OneOf('a', ',', '"', '<', '&', '>', '\r', '\n', '\t', '\uD83D', '\uDE00', '\uFFFE', 'ı', 'İ', 'Ж').Array[0, 30].Select(c => new string(c)));
}
