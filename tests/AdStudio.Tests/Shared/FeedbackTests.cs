using AdStudio.Core.Common;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Feedback;
using AdStudio.Web.Shared.Forms;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class FeedbackTests : KitContext
{
    [Fact]
    public async Task A_question_names_what_is_lost_and_waits_for_the_answer()
    {
        var confirm = Services.GetRequiredService<Confirm>();
        var host = Render<ConfirmHost>();

        var answer = confirm.AskAsync("Delete the workspace Acme?", "Its 3 teams and 12 campaigns go with it.", "Delete workspace", typeToConfirm: "Acme");
        host.Find("[role=alertdialog]").TextContent.ShouldContain("3 teams and 12 campaigns");
        host.Find("button[type=submit]").HasAttribute("disabled").ShouldBeTrue();

        host.Find("input").Input("Acme");
        host.Find("button[type=submit]").TextContent.ShouldBe("Delete workspace");
        host.Find("form").Submit();
        (await answer).ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_the_question_or_asking_another_means_no()
    {
        var confirm = Services.GetRequiredService<Confirm>();
        var host = Render<ConfirmHost>();

        var first = confirm.AskAsync("One?", "This.", "Delete");
        var second = confirm.AskAsync("Two?", "That.", "Delete");
        (await first).ShouldBeFalse();
        host.FindAll("button").First(b => b.TextContent == "Cancel").Click();
        (await second).ShouldBeFalse();
        host.FindAll("form").ShouldBeEmpty();
    }

    [Fact]
    public void A_toast_offers_the_way_back_once()
    {
        var undone = 0;
        var host = Render<ToastHost>();
        Services.GetRequiredService<Toasts>().Done("Campaign paused", () => { undone++; return Task.CompletedTask; });

        host.WaitForElement(".toast").TextContent.ShouldContain("Campaign paused");
        host.FindAll("button").First(b => b.TextContent.Trim() == "Undo").Click();
        undone.ShouldBe(1);
        host.FindAll(".toast").ShouldBeEmpty();
    }

    [Fact]
    public void A_field_is_tied_to_its_hint_and_its_error()
    {
        RenderFragment<IReadOnlyDictionary<string, object>> control = attributes => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, attributes);
            builder.CloseElement();
        };
        var field = Render<Field>(p => p.Add(f => f.Label, "Budget").Add(f => f.Hint, "A day").Add(f => f.Error, "TikTok wants at least $20 a day.").Add(f => f.ChildContent, control));

        var input = field.Find("input");
        field.Find("label").GetAttribute("for").ShouldBe(input.Id);
        input.GetAttribute("aria-invalid").ShouldBe("true");
        string.Join(' ', input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent.Trim())).ShouldBe("A day TikTok wants at least $20 a day.");
    }

    [Fact]
    public async Task A_page_is_busy_while_it_works_and_kind_when_it_fails()
    {
        await Services.GetRequiredService<FrameState>().RefreshAsync(CancellationToken.None);
        var page = Render<Probe>();

        var work = new TaskCompletionSource();
        var run = page.InvokeAsync(() => page.Instance.DoAsync(_ => work.Task));
        page.Markup.ShouldBe("busy");
        work.SetException(new InvalidOperationException("a secret detail"));
        await run;

        page.Instance.Seen!.Title.ShouldBe("Something went wrong");
        page.Instance.Seen.Text.ShouldNotBeNull().ShouldContain("reference: ");
        page.Markup.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_refusal_is_shown_at_its_field_and_leaving_is_no_problem()
    {
        await Services.GetRequiredService<FrameState>().RefreshAsync(CancellationToken.None);
        var page = Render<Probe>();

        await page.InvokeAsync(() => page.Instance.DoAsync(_ =>
        {
            page.Instance.Refuse(new InvalidError("budget.amount", "At least $20."));
            return Task.CompletedTask;
        }));
        page.Instance.ErrorAt("budget.amount").ShouldBe("At least $20.");

        var run = page.InvokeAsync(() => page.Instance.DoAsync(ct => Task.Delay(Timeout.Infinite, ct)));
        page.Instance.Dispose();
        await run;
        page.Instance.Seen.ShouldBeNull();
    }

    private sealed class Probe : StudioPage
    {
        public Problem? Seen => Problem;
        public Task DoAsync(Func<CancellationToken, Task> work) => RunAsync(work);
        public void Refuse(Refusal refusal) => Show(refusal);
        public string? ErrorAt(string field) => ErrorOf(field);

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Busy ? "busy" : Problem?.Text ?? "");
    }
}
