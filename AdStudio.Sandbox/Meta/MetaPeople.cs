using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>People who fill forms in. None of them exists: their addresses and numbers are of those that are kept for examples.</summary>
internal static class MetaPeople
{
    private static readonly string[] First = ["Ada", "Ben", "Carla", "Dario", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Liam", "Mina", "Noor", "Otto", "Priya", "Quinn", "Rosa", "Sami", "Tess", "Uma", "Vito", "Wren", "Yara", "Zoe"];
    private static readonly string[] Last = ["Abara", "Berg", "Costa", "Dahl", "Eriksen", "Fontaine", "Garcia", "Hansen", "Ito", "Jensen", "Kowalski", "Lindgren", "Moreau", "Novak", "Okafor", "Petrov", "Rossi", "Silva", "Tanaka", "Weber"];
    private static readonly string[] Cities = ["Portland", "Boston", "Denver", "Austin", "Seattle"], States = ["Oregon", "Massachusetts", "Colorado", "Texas", "Washington"], Jobs = ["Nurse", "Teacher", "Designer", "Engineer", "Manager"];

    /// <summary>"field_data" of one person's answers.</summary>
    public static JsonArray Answers(SandboxObject form, ulong seed)
    {
        var (first, last, place) = (Pick(First, seed, 1), Pick(Last, seed, 2), (int)(Noise.Unit(seed, 3) * Cities.Length));
        var mail = $"{first}.{last}{(int)(Noise.Unit(seed, 4) * 90) + 10}".ToLowerInvariant();
        return new([.. (form.Body["questions"] as JsonArray ?? []).OfType<JsonObject>().Select(question => (JsonNode)new JsonObject
        {
            ["name"] = question["key"]?.ToString() ?? question["type"]!.ToString().ToLowerInvariant(), ["values"] = new JsonArray(Answer(question)),
        })]);

        string Answer(JsonObject question) => question["options"] is JsonArray { Count: > 0 } options
            ? options[(int)(Noise.Unit(seed, 5) * options.Count)] is { } chosen ? (chosen["key"] ?? chosen["value"])!.ToString() : ""
            : question["type"]!.ToString() switch
            {
                "FULL_NAME" => $"{first} {last}", "FIRST_NAME" => first, "LAST_NAME" => last, "EMAIL" => mail + "@example.com", "WORK_EMAIL" => mail + "@work.example",
                "PHONE" or "PHONE_OTP" or "WHATSAPP_NUMBER" or "WORK_PHONE_NUMBER" => $"+1503555{100 + (int)(Noise.Unit(seed, 6) * 100):0000}",
                "CITY" => Cities[place], "STATE" or "PROVINCE" => States[place], "COUNTRY" => "US", "ZIP" or "POST_CODE" => $"9{7000 + (int)(Noise.Unit(seed, 7) * 300)}", "STREET_ADDRESS" => $"{1 + (int)(Noise.Unit(seed, 8) * 200)} Harbor Street",
                "JOB_TITLE" => Pick(Jobs, seed, 9), "COMPANY_NAME" => last + " Ltd", "WEBSITE" => $"https://{last.ToLowerInvariant()}.example", "DOB" => $"0{1 + (int)(Noise.Unit(seed, 10) * 9)}/1{(int)(Noise.Unit(seed, 11) * 9)}/{1960 + (int)(Noise.Unit(seed, 12) * 40)}",
                "GENDER" => Noise.Unit(seed, 13) < 0.5 ? "female" : "male", "MARITAL_STATUS" or "RELATIONSHIP_STATUS" => "married", "EDUCATION_LEVEL" => "bachelor", "MILITARY_STATUS" => "none",
                _ => "Yes, please tell me more.",
            };
    }

    private static string Pick(string[] from, ulong seed, int salt) => from[(int)(Noise.Unit(seed, salt) * from.Length)];
}
