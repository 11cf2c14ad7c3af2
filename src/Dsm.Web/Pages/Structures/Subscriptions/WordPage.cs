using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>
/// A page that a link in a letter leads to. Opening it changes nothing, for mail programs open links by themselves; its button does.
/// </summary>
public abstract class WordPage(ChangeLetters words, PageTexts texts) : PageModel
{
    /// <summary>The word of the link.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Word { get; set; }

    /// <summary>The subscription it is about; null when it is none of ours, or too old.</summary>
    public ChangeSubscription? Subscription { get; protected set; }

    /// <summary>True when it was just done.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>Which changes are wanted, in words.</summary>
    public IEnumerable<string> Wanted => Subscription is null ? [] : words.Wanted(Subscription.Filter, texts.Language);
}
