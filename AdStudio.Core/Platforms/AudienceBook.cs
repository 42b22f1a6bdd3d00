namespace AdStudio.Core.Platforms;

/// <summary>The members of a customer list, as the hashes that platforms take: SHA-256, lower-case hex, of the normalised address and phone number.</summary>
public interface IAudienceBook
{
    IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> MembersAsync(Guid audienceId, CancellationToken ct);
}
