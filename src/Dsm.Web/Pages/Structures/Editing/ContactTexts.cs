using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Contacts in a line.</summary>
public static class ContactTexts
{
    /// <summary>Who it is: name, else department or role, else a number.</summary>
    public static string Title(Contact contact, int index, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(texts);
        return new[] { contact.Name, contact.Department, contact.Role }.Select(t => texts.Of(t)).FirstOrDefault(t => t.Length > 0) ?? texts.Format("contact.number", index + 1);
    }

    /// <summary>How to reach it.</summary>
    public static string Reach(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return string.Join(", ", contact.Details.Select(d => d.Value));
    }
}
