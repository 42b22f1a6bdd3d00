using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Accounts;

internal static class AccountsSupport
{
    /// <summary>One more person of the scene's organization, in no team.</summary>
    public static async Task<Person> PersonAsync(this StudioApp app, Scene scene, string first, OrganizationRole role = OrganizationRole.Member)
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(CancellationToken.None);
        var email = $"{first}-{Guid.NewGuid():N}@acme.example".ToLowerInvariant();
        var person = new Person
        {
            OrganizationId = scene.Organization.Id, Name = first, Email = email, UserName = email, NormalizedUserName = email.ToUpperInvariant(), ExternalUserId = $"{first}-1", Role = role,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        db.Users.Add(person);
        await db.SaveChangesAsync();
        return person;
    }

    /// <summary>A person as the studio sees them now.</summary>
    public static async Task<Actor> ActorAsync(this StudioApp app, Guid personId) =>
        await app.Get<FindActor>().RunAsync(personId, "test", CancellationToken.None) ?? throw new InvalidOperationException("There is no such person.");
}
