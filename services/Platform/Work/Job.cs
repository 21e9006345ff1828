using Fleet.Platform.Store;

namespace Fleet.Platform.Work;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Not done yet: not due, under way, or to be tried again.</summary>
    Waiting,

    /// <summary>Done. Kept for a week, so that the same key is not done again, and then forgotten.</summary>
    Done,

    /// <summary>Tried in vain as often as is sensible. Kept until somebody tries it again.</summary>
    Failed,
}

/// <summary>Something to be done once, now or at a certain time, by whichever replica gets to it.</summary>
public sealed record Job
{
    internal static readonly Field<Job> Due = new("due", j => j.Status == JobStatus.Waiting ? Store.Key.Of(j.DueAt) : null);
    internal static readonly Field<Job> FailedAt = new("failedAt", j => j.Status == JobStatus.Failed ? Store.Key.Of(j.EndedAt!.Value) : null);
    internal static readonly Field<Job> DoneAt = new("doneAt", j => j.Status == JobStatus.Done ? Store.Key.Of(j.EndedAt!.Value) : null);
    internal static readonly DocumentType<Job> Documents =
        new("jobs", DocumentIndex<Job>.On(Due), DocumentIndex<Job>.On(FailedAt), DocumentIndex<Job>.On(DoneAt));

    /// <summary>Kebab-case name of what is to be done.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Unique within its kind; the same again is the same job.</summary>
    public string Key { get; init; } = "";

    /// <summary>What is to be done, as JSON.</summary>
    public string Payload { get; init; } = "";

    /// <summary>Not before this; after a failure: not tried again before this.</summary>
    public DateTimeOffset DueAt { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>What went wrong last, in a sentence.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was done or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal Job Begin() => this with { Attempts = Attempts + 1 };

    internal Job Finish(DateTimeOffset now) => this with { Status = JobStatus.Done, EndedAt = now, LastError = null };

    /// <summary>Tried again later, each time after a longer wait; at last given up.</summary>
    internal Job Fail(string error, DateTimeOffset now) => Attempts <= Waits.Count
        ? this with { DueAt = now + Waits[Attempts - 1], LastError = error }
        : this with { Status = JobStatus.Failed, EndedAt = now, LastError = error };

    /// <summary>Broken off without a fault of its own: that attempt does not count.</summary>
    internal Job PutBack() => this with { Attempts = Attempts - 1 };

    internal Job Again(DateTimeOffset now) => this with { Status = JobStatus.Waiting, Attempts = 0, DueAt = now, EndedAt = null };

    private static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];
}
