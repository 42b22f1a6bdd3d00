using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>How audiences are made: of files of hashes, of a pixel's visitors, of people alike.</summary>
internal static class TikTokAudience
{
    public const string FileUpload = "dmp/custom_audience/file/upload/", Create = "dmp/custom_audience/create/", CreateRule = "dmp/custom_audience/rule/create/", CreateLookalike = "dmp/custom_audience/lookalike/create/",
        Update = "dmp/custom_audience/update/", Delete = "dmp/custom_audience/delete/", List = "dmp/custom_audience/list/";

    public const int MaxName = 128, MembersAFile = 100_000;

    /// <summary>E-mail addresses and phone numbers in one file.</summary>
    public const string HashKinds = "MULTIPLE_TYPES";

    /// <summary>The steps that make what is not there yet, and the ids or places of all.</summary>
    /// <param name="suffix">Ends every key, so that an edit's steps never meet those of the launch.</param>
    public static List<string> Plan(LaunchBrief brief, string suffix, List<PlannedStep> steps, List<PlanNote> notes)
    {
        var (account, used, number) = (brief.Account.ExternalId, new List<string>(), 0);
        foreach (var audience in brief.Audiences)
        {
            if (audience.ExternalId is { } there)
            {
                used.Add(there);
                continue;
            }
            var (members, made, marker) = ($"members:{number + 1}{suffix}", $"audience:{number + 1}{suffix}", $"{brief.Marker}-{number + 1}");
            if (Body(audience, account, TikTokPlan.Named(audience.Name, marker, MaxName), brief.Pixel, brief.Audience.Places is [var first, ..] ? first.Country : null, [$"{{{{{members}}}}}"], notes) is not { } body) continue;
            number++;
            if (audience.Type == AudienceType.CustomerMatch)
                steps.Add(new(members, StepKind.Audience, $"Send the members of “{audience.Name}”, as hashes only", marker, new JsonObject
                {
                    ["advertiser_id"] = account, ["calculate_type"] = HashKinds, ["file"] = "(SHA-256 of each member's e-mail address and phone number)",
                }) { AudienceId = audience.Id });
            steps.Add(new(made, StepKind.Audience, $"Create the audience “{audience.Name}”", marker, body.Body) { AudienceId = audience.Id });
            used.Add($"{{{{{made}}}}}");
        }
        return used;
    }

    /// <summary>What is sent, and where to; null with a note when TikTok cannot have this audience. A customer list names its files.</summary>
    public static (string Path, JsonObject Body)? Body(BriefAudience audience, string account, string name, AccountAsset? pixel, string? home, IReadOnlyList<string> files, List<PlanNote> notes)
    {
        var definition = Definition(audience.Definition);
        switch (audience.Type)
        {
            case AudienceType.CustomerMatch:
                return (Create, new() { ["advertiser_id"] = account, ["custom_audience_name"] = name, ["file_paths"] = TikTokApi.Texts(files), ["calculate_type"] = HashKinds });

            case AudienceType.Retargeting when pixel is not null:
                var days = int.TryParse(definition?["days"]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var d) ? d : 30;
                return (CreateRule, new()
                {
                    ["advertiser_id"] = account, ["custom_audience_name"] = name, ["audience_type"] = "PIXEL",
                    ["rule_spec"] = new JsonObject { ["inclusion_rule_set"] = new JsonObject { ["operator"] = "OR", ["rules"] = new JsonArray(Rule(pixel.Id, days, definition?["urlContains"]?.ToString(), audience.Name, notes)) } },
                });

            case AudienceType.Lookalike when audience.SourceExternalId is { } source:
                var percent = decimal.TryParse(definition?["percent"]?.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var p) ? p : 1;
                var country = definition?["country"]?.ToString() ?? home ?? "US";
                return (CreateLookalike, new()
                {
                    ["advertiser_id"] = account, ["custom_audience_name"] = name,
                    ["lookalike_spec"] = new JsonObject
                    {
                        ["source_audience_id"] = source, ["include_source"] = false, ["mobile_os"] = "ALL", ["placements"] = new JsonArray(TikTokFromMemory.LookalikePlacement),
                        ["location_ids"] = TikTokApi.Texts([TikTokPlaces.OfCountry(country) ?? TikTokPlaces.OfCountry("US")!]), ["audience_size"] = percent switch { <= 3 => "NARROW", <= 7 => "BALANCED", _ => "BROAD" },
                    },
                });

            default:
                notes.Add(PlanWords.LeftOut("audienceIds", audience.Type switch
                {
                    AudienceType.Retargeting => $"The audience “{audience.Name}” needs a pixel on this account.",
                    AudienceType.Lookalike => $"The audience “{audience.Name}” resembles one that this account does not have.",
                    _ => $"“{audience.Name}” is saved targeting, not an audience on TikTok.",
                }));
                return null;
        }
    }

    /// <summary>The lines of a customer file.</summary>
    public static byte[] File(IEnumerable<MemberHashes> members) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(members.Select(m => $"{m.EmailSha256},{m.PhoneSha256}\n").Prepend(TikTokFromMemory.CustomerFileHeader + "\n")));

    private static JsonObject Rule(string pixel, int days, string? urlContains, string name, List<PlanNote> notes)
    {
        var kept = TikTokFromMemory.RetentionDays.OrderBy(d => Math.Abs(d - days)).ThenByDescending(d => d).First();
        if (kept != days) notes.Add(PlanWords.Converted("audienceIds", $"TikTok looks back {kept} days for “{name}”, not {days}."));
        var filter = new JsonObject { ["field"] = "EVENT", ["operator"] = "EQ", ["value"] = TikTokFromMemory.PageBrowse };
        if (!string.IsNullOrWhiteSpace(urlContains)) filter["parameter_filters"] = new JsonArray(new JsonObject { ["field"] = "URL", ["operator"] = "CONTAINS", ["values"] = new JsonArray(urlContains) });
        return new()
        {
            ["event_source_ids"] = new JsonArray(pixel), ["retention_days"] = kept, ["filter_set"] = new JsonObject { ["operator"] = "OR", ["filters"] = new JsonArray(filter) },
        };
    }

    private static JsonObject? Definition(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try { return JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
