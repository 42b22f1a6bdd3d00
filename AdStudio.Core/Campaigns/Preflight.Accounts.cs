using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    /// <summary>True when there is a working account, so that it is worth looking further.</summary>
    private static bool CheckAccount(PlatformChoice choice, int index, CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var (platform, name, field) = (choice.Platform, choice.Platform.Label(), $"platforms[{index}].adAccountId");
        var here = facts.Accounts.Where(a => a.Platform == platform).ToList();
        var account = facts.AccountFor(choice);
        if (account is null)
        {
            if (here.Count == 0) findings.LeavesOut(platform, $"platforms[{index}]", $"{name} isn't connected. Connect it under Connections, then launch there.");
            else if (choice.AdAccountId is not null) findings.Blocks(platform, field, $"The {name} account that was chosen is no longer here. Choose another one.");
            else findings.Blocks(platform, field, $"There are {here.Count} {name} accounts here. Choose the one that pays.");
            return false;
        }
        if (ConnectionTrouble(account, name) is { } trouble)
        {
            findings.LeavesOut(platform, field, trouble);
            return false;
        }
        if (account.Connection.Health == ConnectionHealth.Expiring)
            findings.Warns(platform, field, $"The connection to {name} ends soon. Reconnect it under Connections, so that nothing stops in the middle.");
        if (StandingTrouble(account) is { } standing)
        {
            findings.LeavesOut(platform, field, $"{account.Name} can't run ads on {name}: {standing}");
            return false;
        }
        if (!facts.Actor.Manages(account.Id, facts.WorkspaceId))
            findings.Blocks(platform, field, $"You may only look at {account.Name}. Ask an admin of your team for the manager role, or choose an account that you manage.");
        CheckAssets(choice, index, spec, account, facts, findings);
        return true;
    }

    private static string? ConnectionTrouble(AdAccount account, string name) => account.Connection.Health switch
    {
        ConnectionHealth.Expired => $"{name} no longer accepts our access. Reconnect it under Connections.",
        ConnectionHealth.MissingPermission when account.Connection.MissingScopes.Count > 0 =>
            $"{name} hasn't allowed {Words.List(account.Connection.MissingScopes)}. Reconnect it under Connections and allow everything it asks for.",
        ConnectionHealth.MissingPermission => $"{name} hasn't allowed all we need. Reconnect it under Connections and allow everything it asks for.",
        ConnectionHealth.Disconnected => $"{name} isn't connected any more. Connect it under Connections.",
        _ => null,
    };

    private static string? StandingTrouble(AdAccount account) => account.Status switch
    {
        AdAccountStatus.PendingReview => "the platform is still reviewing the account. Wait for it, or choose another account.",
        AdAccountStatus.Unsettled => "a payment is open. Settle it on the platform, then sync the account.",
        AdAccountStatus.Disabled => "the platform has disabled the account. Clear it up there, or choose another account.",
        AdAccountStatus.Closed => "the account is closed. Choose another one.",
        AdAccountStatus.Unknown when account.StatusDetail == SyncAdAccounts.Vanished => "the connection no longer reaches it. Ask its owner for access, then sync the account.",
        _ when !Standing.MayAdvertise(account.UserTasks) => "the person who connected it may not run ads there. Ask for the task ADVERTISE on the platform, then sync the account.",
        _ => null,
    };

    private static void CheckAssets(PlatformChoice choice, int index, CampaignSpec spec, AdAccount account, CampaignFacts facts, Findings findings)
    {
        if (Catalogue.Of(choice.Platform).Rules is not { } rules) return;
        var (name, field) = (choice.Platform.Label(), $"platforms[{index}].pixelId");
        if (rules.NeedsPage && BuildLaunchBriefs.Asset(account, AccountAssetKind.Page, choice.PageId) is null)
            findings.Blocks(choice.Platform, $"platforms[{index}].pageId", choice.PageId is null
                ? $"{name} shows each ad in the name of {Words.A(rules.PageWord)}, and {account.Name} can use none. Give it one on {name}, then sync the account."
                : $"The {rules.PageWord} that was chosen isn't among those of {account.Name} any more. Choose another one.");

        var called = rules.PixelWord;
        var offer = spec.Objective is { } objective ? rules.Offer(objective) : null;
        if (choice.PixelId is not null && BuildLaunchBriefs.Pixel(account, choice.PixelId) is null)
            findings.Blocks(choice.Platform, field, $"The {called} that was chosen isn't among those of {account.Name} any more. Choose another one.");
        else if (offer is { IsOffered: true } && BuildLaunchBriefs.Pixel(account, null) is null)
        {
            if (offer.NeedsPixel) findings.Blocks(choice.Platform, field, $"{name} counts {SpecWords.Counted(offer.Objective)} by {Words.A(called)}, and {account.Name} has none. Make one on {name}, then sync the account.");
            else if (offer.Objective == Objective.Sales)
                findings.Warns(choice.Platform, field, $"{account.Name} has no {called}, so {name} can't tell which clicks bring sales. Make one on {name}, then sync the account.");
        }

        if (choice.Details?.InstagramId is { } instagram && BuildLaunchBriefs.Asset(account, AccountAssetKind.InstagramAccount, instagram) is null)
            findings.Blocks(choice.Platform, $"platforms[{index}].instagramId", $"The Instagram account that was chosen isn't among those of {account.Name}. Choose another one, or link it to a page and sync the account.");
        else if (choice.Details is { InstagramId: null, ConversionLocation: "INSTAGRAM_DIRECT" } && BuildLaunchBriefs.Asset(account, AccountAssetKind.Page, choice.PageId) is { } page
            && !account.Assets.Any(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page.Id))
            findings.Blocks(choice.Platform, $"platforms[{index}].instagramId", $"{page.Name} has no Instagram business account. Link one to the {rules.PageWord} on {name} and sync the account, or choose another {rules.PageWord}.");

        if (choice.AppId is not null && BuildLaunchBriefs.Asset(account, AccountAssetKind.App, choice.AppId) is null)
            findings.Blocks(choice.Platform, $"platforms[{index}].appId", $"The app that was chosen isn't among those of {account.Name} any more. Choose another one.");
        else if (offer is { IsOffered: true, NeedsApp: true } && BuildLaunchBriefs.Asset(account, AccountAssetKind.App, null) is null)
            findings.Blocks(choice.Platform, $"platforms[{index}].appId", $"{name} promotes an app, and {account.Name} has none. Add it on {name}, then sync the account.");

        if (offer is { IsOffered: true } && (offer.NeedsLeadForm || offer.TakesLeadForm))
        {
            var form = facts.LeadFormFor(choice);
            if (choice.LeadFormId is not null && form is null) findings.Blocks(choice.Platform, $"platforms[{index}].leadFormId", $"The lead form that was chosen doesn't stand on {name} any more. Publish it, or choose another one.");
            else if (form is not null && choice.PageId is not null && form.PageId != choice.PageId) findings.Blocks(choice.Platform, $"platforms[{index}].leadFormId", $"The lead form “{form.Name}” belongs to the page {form.PageName}. Choose that page, or another form.");
            else if (form is null && offer.NeedsLeadForm) findings.Blocks(choice.Platform, $"platforms[{index}].leadFormId", $"{name} collects leads with a form. Choose one, or build one under Lead forms.");
            else if (form is null) findings.Warns(choice.Platform, $"platforms[{index}].leadFormId", $"No lead form is chosen, so the ads on {name} lead to the website.");
        }

        if (rules.Currencies.Count > 0 && !rules.Currencies.Contains(account.Currency))
            findings.Blocks(choice.Platform, $"platforms[{index}].adAccountId", $"{name} takes no campaigns in {account.Currency} through programs. Choose an account in another currency.");
    }
}
