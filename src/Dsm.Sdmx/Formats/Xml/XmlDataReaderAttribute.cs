namespace Dsm.Sdmx.Formats.Xml;

/// <summary>An XML attribute with its place.</summary>
/// <param name="Name">Local name.</param>
/// <param name="IsInstance">True for attributes of XML Schema instances (<c>xsi:type</c>).</param>
/// <param name="IsQualified">True when it is in a namespace.</param>
/// <param name="Value">Value.</param>
/// <param name="Line">One-based line.</param>
/// <param name="Column">One-based column.</param>
internal readonly record struct XmlDataReaderAttribute(string Name, bool IsInstance, bool IsQualified, string Value, int Line, int Column);
