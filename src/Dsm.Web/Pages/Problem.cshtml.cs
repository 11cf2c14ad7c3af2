using Dsm.Web.Hosting;
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

    /// <summary>Most megabytes that the page takes, when more was sent.</summary>
    public decimal? LimitMegabytes => BodyLimit.Exceeded(HttpContext) is { } bytes ? decimal.Round(bytes / 1_000_000m, 1) : null;

    /// <summary>Shows the problem of a status.</summary>
    public void OnGet(int? status) => Show(status);

    /// <summary>The failed request may have been a form.</summary>
    public void OnPost(int? status) => Show(status);

    private void Show(int? status) => Kind = status switch
    {
        404 => "not-found",
        401 or 403 => "forbidden",
        413 => "too-large",
        >= 400 and < 500 => "bad-request",
        _ => "fault",
    };
}
