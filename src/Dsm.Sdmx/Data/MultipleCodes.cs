namespace Dsm.Sdmx.Data;

/// <summary>Several codes of one coded component (SDMX 3.0, maxOccurs above 1), which readers deliver as one text joined by semicolons.</summary>
internal static class MultipleCodes
{
    /// <summary>True when a component may have several codes and all in a text are of its codelist.</summary>
    public static bool AreKnown(SchemaComponent component, string text)
    {
        if (component.Representation.MaxOccurs == 1 || component.Codes is not { } codes)
        {
            return false;
        }

        foreach (Range part in text.AsSpan().Split(';'))
        {
            if (codes.IndexOf(text.AsSpan()[part]) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
