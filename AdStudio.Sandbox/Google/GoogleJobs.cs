using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>Offline user data jobs: the way of people's hashed data into a user list. People are counted, never kept.</summary>
public sealed partial class GoogleJobs(GoogleContext context)
{
    public GoogleReply Answer(SandboxObject customer, string path, string verb, JsonObject body)
    {
        if (GoogleContext.Status(customer) == "SUSPENDED") return new GoogleError("authorizationError", "ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT", "The action is not permitted for a suspended account.") { Status = 403 };
        if (!context.Options.GoogleTakesCustomerLists) return new GoogleError("notAllowlistedError", "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE", "Customer is not allowlisted for accessing this feature.") { Status = 403 };
        var parts = path.Split('/');
        if (verb == "create" && parts.Length == 3) return Create(customer, body);
        var name = parts.Length == 4 ? $"customers/{customer.Id}/offlineUserDataJobs/{parts[3].Split(':')[0]}" : "";
        if (context.Store.Find(GoogleWorld.Job, name) is not { } job || job.AccountId != customer.Id) return GoogleError.NotFound("resource_name", name);
        return verb switch
        {
            "addOperations" => Add(job, body),
            "run" => RunJob(job),
            _ => new GoogleReply(404, new JsonObject { ["error"] = new JsonObject { ["code"] = 404, ["message"] = "Method not found.", ["status"] = "NOT_FOUND" } }),
        };
    }

    private GoogleReply Create(SandboxObject customer, JsonObject body)
    {
        if (body["job"] is null) return GoogleError.Required("job");
        var (normal, bad) = GoogleShapes.Normalize(body["job"], "Resources.OfflineUserDataJob", "job");
        if (bad is not null) return bad;
        var job = (JsonObject)normal!;
        if (job["type"] is null) return GoogleError.Required("job.type");
        if (job["type"]!.ToString() == "CUSTOMER_MATCH_USER_LIST")
        {
            var list = context.Live("userLists", job["customerMatchUserListMetadata"]?["userList"]?.ToString());
            if (list is null || list.AccountId != customer.Id) return GoogleError.Field("offlineUserDataJobError", "INVALID_USER_LIST_ID", "The user list ID provided for the job is invalid.", "job.customer_match_user_list_metadata.user_list");
            if (list.Body["crmBasedUserList"] is null) return GoogleError.Field("offlineUserDataJobError", "INVALID_USER_LIST_TYPE", "Type of the user list is not applicable for the job.", "job.customer_match_user_list_metadata.user_list");
        }
        var id = context.NewId();
        var name = $"customers/{customer.Id}/offlineUserDataJobs/{id}";
        job["resourceName"] = name;
        job["id"] = id;
        job["status"] = "PENDING";
        context.Store.Put(new SandboxObject { Kind = GoogleWorld.Job, Id = name, AccountId = customer.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = job });
        return new JsonObject { ["resourceName"] = name };
    }

