using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>
/// Members of a customer list, by a job of their own: made, filled and run. The same members again change nothing, so a second job after a lost answer does no harm.
/// (offlineUserDataJobs:create, :addOperations and :run of the discovery document)
/// </summary>
internal static class GoogleMembers
{
    /// <summary>One job; those of one job are all added or all removed.</summary>
    public static async Task<Result<MembersReceipt>> SendAsync(GoogleApi api, PlatformAccess access, string userList, IAsyncEnumerable<IReadOnlyList<MemberHashes>> batches, bool remove, CancellationToken ct)
    {
        var created = await api.PostAsync(access, $"customers/{GoogleApi.Customer(access)}/offlineUserDataJobs:create", Job(userList, api.Consent), CallKind.Repeatable, ct);
        if (!created.TryGet(out var job, out var refusal)) return Result<MembersReceipt>.Refused(refusal);
        if (job["resourceName"]?.ToString() is not { Length: > 0 } name) return new PlatformFailure(Platform.Google, PlatformFailureKind.Unavailable, "Google answered without the job's name.");

        var (sent, invalid) = (0L, 0L);
        await foreach (var members in batches.WithCancellation(ct))
        {
            var body = new JsonObject { ["operations"] = new JsonArray([.. members.Select(m => Operation(m, remove))]), ["enablePartialFailure"] = true };
            var added = await api.PostAsync(access, $"{name}:addOperations", body, CallKind.Repeatable, ct);
            if (!added.TryGet(out var told, out refusal)) return Result<MembersReceipt>.Refused(refusal);
            sent += members.Count;
            invalid += Invalid(told["partialFailureError"]);
        }
        if (sent > invalid && (await api.PostAsync(access, $"{name}:run", [], CallKind.Repeatable, ct)).Refusal is { } notRun && !GoogleErrors.HasStarted(notRun)) return Result<MembersReceipt>.Refused(notRun);
        return new MembersReceipt(sent, invalid);
    }

    public static JsonObject Job(string userList, string? consent)
    {
        var metadata = new JsonObject { ["userList"] = userList };
        if (consent is not null) metadata["consent"] = new JsonObject { ["adUserData"] = consent, ["adPersonalization"] = consent };
        return new() { ["job"] = new JsonObject { ["type"] = "CUSTOMER_MATCH_USER_LIST", ["customerMatchUserListMetadata"] = metadata } };
    }

    private static JsonNode Operation(MemberHashes member, bool remove)
    {
        var identifiers = new JsonArray();
        if (member.EmailSha256 is { } email) identifiers.Add(new JsonObject { ["hashedEmail"] = email });
        if (member.PhoneSha256 is { } phone) identifiers.Add(new JsonObject { ["hashedPhoneNumber"] = phone });
        return new JsonObject { [remove ? "remove" : "create"] = new JsonObject { ["userIdentifiers"] = identifiers } };
    }

    /// <summary>Members that were not taken: each error names the place of its operation.</summary>
    private static long Invalid(JsonNode? failure) => (failure?["details"] as JsonArray ?? []).SelectMany(d => d?["errors"] as JsonArray ?? [])
        .Select(e => (e?["location"]?["fieldPathElements"] as JsonArray)?.FirstOrDefault()?["index"]?.ToString()).Distinct().Count();
}
