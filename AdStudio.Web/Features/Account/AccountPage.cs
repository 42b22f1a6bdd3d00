using AdStudio.Core.Common;
using AdStudio.Web.App;
using AdStudio.Web.Auth;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Account;

/// <summary>A page before one is signed in: plain HTML, its form posted whole, because a cookie can only be set by an answer.</summary>
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Where the person wanted to go.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnTo { get; set; }

    protected Problem? Problem { get; set; }

    protected CancellationToken Leaving => Http.RequestAborted;

    /// <summary>The address of another of these pages, which keeps where the person wanted to go.</summary>
    protected string Keeping(string page) => ReturnUrl.Safe(ReturnTo) is var to && to == Urls.Overview ? page : Urls.With(page, ("returnUrl", to));

    protected string? ErrorOf(string field) => Problem?.Fields?.FirstOrDefault(f => f.Field.Equals(field, StringComparison.OrdinalIgnoreCase))?.Message;

    /// <summary>What is wrong but belongs to no field.</summary>
    protected Problem? Rest => Problem is { Fields: null } ? Problem : null;

    protected bool Take<T>(Result<T> result, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        if (result.TryGet(out value, out var refusal)) return true;
        Problem = Problem.Of(refusal);
        return false;
    }
}
