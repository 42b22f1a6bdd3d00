using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

public sealed record InvalidRange(string Text) : InvalidError("range", Text);
public sealed record NumbersOfWorkspaceNotFound() : NotFoundError("There is no such workspace.");
public sealed record NumbersOfCampaignNotFound() : NotFoundError("There is no such campaign.");
public sealed record NumbersOfAccountNotFound() : NotFoundError("There is no such ad account.");
public sealed record NotToldBy(Platform Platform, BreakdownKind By) : InvalidError("breakdown", $"{Platform} tells no numbers {BreakdownKeys.Words(By)}.");
public sealed record SeveralCurrencies() : ConflictError("The accounts of this connection have several currencies, which don't add up. Ask for one ad account.");
public sealed record ClientsDoNotSync() : ForbiddenError("Reading the numbers anew is up to the team that runs the ads.");
public sealed record NothingToRead() : ConflictError("Nothing has been launched here yet, so there are no numbers to read.");
public sealed record AlreadyReading(string Account, Guid RunId) : ConflictError($"The numbers of {Account} are being read right now.");
public sealed record ReadingIsTaken() : ConflictError("These numbers are being read right now, or were just read.");
public sealed record NoNumbersFrom(string Platform) : ConflictError($"AdStudio cannot read numbers from {Platform} yet.");
public sealed record TooManyToCompare(int Most) : InvalidError("campaignIds", $"Compare {Most} campaigns at most.");
