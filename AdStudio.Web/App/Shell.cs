using AdStudio.Core.Accounts;
using AdStudio.Web.Shared;
using AdStudio.Web.Features.Campaigns;
using AdStudio.Web.Features.Partners;
using AdStudio.Web.Shared.Commands;
using AdStudio.Web.Shared.Feedback;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace AdStudio.Web.App;

/// <summary>Puts the studio's pages into the host: Razor components on a circuit, Radzen, what the frame and the kit need, the static files.</summary>
public static class Shell
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();

        services.AddScoped<FrameState>();
        services.TryAddScoped<ReadActor>(provider => provider.GetRequiredService<FindActor>().RunAsync);
        services.AddScoped<Browser>();
        services.AddScoped<Ticker>();
        services.AddScoped<Confirm>();
        services.AddScoped<Toasts>();
        services.AddScoped<PaletteState>();
        services.AddScoped<ICommandSource, PageCommands>();
        services.AddScoped<ICommandSource, CampaignCommands>();
        services.AddScoped<ICommandSource, PublicIdCommands>();
        services.AddScoped<ICommandSource, ActionCommands>();
        return services;
    }

    /// <summary>Comes before signing in, so that the page it answers with passes that too.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        // Whoever looks for a page is answered with one; a program's 404 stays as bare as it was.
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.Use((context, next) =>
        {
            if (!LooksForPage(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next(context);
        });
        return app;
    }

    public static WebApplication MapShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        // Browsers ask for it where a page names no icon.
        app.MapGet("/favicon.ico", () => Results.Redirect("/icons/studio.svg")).AllowAnonymous().ExcludeFromDescription();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
        return app;
    }

    private static bool LooksForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.Any(type => type?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
