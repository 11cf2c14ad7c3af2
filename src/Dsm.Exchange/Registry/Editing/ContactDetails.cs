using System.Collections.Immutable;
using System.Net.Mail;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>The ways to reach a contact by their kinds, as SDMX names them.</summary>
public static class ContactDetails
{
    /// <summary>The kinds, in the order in which people look for them.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["Email", "Telephone", "Fax", "URI", "X400"];

    /// <summary>The texts of a kind.</summary>
    public static IEnumerable<string> Of(Contact contact, string kind)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.Details.Where(d => d.Key == kind).Select(d => d.Value);
    }

    /// <summary>A contact with the texts of each kind; kinds that stay the same keep their places.</summary>
    public static Contact With(Contact contact, IReadOnlyDictionary<string, ImmutableArray<string>> texts)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(texts);
        return texts.All(t => Of(contact, t.Key).SequenceEqual(t.Value)) ? contact
            : contact with
            {
                Details =
                [
                    .. Kinds.Concat(contact.Details.Select(d => d.Key)).Distinct().SelectMany(k => (texts.TryGetValue(k, out ImmutableArray<string> said) ? said : Of(contact, k)).Select(v => KeyValuePair.Create(k, v))),
                ],
            };
    }

    /// <summary>True for a text that a kind may have: an address of mail, an absolute URI; of the others anything.</summary>
    public static bool Takes(string kind, string text) => kind switch
    {
        "Email" => MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text,
        "URI" => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http" or "mailto" or "ftp" or "urn"),
        _ => true,
    };

    /// <summary>True when nothing is said of somebody.</summary>
    public static bool IsEmpty(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.Name.IsEmpty && contact.Department.IsEmpty && contact.Role.IsEmpty && contact.Details.IsEmpty;
    }
}
