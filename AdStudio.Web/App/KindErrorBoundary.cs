using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Feedback;

namespace AdStudio.Web.App;

/// <summary>Keeps a page's fault on that page: a kind message with a reference, the exception in the log.</summary>
public sealed class KindErrorBoundary : ErrorBoundary
{
    private string? reference;

    [Inject] private ILogger<KindErrorBoundary> Log { get; set; } = null!;

    protected override Task OnErrorAsync(Exception exception)
    {
        reference = Reference.New();
        Log.LogError(exception, "A page failed ({Reference})", reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenComponent<ProblemBox>(1);
        builder.AddComponentParameter(2, nameof(ProblemBox.Title), "This page could not be shown");
        builder.AddComponentParameter(3, nameof(ProblemBox.Text), $"Nothing you saved is lost. If it happens again, tell your admin this reference: {reference}.");
        builder.AddComponentParameter(4, nameof(ProblemBox.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
