using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Connections;

/// <summary>Where a person pastes the keys of a platform that has no consent page. What is pasted goes to the action and nowhere else: into no address, no draft, no log.</summary>
public sealed partial class KeysPage
{
    private static readonly string[] Commands = ["openssl ecparam -genkey -name prime256v1 -noout -out private-key.pem", "openssl ec -in private-key.pem -pubout -out public-key.pem"];

    private readonly Dictionary<string, string> keys = [];
    private readonly HashSet<string> left = [];
    private KeyForm? form;
    private Platform platform;
    private IReadOnlyDictionary<string, string> sandboxKeys = new Dictionary<string, string>();

    [Parameter] public string Name { get; set; } = "";

    [Inject] private ReadKeyForm Read { get; set; } = null!;
    [Inject] private FinishConnection Finish { get; set; } = null!;
    [Inject] private PlatformSet Platforms { get; set; } = null!;
    [Inject] private IServiceProvider Services { get; set; } = null!;

    private string Called => Catalogue.Of(platform).Name;
    private string Title => form is null ? "Connect with keys" : form.OwnerName is null ? $"Connect {Called}" : $"Reconnect {Called}";
    private string? Line => form is null ? null : form.OwnerName is { } owner ? $"{Called} of {owner}: paste the keys anew." : $"{Called} has no page on which to allow this. You make keys there and paste them here.";

    protected override Task OnInitializedAsync() => RunAsync(async ct =>
    {
        if (!PlatformNames.TryParse(Name, out platform))
        {
            Show(new PlatformNotInstalled(default));
            return;
        }
        // Only a sandbox in this very server has keys to give.
        sandboxKeys = Services.GetService<SandboxControl>()?.Find(platform.Wire())?.Keys ?? sandboxKeys;
        if (Take(await Read.RunAsync(Actor, platform, Navigation.Query("state"), ct), out var found)) form = found;
    });

    private void Left(string field, ChangeEventArgs change)
    {
        keys[field] = change.Value as string ?? "";
        Left(field);
    }

    private void Left(string field) => left.Add(field);

    /// <summary>What the platform or the action said of it; else what is wrong with it by itself, once it was left.</summary>
    private string? At(string field) => ErrorOf(field) ?? (left.Contains(field) ? Platforms.Get<IAuthorizes>(platform).CheckKeys(keys).FirstOrDefault(p => p.Field == field)?.Message : null);

    private void UseSandboxKeys()
    {
        foreach (var (name, value) in sandboxKeys) keys[name] = value;
    }

    private Task ConnectAsync() => RunAsync(async ct =>
    {
        left.UnionWith(form!.Fields.Select(f => f.Name));
        if (Platforms.Get<IAuthorizes>(platform).CheckKeys(keys).Count > 0) return;
        var finished = await Finish.RunAsync(Actor, new ConnectionAnswer(platform, Navigation.Query("state"), JsonSerializer.Serialize(keys), null, null), ct);
        if (finished.Outcome.IsDone || finished.Outcome.Refusal is not (PlatformFailure or InvalidError))
        {
            keys.Clear();
            Navigation.NavigateTo(finished.ReturnUrl, forceLoad: !finished.ReturnUrl.StartsWith('/'));
        }
        else if (finished.Outcome.Refusal is PlatformFailure { Field: { } field } said) Show(new InvalidError(field, said.Message));
        else Show(finished.Outcome.Refusal);
    });
}
