using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Feedback;
using AdStudio.Core.Common;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Shared;

/// <summary>What components of the kit need around them; no browser, no database.</summary>
public abstract class KitContext : BunitContext
{
    protected static readonly Actor Mia = new() { Kind = ActorKind.Person, OrganizationId = Guid.NewGuid(), Id = Guid.NewGuid(), Name = "Mia", Via = "page" };

    protected KitContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<Browser>();
        Services.AddScoped<Ticker>();
        Services.AddScoped<Confirm>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<FrameState>();
        Services.AddScoped<ReadFrame>(_ => (_, _) => Task.FromResult(new Frame(Mia, "Mia Torres", "mia@acme.example", "Acme", [], null, TimeZoneInfo.Utc)));
        Services.AddScoped<ReadActor>(_ => (_, _, _) => Task.FromResult<Actor?>(Mia));
    }
}
