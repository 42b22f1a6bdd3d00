using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace AdStudio.Web.App;

/// <summary>Every address of the studio's pages, in one place.</summary>
public static class Urls
{
    public const string Overview = "/";
    public const string Campaigns = "/campaigns";
    public const string NewCampaign = "/campaigns/new";
    public const string Templates = "/templates";
    public const string Creatives = "/creatives";
    public const string Audiences = "/audiences";
    public const string Pixels = "/pixels";
    public const string LeadForms = "/lead-forms";
    public const string Leads = "/leads";
    public const string Connections = "/connections";
    public const string ConnectionKeys = "/connections/keys";
    public const string Syncs = "/connections/syncs";
    public const string Team = "/team";
    public const string Developers = "/developers";
    public const string ApiKeys = "/developers/keys";
    public const string Webhooks = "/developers/webhooks";
    public const string Settings = "/settings";
    public const string Workspaces = "/settings?tab=workspaces";
    public const string Activity = "/activity";
    public const string Launches = "/launches";
    public const string Approvals = "/approvals";
    public const string Authority = "/settings?tab=authority";

    public const string Account = "/settings";
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Register = "/account/register";
    public const string ForgottenPassword = "/account/forgotten-password";
    public const string ResetPassword = "/account/reset-password";
    public const string ConfirmEmail = "/account/confirm-email";
    public const string SecondFactor = "/account/second-factor";
    public const string RecoveryCode = "/account/recovery-code";
    public const string Invitation = "/account/invitation";

    public static string Webhook(Guid id) => $"{Webhooks}/{id}";
    public static string Campaign(Guid id) => $"{Campaigns}/{id}";
    public static string Approval(Guid id) => With(Approvals, ("id", id));
    /// <summary>Leads to what an id of the APIs stands for: job_…, ver_…, cmp_…, apr_….</summary>
    public static string Find(string publicId) => $"/find/{publicId}";
    public static string EditCampaign(Guid id) => $"{Campaigns}/{id}/edit";
    public static string Audience(Guid id) => $"{Audiences}/{id}";
    public static string LeadForm(Guid id) => $"{LeadForms}/{id}";
    public static string ChangeCampaign(Guid id) => $"{Campaigns}/{id}/change";

    /// <summary>The address with these values in its query; null leaves one out.</summary>
    public static string With(string path, params (string Name, object? Value)[] values) =>
        QueryHelpers.AddQueryString(path, values
            .Where(v => v.Value is not null)
            .Select(v => KeyValuePair.Create(v.Name, Convert.ToString(v.Value, CultureInfo.InvariantCulture))));

    public static string SignInAndReturn(string to) => With(SignIn, ("returnUrl", to));
}
