using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;
using Microsoft.Extensions.Hosting;

namespace AdStudio.Sandbox.Meta;

/// <summary>Tells the app of the leads of pages that it subscribed to: signed calls to its callback, again and again later until they are taken, up to five times.</summary>
public sealed class MetaWebhooks(MetaContext context, MetaLeads leads) : BackgroundService
{
    private const int MostChanges = 25, Tries = 5;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(context.Options.MetaWebhookEvery, context.Options.RealTime);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await DeliverAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Sends what is due now; returns how many leads were told.</summary>
    public async Task<int> DeliverAsync(CancellationToken ct)
    {
        var told = 0;
        foreach (var (callback, page, batch) in context.Store.Work(Due))
        {
            var body = new JsonObject
            {
                ["object"] = "page",
                ["entry"] = new JsonArray(new JsonObject { ["id"] = page, ["time"] = context.Now.ToUnixTimeSeconds(), ["changes"] = new JsonArray([.. batch.Select(l => (JsonNode)new JsonObject { ["field"] = "leadgen", ["value"] = ValueOf(l, page) })]) }),
            }.ToJsonString();
            var taken = await PostAsync(callback, body, ct);
            context.Store.Work(() =>
            {
                foreach (var lead in batch) Mark(lead, taken);
            });
            if (taken) told += batch.Count;
        }
        return told;
    }

    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    private List<(string Callback, string Page, List<SandboxObject> Leads)> Due()
    {
        var pages = context.Store.All(MetaWorld.Page).Where(p => p.Body["subscribed_fields"] is JsonArray fields && fields.Any(f => f!.ToString() == "leadgen")).ToList();
        if (pages.Count == 0) return [];
        leads.Collect();
        return [.. pages.SelectMany(page =>
        {
            var forms = context.Store.Under(MetaWorld.Form, page.Id).Select(f => f.Id).ToHashSet();
            return context.Store.All(MetaWorld.Lead).Where(l => forms.Contains(l.ParentId) && l.Body["told"] is null && Time(l) <= context.Options.RealTime.GetUtcNow()).Chunk(MostChanges)
                .Select(chunk => (page.Body["callback"]!.ToString(), page.Id, chunk.ToList()));
        })];
    }

    private static JsonObject ValueOf(SandboxObject lead, string page)
    {
        var value = new JsonObject { ["leadgen_id"] = lead.Id, ["page_id"] = page, ["form_id"] = lead.ParentId, ["created_time"] = lead.CreatedAt.ToUnixTimeSeconds() };
        if (lead.Body["ad_id"] is { } ad) (value["ad_id"], value["adgroup_id"]) = (ad.DeepClone(), lead.Body["ad_id"]!.DeepClone());
        return value;
    }

    private async Task<bool> PostAsync(string callback, string body, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var message = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(bytes) };
        message.Content.Headers.ContentType = new("application/json");
        message.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(context.Options.MetaClientSecret), bytes)));
        try
        {
            using var answer = await http.SendAsync(message, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Mark(SandboxObject lead, bool taken)
    {
        if (context.Store.Find(MetaWorld.Lead, lead.Id)?.Clone() is not { } changed) return;
        var tries = (changed.Body["tries"]?.GetValue<int>() ?? 0) + 1;
        changed.Body["tries"] = tries;
        if (taken || tries == Tries) changed.Body["told"] = taken;
        else changed.Body["nextTry"] = (context.Options.RealTime.GetUtcNow() + context.Options.MetaWebhookEvery * Math.Pow(4, tries)).ToString("O", CultureInfo.InvariantCulture);
        context.Store.Put(changed);
    }

    private static DateTimeOffset Time(SandboxObject lead) => lead.Body["nextTry"] is { } at ? DateTimeOffset.Parse(at.ToString(), CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
}
