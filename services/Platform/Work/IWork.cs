namespace Fleet.Platform.Work;

/// <summary>
/// Work that comes again and again: sweeps, expiry, erasure. Registered with <c>builder.AddWork(w =&gt; w.Every&lt;TWork&gt;(interval))</c>; of all replicas
/// on one store one does it at a time. One round may be broken off anywhere, by a crash too, and is done again later: it must bear that. For a service's own sweeper this
/// replaces the timer, the loop and the catch of a <see cref="Microsoft.Extensions.Hosting.BackgroundService"/>; the class is a singleton of the container.
/// </summary>
public interface IWork
{
    /// <summary>One round.</summary>
    /// <param name="ct">Ends when the process stops, or when another replica may have taken the work over: stop then.</param>
    Task RunAsync(CancellationToken ct);
}

/// <summary>
/// Does jobs of one kind. A job is done at least once: after a crash, or when it throws, it is done again. What it does must come to the same when it is
/// done twice.
/// </summary>
/// <typeparam name="TJob">What is to be done, a record that is stored as JSON: members may be added, with a default, and not renamed.</typeparam>
public interface IJobHandler<in TJob> where TJob : class
{
    /// <summary>Does one job. What it throws is kept as the job's last error, and the job is tried again after a while.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="ct">Ends when the process stops, or when another replica may have taken the job over: stop then.</param>
    Task HandleAsync(TJob job, CancellationToken ct);
}
