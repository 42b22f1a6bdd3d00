using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdStudio.Web.Shared;

/// <summary>What the studio asks of the browser; the other side is wwwroot/studio.js.</summary>
public sealed class Browser(IJSRuntime js)
{
    private Task<IJSObjectReference>? module;

    private Task<IJSObjectReference> Module => module ??= js.InvokeAsync<IJSObjectReference>("import", "/studio.js").AsTask();

    /// <summary>A look was chosen, somewhere on this circuit: "theme" is now "dark".</summary>
    public event Action<string, string>? LookChanged;

    public async Task SetLookAsync(string kind, string value)
    {
        await CallAsync("setLook", kind, value);
        LookChanged?.Invoke(kind, value);
    }

    public ValueTask RememberAsync(string cookie, string? value) => CallAsync("remember", cookie, value);
    public ValueTask OpenAsync(ElementReference dialog) => CallAsync("openDialog", dialog);
    public ValueTask CloseAsync(ElementReference dialog) => CallAsync("closeDialog", dialog);
    public ValueTask FocusAsync(string selector) => CallAsync("focus", selector);
    public ValueTask ScrollToAsync(string id) => CallAsync("scrollIntoView", id);
    public ValueTask SetIndeterminateAsync(ElementReference box, bool some) => CallAsync("setIndeterminate", box, some);
    public ValueTask ListenAsync<T>(DotNetObjectReference<T> listener) where T : class => CallAsync("listen", listener);
    public ValueTask UnlistenAsync() => CallAsync("unlisten");

    public async Task<bool> CopyAsync(string text)
    {
        var studio = await Module;
        return await studio.InvokeAsync<bool>("copy", text);
    }

    private async ValueTask CallAsync(string function, params object?[] args)
    {
        try
        {
            var studio = await Module;
            await studio.InvokeVoidAsync(function, args);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The tab is closed, or was just being closed: there is nobody to do it for.
        }
    }
}
