using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Brands: listed, read, and what is kept with them.</summary>
internal static class AdvertisingBrandEndpoints
{
    // What other surfaces and pages decide, or what follows from how things stand.
    private static readonly string[] NotWritten = ["id", "name", "currency", "reauthenticateFbUser", "permissionLevel", "ownership", "createdAt", "updatedAt"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/brand", ListAsync).Operation("List brands", "Those that the caller may see, by number; with `x-brand-id` that one alone.", ApiScopes.ReadAccounts).Gives<Answered<AdvertisingBrands>>();
        group.MapGet("/brand/{id}", ReadAsync).Operation("Read a brand", "With its profiles and links, and how its Meta account stands.", ApiScopes.ReadAccounts).Gives<Answered<AdvertisingBrand>>();
        group.MapPatch("/brand/{id}", ChangeAsync)
            .Operation("Keep something with a brand", "Social profiles, content links, theming, plan: any JSON, at most 64 KB in all. What is given is written over what was there, at any depth; null takes a field out. Tokens, secrets and billing ids are not kept.", ApiScopes.WriteAccounts)
            .Takes<AdvertisingBrandChange>("""{"slug":"skrlth","tier":"pro","connections":{"tiktok":{"url":"https://tiktok.com/@skrlth.cln","username":"skrlth.cln"},"google_analytics":"G-SPNB69X0DM"}}""").Gives<Answered<AdvertisingBrand>>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, BrandScope scopes, ListBrands list, BrandView view, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(http, ct)).TryGet(out var scope, out var refusal)) return refusal.Refused();
        var brands = await view.OfAsync(http.Actor(), await list.RunAsync(http.Actor(), scope.Id, ct), ct);
        return new AdvertisingBrands(brands, brands.Count).Answered(AdvertisingJson.Shared.AnsweredAdvertisingBrands);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext http, BrandScope scopes, ListBrands list, BrandView view, CancellationToken ct)
    {
        if (!(await FindAsync(http, scopes, id, ct)).TryGet(out var brand, out var refusal)) return refusal.Refused();
        return (await view.OfAsync(http.Actor(), await list.RunAsync(http.Actor(), brand, ct), ct))[0].Answered(AdvertisingJson.Shared.AnsweredAdvertisingBrand);
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, BrandScope scopes, ChangeBrandProfile write, BrandView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        foreach (var name in NotWritten.Where(body.Has)) body.Wrong(name, $"{name} is not changed here.");
        foreach (var name in new[] { "slug", "image", "tier", "conversionsStatus" }) body.Text(name, 2048);
        body.Object("connections");
        var change = AdvertisingInput.KeptOf(body);
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await FindAsync(http, scopes, id, ct)).TryGet(out var brand, out var refusal)) return refusal.Refused();
        if (!(await write.RunAsync(http.Actor(), brand, change, ct)).TryGet(out var row, out refusal)) return refusal.Refused();
        return (await view.OfAsync(http.Actor(), [row], ct))[0].Answered(AdvertisingJson.Shared.AnsweredAdvertisingBrand);
    }

    private static async Task<Result<Guid>> FindAsync(HttpContext http, BrandScope scopes, string id, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(http, ct)).TryGet(out var scope, out var refusal)) return refusal;
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && scope.Of(number) is { } brand && (scope.Id is null || scope.Id == brand) ? brand : new BrandNotFound();
    }
}
