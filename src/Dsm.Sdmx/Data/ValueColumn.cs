namespace Dsm.Sdmx.Data;

/// <summary>
/// Values of one component, a row each. Coded components and all dimensions are numbers of a <see cref="ValueDictionary"/>
/// (-1: no value); uncoded attributes, and coded ones that may have several values, are texts (null: no value). The texts of
/// components that may have several values or languages are the cell texts of a <see cref="ComplexValue"/>.
/// </summary>
public sealed class ValueColumn
{
    /// <summary>Makes a column of a number of rows.</summary>
    public ValueColumn(SchemaComponent component, ValueDictionary? dictionary, int capacity)
    {
        Component = component;
        Dictionary = dictionary;
        Codes = dictionary is null ? [] : new int[capacity];
        Texts = dictionary is null ? new string?[capacity] : [];
    }

    /// <summary>The component.</summary>
    public SchemaComponent Component { get; }

    /// <summary>The dictionary; null for texts.</summary>
    public ValueDictionary? Dictionary { get; }

    /// <summary>Numbers by row; empty for texts.</summary>
    public int[] Codes { get; private set; }

    /// <summary>Texts by row; empty for numbers.</summary>
    public string?[] Texts { get; private set; }

    /// <summary>The value of a row as text; null when there is none.</summary>
    public string? this[int row] => Dictionary is null ? Texts[row] : Dictionary[Codes[row]];

    /// <summary>True when a row has a value.</summary>
    public bool HasValue(int row) => Dictionary is null ? Texts[row] is not null : Codes[row] >= 0;

    /// <summary>Sets the value of a row.</summary>
    public void Set(int row, ReadOnlySpan<char> text)
    {
        if (Dictionary is null)
        {
            Texts[row] = text.ToString();
        }
        else
        {
            Codes[row] = Dictionary.GetOrAdd(text);
        }
    }

    /// <summary>Sets the value of a row; null for none. Avoids a copy of a text that is already a string.</summary>
    public void Set(int row, string? text)
    {
        if (Dictionary is null)
        {
            Texts[row] = text;
        }
        else
        {
            Codes[row] = text is null ? -1 : Dictionary.GetOrAdd(text);
        }
    }

    /// <summary>Takes the value of a row away.</summary>
    public void Clear(int row)
    {
        if (Dictionary is null)
        {
            Texts[row] = null;
        }
        else
        {
            Codes[row] = -1;
        }
    }

    /// <summary>Copies a row of a column with the same dictionary.</summary>
    public void Copy(int row, ValueColumn from, int fromRow)
    {
        if (Dictionary is null)
        {
            Texts[row] = from.Texts[fromRow];
        }
        else
        {
            Codes[row] = from.Codes[fromRow];
        }
    }
}
