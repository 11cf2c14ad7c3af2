using System.Collections.Immutable;

namespace Dsm.Sdmx.Formats;

/// <summary>Something of the information model that some formats have no place for.</summary>
/// <param name="Property">Type and property of the model, e.g. <c>Annotation.Value</c>; a type alone when artefacts of it are left out as a whole.</param>
/// <param name="Why">Why it is lost, and when.</param>
/// <param name="Formats">Names of the formats that lose it, e.g. <c>SDMX-ML 2.1</c>.</param>
public sealed record KnownLoss(string Property, string Why, ImmutableArray<string> Formats);
