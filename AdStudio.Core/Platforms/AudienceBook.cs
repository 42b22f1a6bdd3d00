namespace AdStudio.Core.Platforms;

/// <summary>The members of a customer list, as the hashes that platforms take: SHA-256, lower-case hex, of the normalised address and of the phone number in the form that the platform wants.</summary>
public interface IAudienceBook
{
    IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> MembersAsync(Guid audienceId, Platform platform, CancellationToken ct);
}
