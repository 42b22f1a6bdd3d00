using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api;

/// <summary>Recognises whom an access token speaks for: a person, within the scopes of the key that brought it.</summary>
internal sealed class TokenCallers(AccessTokens tokens, ApiKeys keys, FindActor people)
{
    public async ValueTask<Result<Actor>> FindAsync(string token, string via, CancellationToken ct)
    {
        if (await tokens.ReadAsync(token, ct) is not { } holder || await keys.FindAsync(holder.ApiKeyId, via, ct) is not { } key) return new TokenNoLongerCounts();
        if (await people.RunAsync(holder.PersonId, via, ct) is not { } person || person.OrganizationId != holder.OrganizationId) return new TokenNoLongerCounts();
        if (!key.ReachesPlatforms) person = person with { ReachesPlatforms = false };
        return key.HasScope(ApiScopes.Everything) ? person : person with { Scopes = key.Scopes };
    }
}
