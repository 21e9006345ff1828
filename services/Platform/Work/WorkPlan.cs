using Fleet.Platform.Store;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Platform.Work;

/// <summary>What a service does by itself: work that comes again, and jobs.</summary>
public sealed class WorkPlan
{
    private readonly IServiceCollection _services;

    internal WorkPlan(IServiceCollection services) => _services = services;

    /// <summary>Does this work again and again, in one replica at a time. The first round comes at the start, unless it was done less than an interval ago.</summary>
    /// <param name="interval">From the end of a round to the beginning of the next.</param>
    public WorkPlan Every<TWork>(TimeSpan interval) where TWork : class, IWork
    {
        var name = KebabCaseEndpointNameFormatter.Instance.SanitizeName(typeof(TWork).Name);
        _services.TryAddSingleton<TWork>();
        _services.AddSingleton<IHostedService>(p => new WorkLoop(
            name, interval, p.GetRequiredService<TWork>(), p.GetRequiredService<IDocumentStore>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<WorkLoop>>()));
        return this;
    }

    /// <summary>Has this class do jobs of this kind; <see cref="Jobs.EnqueueAsync"/> takes them.</summary>
    public WorkPlan Handle<TJob, THandler>() where TJob : class where THandler : class, IJobHandler<TJob>
    {
        _services.TryAddSingleton<THandler>();
        _services.AddSingleton(JobKind.Of<TJob, THandler>());
        _services.AddHostedService<JobRunner>();
        return this;
    }
}

/// <summary>Adds a service's own work.</summary>
public static class WorkRegistration
{
    /// <summary>Leased work and <see cref="Jobs"/>, kept in the service's store. May be called several times.</summary>
    public static WebApplicationBuilder AddWork(this WebApplicationBuilder builder, Action<WorkPlan> configure)
    {
        var plan = new WorkPlan(builder.Services);
        AddLeases(builder.Services);
        if (builder.Services.All(s => s.ServiceType != typeof(Jobs)))
        {
            builder.Services.AddSingleton<Jobs>().AddSingleton<DocumentType>(Job.Documents);
            plan.Every<ForgetJobs>(ForgetJobs.Interval);
        }

        configure(plan);
        return builder;
    }

    internal static void AddLeases(IServiceCollection services)
    {
        if (services.All(s => !ReferenceEquals(s.ImplementationInstance, LeaseState.Documents))) services.AddSingleton<DocumentType>(LeaseState.Documents);
    }
}
