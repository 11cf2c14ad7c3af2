namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Part of the artefacts that refer to a former version.</summary>
/// <param name="Page">The page.</param>
/// <param name="IsUsual">True for those usually moved along, false for the rest.</param>
public sealed record AlongView(PublishModel Page, bool IsUsual);
