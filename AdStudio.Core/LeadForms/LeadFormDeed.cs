using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.LeadForms;

internal sealed record LeadFormIntent(Guid FormId);

/// <summary>What is done to lead forms on platforms, as verdicts and approvals name it.</summary>
internal static class LeadFormDeed
{
    public const string Publishing = "publish lead form", Archiving = "archive lead form";

    public static Deed Publish(LeadForm form) => Of(form, Publishing, $"Publish the form “{form.Name}” on {form.PageName}", "Make the form",
        [new("name", form.Name), new("page", form.PageName), .. Fields(JsonSerializer.SerializeToElement(form.Content, StudioJson.Options), "")]);

    public static Deed Archive(LeadForm form) => Of(form, Archiving, $"Put the form “{form.Name}” away on {form.PageName}", "Archive the form", [new("id", form.ExternalId ?? "")]);

    private static Deed Of(LeadForm form, string verb, string title, string request, IReadOnlyList<PlanField> fields) => new()
    {
        Verb = verb, Title = title, Axes = [AuthorityAxis.Structural], Subject = "Lead form", SubjectId = form.Id, SubjectName = form.Name, WorkspaceId = form.WorkspaceId, Accounts = [form.AdAccountId], Intent = new LeadFormIntent(form.Id),
        Plan = _ => Task.FromResult(new ApprovalPlan { Platforms = [new(form.Platform, form.PageName, [new(request, fields)], [])] }), Supersedes = [Publishing, Archiving],
    };

    /// <summary>What the form says, one row a value.</summary>
    private static IEnumerable<PlanField> Fields(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Fields(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Fields(item, $"{path}[{i + 1}]")),
        JsonValueKind.String => element.GetString() is { Length: > 0 } text ? [new(path, text)] : [],
        _ => [new(path, element.GetRawText())],
    };
}

/// <summary>Carries out what was accepted of a lead form.</summary>
internal sealed class LeadFormCarrier(PublishLeadForm publish, ArchiveLeadForm archive) : ICarriesOut
{
    public IReadOnlyCollection<string> Verbs { get; } = [LeadFormDeed.Publishing, LeadFormDeed.Archiving];

    public async Task<Result<Done>> CarryOutAsync(Actor actor, string verb, string intent, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<LeadFormIntent>(intent, StudioJson.Options)!;
        var refusal = verb == LeadFormDeed.Publishing ? (await publish.RunAsync(actor, asked.FormId, ct)).Refusal : (await archive.RunAsync(actor, asked.FormId, ct)).Refusal;
        return refusal is null ? Done.Value : refusal;
    }
}
