using AdStudio.Core.Common;
using AdStudio.Core.Upkeep;
using AdStudio.Web.App;

namespace AdStudio.Web.Features.Settings;

/// <summary>Lines that were written in one deed: by the same, through the same, in the same second.</summary>
public sealed record Deed(IReadOnlyList<AuditLine> Lines)
{
    /// <summary>The line that says it best: the campaign's, else the one written first.</summary>
    public AuditLine Head { get; } = Lines.LastOrDefault(l => l.Item.Subject == "Campaign") ?? Lines[^1];

    public Guid Id => Lines[0].Item.Id;
    public DateTimeOffset At => Lines[0].Item.At;

    public static IReadOnlyList<Deed> Fold(IReadOnlyList<AuditLine> lines)
    {
        List<List<AuditLine>> deeds = [];
        foreach (var line in lines)
        {
            if (deeds is [.., [var first, ..] last] && IsOne(first, line)) last.Add(line);
            else deeds.Add([line]);
        }
        return deeds.ConvertAll(d => new Deed(d));
    }

    private static bool IsOne(AuditLine first, AuditLine next) =>
        (first.Item.ActorKind, first.Item.ActorId, first.Item.Via) == (next.Item.ActorKind, next.Item.ActorId, next.Item.Via) && first.Item.At - next.Item.At < TimeSpan.FromSeconds(1)
        && (first.Item.ActorKind != ActorKind.Studio || RootOf(first) == RootOf(next)); // what runs in the background at once has nothing to do with each other

    private static Guid RootOf(AuditLine line) => line.Standing ?? line.Item.SubjectId;
}

public static class AuditWords
{
    public static string Kind(ActorKind kind) => kind switch { ActorKind.Person => "person", ActorKind.ApiKey => "API key", ActorKind.Rule => "rule", _ => "AdStudio itself" };

    public static string Kinds(ActorKind kind) => kind switch { ActorKind.Person => "any person", ActorKind.ApiKey => "any API key", ActorKind.Rule => "any rule", _ => "AdStudio itself" };

    public static string Icon(ActorKind kind) => kind switch { ActorKind.Person => "user", ActorKind.ApiKey => "key", ActorKind.Rule => "refresh", _ => "settings" };

    /// <summary>Through what: "the pages", "the partner API".</summary>
    public static string Via(string via) => via switch
    {
        "page" => "the pages",
        "api" => "any API",
        "api/crm" => "the CRM API",
        "api/v1" => "the embedded API",
        "api/advertising" => "the advertising API",
        "api/partner" => "the partner API",
        "job" => "work in the background",
        "schedule" => "a planned start",
        "sign-in" => "signing in",
        "demo" => "the demo",
        _ => via,
    };

    /// <summary>Where the thing is shown; null when it is gone or has no page.</summary>
    public static string? Href(AuditLine line) => line.Standing is not { } id ? null : line.Item.Subject switch
    {
        "Campaign" or "PlatformCampaign" => Urls.Campaign(id),
        "AdAudience" or "PlatformAudience" => Urls.Audience(id),
        "LeadForm" => Urls.LeadForm(id),
        "Approval" => Urls.Approval(id),
        "Creative" => Urls.With(Urls.Creatives, ("q", line.Item.SubjectName)),
        "CampaignTemplate" => Urls.Templates,
        "Connection" or "AdAccount" => Urls.Connections,
        "Team" => Urls.Team,
        "Workspace" => Urls.Workspaces,
        _ => null,
    };
}
