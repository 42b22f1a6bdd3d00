namespace AdStudio.Core.Accounts;

/// <summary>What an action is about to do on a platform, as <see cref="AuthorityGate"/> is asked about it.</summary>
public sealed record Deed
{
    /// <summary>"launch", "budget"; the feature that carries it out knows it by this.</summary>
    public required string Verb { get; init; }

    /// <summary>For people: "Launch “Spring sale”".</summary>
    public required string Title { get; init; }

    /// <summary>All that it touches; the strictest rules.</summary>
    public required IReadOnlyList<AuthorityAxis> Axes { get; init; }

    /// <summary>"Campaign", "Audience".</summary>
    public required string Subject { get; init; }
    public required Guid SubjectId { get; init; }
    public required string SubjectName { get; init; }
    public required Guid WorkspaceId { get; init; }
    public Guid? CampaignId { get; init; }

    /// <summary>The campaign's own authority.</summary>
    public Authority? Narrowing { get; init; }

    /// <summary>The ad accounts concerned.</summary>
    public IReadOnlyList<Guid> Accounts { get; init; } = [];

    /// <summary>What is needed to carry it out later; stored as JSON, so no secret stands in it in plain text.</summary>
    public required object Intent { get; init; }

    /// <summary>What would be sent. Made only when a person has to see it.</summary>
    public required Func<CancellationToken, Task<ApprovalPlan>> Plan { get; init; }

    /// <summary>Waiting approvals of the same subject, by verb, that no longer fit once this is done or asked.</summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];

    /// <summary>It stops spending: a person is never kept from that, nor made to wait.</summary>
    public bool Stops { get; init; }

    /// <summary>Why it is allowed whatever the axes say: the law asks for it. Null for all else.</summary>
    public string? AlwaysBecause { get; init; }

    /// <summary>The verdict by which just this was allowed before: it counts on, unless the axis was switched off since.</summary>
    public Guid? AllowedBefore { get; init; }
}

/// <summary>What was decided. With an approval nothing may be sent yet, and all is saved; without, the verdict is saved together with the work.</summary>
/// <param name="RequestId">Chosen when it was asked: the works share it.</param>
public sealed record Judgement(Guid VerdictId, Guid? ApprovalId, Guid RequestId)
{
    public bool Waits => ApprovalId is not null;
}

/// <summary>A feature whose deeds may wait for a person: carries them out once one accepted. The actor is who asked, with what the accepting person may do.</summary>
public interface ICarriesOut
{
    IReadOnlyCollection<string> Verbs { get; }

    Task<Common.Result<Common.Done>> CarryOutAsync(Common.Actor actor, string verb, string intent, CancellationToken ct);
}
