namespace Dsm.Sdmx.Formats.Xml;

/// <summary>The four ways in which SDMX-ML 2.0 lays out data.</summary>
internal enum Layout20
{
    /// <summary>Elements with concept and value, for any key family.</summary>
    Generic,

    /// <summary>Components as attributes of Series and Obs.</summary>
    Compact,

    /// <summary>Keys and observations as elements, other components as attributes.</summary>
    Utility,

    /// <summary>Observations are elements named by their measures, in sections and groups.</summary>
    CrossSectional,
}
