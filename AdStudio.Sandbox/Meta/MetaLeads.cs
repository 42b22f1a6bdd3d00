using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>
/// What people send with forms. Each lead that an ad's numbers count is a row: rows are written when somebody looks, with an instant in the day they are counted in, and never change afterwards.
/// </summary>
public sealed class MetaLeads(MetaContext context)
{
    private readonly MetaDelivery delivery = new(context);

    /// <summary>Writes the rows of everything that has been counted by now.</summary>
    public void Collect()
    {
        foreach (var account in context.Store.All(MetaWorld.Account).ToList())
        {
            var forms = context.Store.InAccount(MetaWorld.Ad, account.Id).Select(ad => (Ad: ad, Form: FormOf(ad))).Where(a => a.Form is not null).ToDictionary(a => a.Ad.Id, a => a.Form!);
            if (forms.Count == 0) continue;
            var market = delivery.MarketOf(account);
            var today = market.DayOf(context.Now);
            var written = context.Store.InAccount(MetaWorld.Lead, account.Id).CountBy(l => l.Body["counted"]!.ToString()).ToDictionary();
            foreach (var day in DeliveryModel.Run(delivery.Plans(account), market, today.AddDays(-100), today, context.Now).Where(d => d.Ad.Profile.Goal == Goal.Leads && forms.ContainsKey(d.Ad.AdId)))
            {
                var counted = string.Create(CultureInfo.InvariantCulture, $"{day.Ad.AdId}:{day.Day:yyyy-MM-dd}");
                for (var i = written.GetValueOrDefault(counted); i < day.Conversions; i++) Write(day, forms[day.Ad.AdId], counted, i, market);
            }
        }
    }

    public MetaReply Of(MetaCall call, SandboxObject item, MetaRead read, bool tests = false)
    {
        if (!context.Has(call, "leads_retrieval")) return MetaError.NoPermission("leads_retrieval");
        Collect();
        var since = Since(call);
        var leads = context.Store.All(MetaWorld.Lead).Where(l => (item.Kind == MetaWorld.Ad ? l.Body["ad_id"]?.ToString() == item.Id : l.ParentId == item.Id) && (l.Body["is_test"] is not null) == tests && l.CreatedAt > since);
        return read.List(call.With(call.Method, call.Path, call.Params.Where(p => p.Key != "filtering").ToDictionary()), leads.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id, StringComparer.Ordinal));
    }

    /// <summary>POST /{form}/test_leads: one at a time, as somebody who tries the form out.</summary>
    public MetaReply Test(MetaCall call, SandboxObject form)
    {
        if (!context.Has(call, "leads_retrieval")) return MetaError.NoPermission("leads_retrieval");
        if (MetaShapes.Check(call, "POST LeadgenForm test_leads") is { } misshapen) return misshapen;
        if (context.Store.Under(MetaWorld.Lead, form.Id).Any(l => l.Body["is_test"] is not null)) return MetaError.ForPerson(1892055, "There is a test lead already", "Delete the test lead of this form before you make another.");
        var body = new JsonObject { ["form_id"] = form.Id, ["is_test"] = true, ["is_organic"] = true, ["field_data"] = call.Json("field_data") ?? MetaPeople.Answers(form, Noise.Seed(form.Id)), ["counted"] = "test:" + form.Id };
        var lead = context.Create(MetaWorld.Lead, "", form.Id, body);
        context.Store.Put(lead);
        return new JsonObject { ["id"] = lead.Id };
    }

    public int CountOf(SandboxObject form)
    {
        Collect();
        return context.Store.Under(MetaWorld.Lead, form.Id).Count(l => l.Body["is_test"] is null);
    }

    private void Write(AdDay day, SandboxObject form, string counted, int number, Market market)
    {
        var seed = Noise.Seed(counted + ":" + number);
        var start = market.StartOf(day.Day);
        var at = start + (market.StartOf(day.Day.AddDays(1)) - start) * Noise.Unit(seed, 60);
        if (at > context.Now) at = start + (context.Now - start) * Noise.Unit(seed, 61);
        var lead = new SandboxObject
        {
            Kind = MetaWorld.Lead, Id = context.NewId(), AccountId = context.Store.Find(MetaWorld.Ad, day.Ad.AdId)!.AccountId, ParentId = form.Id, CreatedAt = at, UpdatedAt = at,
            Body = new JsonObject
            {
                ["form_id"] = form.Id, ["ad_id"] = day.Ad.AdId, ["adset_id"] = day.Ad.AdSetId, ["campaign_id"] = day.Ad.CampaignId, ["is_organic"] = false, ["platform"] = Noise.Unit(seed, 62) < 0.6 ? "fb" : "ig",
                ["field_data"] = MetaPeople.Answers(form, seed), ["counted"] = counted,
            },
        };
        context.Store.Put(lead);
    }

    private SandboxObject? FormOf(SandboxObject ad)
    {
        var story = context.Store.Find(MetaWorld.Creative, ad.Body["creative"]!["id"]!.ToString())?.Body["object_story_spec"];
        var id = ((JsonNode?[])[story?["link_data"]?["call_to_action"], story?["video_data"]?["call_to_action"], .. (story?["link_data"]?["child_attachments"] as JsonArray ?? []).Select(c => c?["call_to_action"])])
            .Select(a => a?["value"]?["lead_gen_form_id"]?.ToString()).FirstOrDefault(f => f is not null);
        return id is null ? null : context.Store.Find(MetaWorld.Form, id);
    }

    private static DateTimeOffset Since(MetaCall call) => (call.Json("filtering") as JsonArray ?? []).Where(f => f?["field"]?.ToString() == "time_created" && f["operator"]?.ToString() is "GREATER_THAN" or "GREATER_THAN_OR_EQUAL")
        .Select(f => long.TryParse(f!["value"]?.ToString(), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MinValue).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
}
