using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>Which reporting state a provision agreement stands for.</summary>
public static class AgreementState
{
    /// <summary>Type of an annotation of the data provider whose title is the code of its state.</summary>
    public const string Annotation = "DSM_STATE";

    /// <summary>
    /// Code of the state; null when the agreement is not bound to one. In this order: the annotation of the provider; the id of the
    /// provider up to its first underscore (<c>ARM_MCS</c>), when that is a code of the dimension.
    /// </summary>
    /// <param name="structures">Where the provider is found.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="schema">Schema of its flow.</param>
    /// <param name="stateDimension">Dimension that holds the reporting state.</param>
    public static string? Of(StructureSet structures, ProvisionAgreement agreement, DataSchema schema, string stateDimension = "REF_AREA")
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(agreement);
        ArgumentNullException.ThrowIfNull(schema);
        if (agreement.DataProvider is not { ItemId: { } id } reference)
        {
            return null;
        }

        string? told = structures.Find<OrganisationScheme>(reference)?.Organisations.FirstOrDefault(p => p.Id == id)?.AnnotationOf(Annotation)?.Title;
        string code = told ?? id.Split('_')[0];
        return schema.Find(stateDimension)?.Codes is { } codes && codes.IndexOf(code) >= 0 ? code : null;
    }
}
