using System.Text.Json;
using AdStudio.Core.Audiences;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>Saved audiences are no objects of a platform: their targeting is merged into the campaign's own.</summary>
internal static class AudienceMerge
{
    /// <summary>Places and interests add up; ages and genders are met where they overlap, and the campaign's own stand where they do not.</summary>
    public static AudienceSpec Of(AudienceSpec own, IEnumerable<AdAudience> saved) =>
        saved.Select(a => a.Definition).OfType<string>().Select(d => JsonSerializer.Deserialize<AudienceSpec>(d, StudioJson.Options)).OfType<AudienceSpec>().Aggregate(own, Both);

    /// <summary>Without a place of its own, the ads show in the account's country.</summary>
    public static AudienceSpec WithPlaces(AudienceSpec own, AdAccount account) => own.Places.Count > 0 || AccountCountry.Of(account) is not { } code
        ? own
        : own with { Places = [new TargetPlace { Kind = PlaceKind.Country, Country = code, Name = Countries.Find(code)?.Name ?? code }] };

    public static AudienceSpec Both(AudienceSpec a, AudienceSpec b)
    {
        var (from, to) = (Math.Max(a.AgeMin, b.AgeMin), Math.Min(a.AgeMax, b.AgeMax));
        var genders = a.Genders.Count == 0 ? b.Genders : b.Genders.Count == 0 ? a.Genders : [.. a.Genders.Intersect(b.Genders)];
        return a with
        {
            Places = [.. a.Places.Concat(b.Places).DistinctBy(p => (p.Kind, p.Country, p.Name))],
            Interests = [.. a.Interests.Concat(b.Interests).DistinctBy(i => i.Name)],
            ExcludedPlaces = [.. a.ExcludedPlaces.Concat(b.ExcludedPlaces).DistinctBy(p => (p.Kind, p.Country, p.Name))],
            Traits = [.. a.Traits.Concat(b.Traits).DistinctBy(t => (t.Kind, t.Name))],
            AgeMin = from <= to ? from : a.AgeMin,
            AgeMax = from <= to ? to : a.AgeMax,
            Genders = genders.Count > 0 ? genders : a.Genders,
        };
    }
}
