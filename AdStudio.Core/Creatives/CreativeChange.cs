using AdStudio.Core.Platforms;

namespace AdStudio.Core.Creatives;

/// <summary>One part of a creative in which two versions differ, in words; a part that was not there is empty.</summary>
/// <param name="Part">"Headline", "Link of card 2".</param>
public sealed record CreativeChange(string Part, string Before, string After)
{
    /// <param name="fileNames">What the files are called, by their ids.</param>
    public static IReadOnlyList<CreativeChange> Between(CreativeInput before, CreativeInput after, IReadOnlyDictionary<Guid, string> fileNames)
    {
        List<CreativeChange> changes = [];
        Add("Name", before.Name, after.Name);
        Add("Kind", Kind(before.Type), Kind(after.Type));
        Add("Primary text", before.PrimaryText, after.PrimaryText);
        Add("Headline", before.Headline, after.Headline);
        Add("Description", before.Description, after.Description);
        Add("Button", Button(before), Button(after));
        Add("Link", before.LinkUrl, after.LinkUrl);
        Add("Post", before.Post?.Id ?? "", after.Post?.Id ?? "");
        Add("Post's address", before.Post?.Permalink ?? "", after.Post?.Permalink ?? "");
        Add("Your id", before.ExternalKey ?? "", after.ExternalKey ?? "");
        Add("Files", Files(before), Files(after));
        for (var i = 0; i < Math.Max(before.Cards.Count, after.Cards.Count); i++)
        {
            var (was, now) = (before.CardAt(i), after.CardAt(i));
            Add($"Headline of card {i + 1}", was.Headline, now.Headline);
            Add($"Description of card {i + 1}", was.Description, now.Description);
            Add($"Link of card {i + 1}", was.LinkUrl, now.LinkUrl);
        }
        return changes;

        void Add(string part, string was, string now)
        {
            if (was != now) changes.Add(new(part, was, now));
        }

        // Two files may bear one name; their ids tell them apart.
        string Files(CreativeInput input) => before.AssetIds.SequenceEqual(after.AssetIds) ? "" : string.Join(", ", input.AssetIds.Select(id => fileNames.GetValueOrDefault(id, "a file that is gone")));
    }

    private static string Kind(CreativeType type) => type == CreativeType.ExistingPost ? "Existing post" : type.ToString();

    private static string Button(CreativeInput input) => CreativeInput.CallsToAction.FirstOrDefault(c => c.Name.Equals(input.CallToAction, StringComparison.OrdinalIgnoreCase))?.Label ?? input.CallToAction;
}
