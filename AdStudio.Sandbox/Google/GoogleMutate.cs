using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>Creates, updates and removes resources, one kind at a time or many kinds at once.</summary>
public sealed class GoogleMutate(GoogleContext context)
{
    private readonly GoogleRules rules = new(context);

    /// <summary>POST customers/{id}/{collection}:mutate.</summary>
    public GoogleReply One(SandboxObject customer, GoogleResource resource, JsonObject body)
    {
        if (UnknownMember(body, "operations") is { } stranger) return stranger;
        if (body["operations"] is not JsonArray { Count: > 0 } operations) return new GoogleError("requestError", "OPERATION_REQUIRED", "Operation is required.") { Path = [("operations", null)] };
        var work = operations.Select((o, i) => (resource, o as JsonObject, $"operations[{i}]", new (string, int?)[] { ("operations", i) })).ToList();
        return Run(customer, work, body, results => new JsonObject { ["results"] = new JsonArray([.. results.Select(r => r.Result)]) });
    }

    /// <summary>POST customers/{id}/googleAds:mutate; negative ids name what earlier operations made.</summary>
    public GoogleReply Many(SandboxObject customer, JsonObject body)
    {
        if (UnknownMember(body, "mutateOperations") is { } stranger) return stranger;
        if (body["mutateOperations"] is not JsonArray { Count: > 0 } operations) return new GoogleError("requestError", "OPERATION_REQUIRED", "Operation is required.") { Path = [("mutate_operations", null)] };
        var work = new List<(GoogleResource, JsonObject?, string, (string, int?)[])>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is not JsonObject { Count: 1 } wrapper) return GoogleFailure.BadJson($"mutate_operations[{i}]", $"Invalid value at 'mutate_operations[{i}]', one operation is expected.");
            var (key, operation) = wrapper.First();
            var name = GoogleShapes.Camel(key);
            var resource = GoogleResource.All.FirstOrDefault(r => r.Name + "Operation" == name);
            if (resource is null) return GoogleFailure.BadJson($"mutate_operations[{i}]", $"Invalid JSON payload received. Unknown name \"{key}\" at 'mutate_operations[{i}]': Cannot find field.");
            work.Add((resource, operation as JsonObject, $"mutate_operations[{i}].{GoogleShapes.Snake(name)}", [("mutate_operations", i), (GoogleShapes.Snake(name), null)]));
        }
        return Run(customer, work, body, results => new JsonObject
        {
            ["mutateOperationResponses"] = new JsonArray([.. results.Select(r => r.Result.Count == 0 ? (JsonNode)new JsonObject() : new JsonObject { [r.Resource.Name + "Result"] = r.Result })]),
        });
    }

    private GoogleReply Run(SandboxObject customer, List<(GoogleResource Resource, JsonObject? Operation, string Json, (string, int?)[] Path)> work, JsonObject body, Func<List<(GoogleResource Resource, JsonObject Result)>, JsonObject> answer)
    {
        if (customer.Body["manager"]!.GetValue<bool>()) return new GoogleError("requestError", "CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT", "The request is only valid for accounts that are no managers.");
        switch (GoogleContext.Status(customer))
        {
            case "SUSPENDED": return new GoogleError("authorizationError", "ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT", "The action is not permitted for a suspended account.") { Status = 403 };
            case not "ENABLED": return new GoogleError("authorizationError", "CUSTOMER_NOT_ENABLED", "The customer account can't be accessed because it is not yet enabled or has been deactivated.") { Status = 403 };
        }
        var start = context.Store.Mark();
        var names = new Dictionary<string, string>();
        var errors = new List<GoogleError>();
        var results = new List<(GoogleResource, JsonObject)>();
        var whole = body["responseContentType"]?.ToString() == "MUTABLE_RESOURCE";
        foreach (var (resource, operation, json, path) in work)
        {
            var mark = context.Store.Mark();
            var (name, found, reply) = Apply(customer, resource, operation, json, names);
            if (reply is not null) return reply;
            if (found.Count > 0)
            {
                context.Store.RollBackTo(mark);
                errors.AddRange(found.Select(e => e.At(path)));
                results.Add((resource, []));
                continue;
            }
            var result = new JsonObject { ["resourceName"] = name };
            if (whole && context.Store.Find(resource.Kind, name!) is { } item) result[resource.Name] = item.Body.DeepClone();
            results.Add((resource, result));
        }
        var partial = body["partialFailure"]?.GetValue<bool>() == true;
        if (errors.Count > 0 && !partial)
        {
            context.Store.RollBackTo(start);
            return GoogleFailure.Reply(errors);
        }
        if (body["validateOnly"]?.GetValue<bool>() == true)
        {
            context.Store.RollBackTo(start);
            results.Clear();
        }
        var shown = answer(results);
        if (errors.Count > 0) shown["partialFailureError"] = GoogleFailure.Partial(errors);
        return shown;
    }

    private (string? Name, List<GoogleError> Errors, GoogleReply? Reply) Apply(SandboxObject customer, GoogleResource resource, JsonObject? operation, string json, Dictionary<string, string> names)
    {
        var known = new[] { "create", "update", "remove", "updateMask", "update_mask", "policyValidationParameter", "exemptPolicyViolationKeys" };
        if (operation is null) return (null, [new("requestError", "OPERATION_REQUIRED", "Operation is required.")], null);
        if (operation.Select(p => p.Key).FirstOrDefault(k => !known.Contains(k)) is { } stranger)
            return (null, [], GoogleFailure.BadJson(json, $"Invalid JSON payload received. Unknown name \"{stranger}\" at '{json}': Cannot find field."));
        Resolve(operation, names);
        if (operation["create"] is { } create)
        {
            var (normal, error) = GoogleShapes.Normalize(create, resource.Message, json + ".create");
            return error is not null ? (null, [], error) : Create(customer, resource, (JsonObject)normal!, names);
        }
        if (operation["update"] is { } update)
        {
            var (normal, error) = GoogleShapes.Normalize(update, resource.Message, json + ".update");
            return error is not null ? (null, [], error) : Update(customer, resource, (JsonObject)normal!, (operation["updateMask"] ?? operation["update_mask"])?.ToString());
        }
        return operation["remove"]?.ToString() is { } remove ? Remove(customer, resource, remove) : (null, [new("requestError", "OPERATION_REQUIRED", "Operation is required.")], null);
    }

    private (string?, List<GoogleError>, GoogleReply?) Create(SandboxObject customer, GoogleResource resource, JsonObject given, Dictionary<string, string> names)
    {
        var temporary = given["resourceName"]?.ToString();
        given.Remove("resourceName");
        if (rules.Existing(customer, resource, given) is { } existing)
        {
            if (temporary is not null) names[temporary] = existing.Id;
            return (existing.Id, [], null);
        }
        var errors = rules.Check(customer, resource, given, null).Select(e => e.At(("create", null))).ToList();
        if (errors.Count > 0) return (null, errors, null);
        var id = rules.NewId(resource, given);
        var name = $"customers/{customer.Id}/{resource.Collection}/{id}";
        if (resource.Collection is "campaignCriteria" or "adGroupCriteria" or "campaignAssets" && context.Live(resource.Collection, name) is not null)
            return (null, [GoogleError.Field("mutateError", "RESOURCE_ALREADY_EXISTS", "Resource already exists.", "create", name)], null);
        given["resourceName"] = name;
        rules.Complete(customer, resource, given, id);
        var item = new SandboxObject { Kind = resource.Kind, Id = name, AccountId = customer.Id, ParentId = (given["adGroup"] ?? given["campaign"])?.ToString() ?? "", CreatedAt = context.Now, UpdatedAt = context.Now, Body = given };
        item.Remember(rules.MomentOf(customer, resource, item));
        context.Store.Put(item);
        if (temporary is not null) names[temporary] = name;
        return (name, [], null);
    }

    private (string?, List<GoogleError>, GoogleReply?) Update(SandboxObject customer, GoogleResource resource, JsonObject given, string? mask)
    {
        var name = given["resourceName"]?.ToString();
        if (string.IsNullOrEmpty(name)) return (null, [GoogleError.Field("requestError", "RESOURCE_NAME_MISSING", "Resource name is missing.", "update.resource_name")], null);
        var old = context.Store.Find(resource.Kind, name);
        if (old is null || old.AccountId != customer.Id) return (null, [GoogleError.NotFound("update.resource_name", name)], null);
        if (GoogleContext.Status(old) == "REMOVED") return (null, [GoogleError.Field("mutateError", "MUTATE_NOT_ALLOWED", "A removed resource can't be changed.", "update.resource_name", name)], null);
        if (string.IsNullOrWhiteSpace(mask)) return (null, [new("fieldMaskError", "FIELD_MASK_MISSING", "The field mask must be provided for update operations.") { Path = [("update_mask", null)] }], null);
        var item = old.Clone();
        foreach (var path in mask.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var steps = path.Split('.').Select(GoogleShapes.Camel).ToArray();
            if (GoogleShapes.TypeAt(resource.Message, steps) is null) return (null, [new("fieldMaskError", "FIELD_NOT_FOUND", $"The field mask contained an invalid field: '{path}'.") { Path = [("update_mask", null)] }], null);
            if (rules.IsFixed(resource, steps[0])) return (null, [GoogleError.Field("fieldError", "IMMUTABLE_FIELD", "The field can't be changed.", "update." + GoogleShapes.Snake(steps[0]))], null);
            JsonNode? from = given;
            var to = item.Body;
            foreach (var step in steps[..^1])
            {
                from = (from as JsonObject)?[step];
                if (to[step] is not JsonObject inner) to[step] = inner = [];
                to = inner;
            }
            if (rules.IsBidding(resource, steps[0])) rules.ClearBidding(item.Body, steps[0]);
            if ((from as JsonObject)?[steps[^1]] is { } value) to[steps[^1]] = value.DeepClone();
            else if (rules.IsBidding(resource, steps[0]) && steps.Length == 1) to[steps[0]] = new JsonObject();
            else to.Remove(steps[^1]);
        }
        var errors = rules.Check(customer, resource, item.Body, old).Select(e => e.At(("update", null))).ToList();
        if (errors.Count > 0) return (null, errors, null);
        item.UpdatedAt = context.Now;
        item.Remember(rules.MomentOf(customer, resource, item));
        context.Store.Put(item);
        return (name, [], null);
    }

    private (string?, List<GoogleError>, GoogleReply?) Remove(SandboxObject customer, GoogleResource resource, string name)
    {
        if (context.Live(resource.Collection, name) is not { } old || old.AccountId != customer.Id) return (null, [GoogleError.NotFound("remove", name)], null);
        if (resource.Collection == "campaignBudgets" && context.All("campaigns", customer.Id).Any(c => GoogleContext.Status(c) != "REMOVED" && c.Body["campaignBudget"]?.ToString() == name))
            return (null, [GoogleError.Field("campaignBudgetError", "CAMPAIGN_BUDGET_IN_USE", "A campaign budget that is in use can't be removed.", "remove", name)], null);
        if (resource.Collection == "assets") return (null, [GoogleError.Field("operatorError", "OPERATOR_NOT_SUPPORTED", "Operator is not supported.", "remove", name)], null);
        var item = old.Clone();
        item.Body["status"] = "REMOVED";
        item.UpdatedAt = context.Now;
        item.Remember(old.History[^1] with { At = context.Now, Status = "REMOVED" });
        context.Store.Put(item);
        return (name, [], null);
    }

    /// <summary>Puts real names where an operation uses temporary ones.</summary>
    private static void Resolve(JsonNode? node, Dictionary<string, string> names)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (var (key, value) in found.ToList())
                    if (value is JsonValue text && key is not ("resourceName" or "resource_name") && names.TryGetValue(text.ToString(), out var name)) found[key] = name;
                    else Resolve(value, names);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    if (list[i] is JsonValue text && names.TryGetValue(text.ToString(), out var name)) list[i] = name;
                    else Resolve(list[i], names);
                break;
        }
    }

    private static GoogleReply? UnknownMember(JsonObject body, string operations)
    {
        var stranger = body.Select(p => p.Key).FirstOrDefault(k => k != operations && k != GoogleShapes.Snake(operations) && k is not ("partialFailure" or "validateOnly" or "responseContentType" or "customerId"));
        return stranger is null ? null : GoogleFailure.BadJson("", $"Invalid JSON payload received. Unknown name \"{stranger}\": Cannot find field.");
    }
}