    private GoogleReply Add(SandboxObject old, JsonObject body)
    {
        if (old.Body["status"]!.ToString() != "PENDING") return new GoogleError("offlineUserDataJobError", "JOB_ALREADY_STARTED", "The job is already started and cannot be started again.");
        if (body["operations"] is not JsonArray { Count: > 0 } operations) return GoogleError.Required("operations");
        var errors = new List<GoogleError>();
        var (added, removed, all) = (0L, 0L, false);
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i]?["removeAll"]?.GetValue<bool>() == true) { all = true; continue; }
            var (verb, data) = operations[i]?["create"] is JsonObject create ? ("create", create) : ("remove", operations[i]?["remove"] as JsonObject);
            var error = Check(data, i, verb, out var reply);
            if (reply is not null) return reply;
            if (error is not null) errors.Add(error);
            else if (verb == "create") added++;
            else removed++;
        }
        if (added + (old.Body["added"]?.GetValue<long>() ?? 0) > 0 && removed + (old.Body["removed"]?.GetValue<long>() ?? 0) > 0)
            return new GoogleError("offlineUserDataJobError", "CONFLICTING_OPERATION", "Create and remove operations can't be mixed in one job.") { Path = [("operations", null)] };
        var partial = body["enablePartialFailure"]?.GetValue<bool>() == true;
        if (errors.Count > 0 && !partial) return GoogleFailure.Reply(errors);
        if (body["validateOnly"]?.GetValue<bool>() != true)
        {
            var job = old.Clone();
            job.Body["added"] = (old.Body["added"]?.GetValue<long>() ?? 0) + added;
            job.Body["removed"] = (old.Body["removed"]?.GetValue<long>() ?? 0) + removed;
            if (all) job.Body["removeAll"] = true;
            context.Store.Put(job);
        }
        return errors.Count > 0 ? new JsonObject { ["partialFailureError"] = GoogleFailure.Partial(errors) } : new JsonObject();
    }

    private static GoogleError? Check(JsonObject? data, int index, string verb, out GoogleReply? reply)
    {
        reply = null;
        (string, int?)[] path = [("operations", index), (verb, null)];
        var (normal, bad) = GoogleShapes.Normalize(data, "Common.UserData", $"operations[{index}].{verb}");
        if (bad is not null) { reply = bad; return null; }
        if (normal?["userIdentifiers"] is not JsonArray { Count: > 0 } identifiers) return GoogleError.Field("offlineUserDataJobError", "MISSING_USER_IDENTIFIER", "The upload is missing a user identifier.", "user_identifiers").At(path);
        if (identifiers.Count > 20) return GoogleError.Field("offlineUserDataJobError", "TOO_MANY_USER_IDENTIFIERS", "There are too many user identifiers.", "user_identifiers").At(path);
        for (var i = 0; i < identifiers.Count; i++)
        {
            if (identifiers[i]!.AsObject().Count(p => p.Key != "userIdentifierSource") is not 1)
            {
                reply = GoogleFailure.BadJson($"operations[{index}].{verb}.user_identifiers[{i}]", $"Invalid value at 'operations[{index}].{verb}.user_identifiers[{i}]' (oneof), oneof field 'identifier' is already set or missing.");
                return null;
            }
            foreach (var field in new[] { "hashedEmail", "hashedPhoneNumber" })
                if (identifiers[i]?[field]?.ToString() is { } hash && !Hash().IsMatch(hash)) return GoogleError.Field("offlineUserDataJobError", "INVALID_SHA256_FORMAT", "The value is not a SHA-256 hash in hex.", $"user_identifiers[{i}].{GoogleShapes.Snake(field)}").At(path);
        }
        return null;
    }

    private GoogleReply RunJob(SandboxObject old)
    {
        if (old.Body["status"]!.ToString() != "PENDING") return new GoogleError("offlineUserDataJobError", "JOB_ALREADY_STARTED", "The job is already started and cannot be started again.");
        var job = old.Clone();
        job.Body["status"] = "SUCCESS";
        job.UpdatedAt = context.Now;
        context.Store.Put(job);
        if (context.Live("userLists", job.Body["customerMatchUserListMetadata"]?["userList"]?.ToString())?.Clone() is { } list)
        {
            var before = job.Body["removeAll"] is null ? GoogleContext.Micros(list.Body["sizeForDisplay"]) : 0;
            var size = Math.Max(0, before + (job.Body["added"]?.GetValue<long>() ?? 0) - (job.Body["removed"]?.GetValue<long>() ?? 0)).ToString(CultureInfo.InvariantCulture);
            list.Body["sizeForDisplay"] = size;
            list.Body["sizeForSearch"] = size;
            list.Body["matchRatePercentage"] = 100;
            context.Store.Put(list);
        }
        return new JsonObject { ["name"] = $"customers/{job.AccountId}/operations/{job.Body["id"]}", ["metadata"] = new JsonObject { ["@type"] = "type.googleapis.com/google.ads.googleads.v25.resources.OfflineUserDataJobMetadata" }, ["done"] = true };
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
