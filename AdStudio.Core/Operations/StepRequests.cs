using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Between an adapter's plan, the stored step, and the request that carries it out.</summary>
internal static class StepRequests
{
    /// <summary>The plan's steps as rows. Whatever turns something on comes after everything that makes something.</summary>
    /// <param name="startsPaused">What turns something on is held back until somebody resumes.</param>
    public static List<OperationStep> Store(IEnumerable<PlannedStep> plan, bool startsPaused = false, int firstOrdinal = 0)
    {
        var steps = plan.Select((planned, i) => new OperationStep
        {
            Ordinal = firstOrdinal + i,
            Status = startsPaused && planned.Kind == StepKind.Activate ? StepStatus.Held : StepStatus.Pending,
            Key = planned.Key,
            Kind = planned.Kind,
            Title = planned.Title,
            Marker = planned.Marker,
            Body = planned.Body.ToJsonString(),
            CreativeId = planned.CreativeId,
            AssetId = planned.AssetId,
            AudienceId = planned.AudienceId,
        }).ToList();

        if (steps.Select(s => s.Key).Distinct().Count() != steps.Count) throw new InvalidOperationException("Two steps of a plan have the same key.");
        if (steps.SkipWhile(s => s.Kind != StepKind.Activate).Any(s => !s.Kind.MayBeRepeated())) throw new InvalidOperationException("A plan turns something on before everything stands.");
        return steps;
    }

    /// <summary>The step with every "{{key}}" replaced by the id that the step of that key brought.</summary>
    public static StepRequest Fill(OperationStep step, IReadOnlyDictionary<string, string> done)
    {
        var body = StepFilling.Fill(BodyOf(step), done);
        return new StepRequest(step.Key, step.Kind, step.Marker, body, step.AssetId, step.AudienceId, done);
    }

    public static JsonObject BodyOf(OperationStep step) => (JsonObject)JsonNode.Parse(step.Body)!;
}
