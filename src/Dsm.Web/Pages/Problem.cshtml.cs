using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages;

/// <summary>What a person sees when a page cannot be shown: what happened and what to do, no internals.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ProblemModel : PageModel
{
    /// <summary>Kind of problem: not-found, forbidden, bad-request or fault.</summary>
    public string Kind { get; private set; } = "fault";

    /// <summary>Shows the problem of a status.</summary>
    public void OnGet(int? status) => Show(status);

    /// <summary>The failed request may have been a form.</summary>
    public void OnPost(int? status) => Show(status);

    private void Show(int? status) => Kind = status switch
    {
        404 => "not-found",
        401 or 403 => "forbidden",
        >= 400 and < 500 => "bad-request",
        _ => "fault",
    };
}
