namespace AdStudio.Sandbox;

/// <summary>How the sandbox is set up.</summary>
public sealed class SandboxOptions
{
    /// <summary>The SQLite file that holds the sandbox's state.</summary>
    public string DataPath { get; set; } = Path.Combine("data", "sandbox.db");

    /// <summary>The public origin ("http://host:port") for absolute URLs; null takes it from the request.</summary>
    public string? Origin { get; set; }

    /// <summary>Of every platform but Meta and Google, which have their own.</summary>
    public string ClientId { get; set; } = "sandbox-client";
    public string ClientSecret { get; set; } = "sandbox-secret";

    public string MetaClientId { get; set; } = "sandbox-client";
    public string MetaClientSecret { get; set; } = "sandbox-secret";
    public string GoogleClientId { get; set; } = "sandbox-client";
    public string GoogleClientSecret { get; set; } = "sandbox-secret";

    public TimeSpan AuthorizationCodeLifetime { get; set; } = TimeSpan.FromMinutes(10);
    public TimeSpan MetaShortTokenLifetime { get; set; } = TimeSpan.FromHours(2);
    public TimeSpan MetaLongTokenLifetime { get; set; } = TimeSpan.FromDays(60);
    public TimeSpan GoogleTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long, in virtual time, an ad stays in review.</summary>
    public TimeSpan ReviewDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long, in virtual time, a video is processed and an asynchronous report is made.</summary>
    public TimeSpan ProcessingDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a time-out fault holds a call before the connection is dropped.</summary>
    public TimeSpan FaultTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>More rows of insights than this Meta refuses to give at once; as a report it gives up more than <see cref="MetaRowsInReport"/>.</summary>
    public int MetaRowsAtOnce { get; set; } = 20_000;
    public int MetaRowsInReport { get; set; } = 500_000;

    /// <summary>Where Meta's webhook calls go for pages with a subscription; null is /webhooks/meta of the server that hosts the sandbox.</summary>
    public string? MetaWebhookUrl { get; set; }

    /// <summary>How often, in real time, it is looked for leads to tell of.</summary>
    public TimeSpan MetaWebhookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows in one page of Google's search; the platform's own is 10 000.</summary>
    public int GooglePageSize { get; set; } = 10_000;

    /// <summary>Whether Google takes customer lists from this developer: since April 2026 only from those who had sent some before.</summary>
    public bool GoogleTakesCustomerLists { get; set; } = true;

    /// <summary>More rows of numbers than this Google refuses to give for one query.</summary>
    public int GoogleRowsAtOnce { get; set; } = 1_000_000;

    /// <summary>More elements than this LinkedIn's reports refuse to give.</summary>
    public int LinkedInMostElements { get; set; } = 15_000;

    /// <summary>The real time beneath the virtual clock.</summary>
    public TimeProvider RealTime { get; set; } = TimeProvider.System;
}
