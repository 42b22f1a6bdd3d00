using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdStudio.Core.Accounts;

/// <summary>
/// Identity's manager over the database that an action has open: what it changes is saved with the action's other rows, by the action's own save.
/// </summary>
public sealed class Identities(
    Secrets secrets, IOptions<IdentityOptions> options, IPasswordHasher<Person> hasher, IEnumerable<IUserValidator<Person>> personRules, IEnumerable<IPasswordValidator<Person>> passwordRules,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Person>> log)
{
    public IPasswordHasher<Person> Hasher => hasher;

    public string Normalize(string email) => normalizer.NormalizeEmail(email)!;

    public UserManager<Person> In(StudioDb db) =>
        new(new PersonStore(db, secrets, errors) { AutoSaveChanges = false }, options, hasher, personRules, passwordRules, normalizer, errors, services, log);

    /// <summary>Keeps the second factor's key and the recovery codes encrypted.</summary>
    private sealed class PersonStore(StudioDb db, Secrets secrets, IdentityErrorDescriber errors) : UserOnlyStore<Person, StudioDb, Guid>(db, errors)
    {
        // The person is tracked by the action's database; attaching it anew, as the base does, would forget what changed before.
        public override Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken = default)
        {
            user.ConcurrencyStamp = Guid.NewGuid().ToString();
            return Task.FromResult(IdentityResult.Success);
        }

        public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
            base.SetTokenAsync(user, loginProvider, name, value is null ? null : secrets.Protect(value), cancellationToken);

        public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken) =>
            secrets.Unprotect(await base.GetTokenAsync(user, loginProvider, name, cancellationToken));
    }
}
