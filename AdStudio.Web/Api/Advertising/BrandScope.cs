using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Advertising;

/// <param name="Id">The brand that the header names; null without the header.</param>
/// <param name="Numbers">Of every brand that the caller sees.</param>
internal sealed record Scope(Guid? Id, IReadOnlyDictionary<Guid, int> Numbers)
{
    public Guid? Of(long number) => Numbers.Where(n => n.Value == number).Select(n => (Guid?)n.Key).FirstOrDefault();
}

/// <summary>Which brand a request is about, and which campaign of it. What is another tenant's is not there.</summary>
internal sealed class BrandScope(ListWorkspaces workspaces, FindCampaignByNumber findCampaign)
{
    public const string Header = "x-brand-id";

    public async Task<Result<Scope>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        var numbers = (await workspaces.RunAsync(http.Actor(), ct)).ToDictionary(w => w.Id, w => w.Number);
        var scope = new Scope(null, numbers);
        if (http.Request.Headers[Header].ToString() is not { Length: > 0 } given) return scope;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && scope.Of(number) is { } id ? scope with { Id = id } : new BrandNotFound();
    }

    /// <summary>Our id of the campaign that the address names.</summary>
    public async Task<Result<Guid>> CampaignAsync(HttpContext http, string? id, CancellationToken ct)
    {
        if (!(await ReadAsync(http, ct)).TryGet(out var scope, out var refusal)) return refusal;
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await findCampaign.RunAsync(http.Actor(), number, scope.Id, ct) : new CampaignNotFound();
    }
}

internal sealed record BrandNotFound() : NotFoundError("There is no such brand.");
