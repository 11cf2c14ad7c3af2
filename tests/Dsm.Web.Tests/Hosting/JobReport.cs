using System.Globalization;
using System.Text;
using Hangfire;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Hosting;

/// <summary>What the job engine of a hub says of its jobs, for the message of a test that waited for one in vain.</summary>
internal static class JobReport
{
    private const int Most = 20;

    /// <summary>Servers, queues and the jobs in every state with what became of them; or why that cannot be said.</summary>
    public static string Of(IServiceProvider services)
    {
        try
        {
            JobStorage storage = services.GetRequiredService<JobStorage>();
            return $"Jobs of {storage} at {Time(DateTime.UtcNow)}:\n{Of(storage.GetMonitoringApi())}";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"The job engine does not answer: {e}";
        }
    }

    private static string Of(IMonitoringApi jobs)
    {
        StringBuilder text = new();
        foreach (ServerDto server in jobs.Servers())
        {
            text.Append(CultureInfo.InvariantCulture, $"server {server.Name}: {server.WorkersCount} workers, heartbeat {Time(server.Heartbeat)}\n");
        }

        foreach (QueueWithTopEnqueuedJobsDto queue in jobs.Queues())
        {
            text.Append(CultureInfo.InvariantCulture, $"queue {queue.Name}: {queue.Length} waiting, {queue.Fetched} fetched\n");
            jobs.EnqueuedJobs(queue.Name, 0, Most).ForEach(j => Add(text, jobs, "waiting", j.Key));
            jobs.FetchedJobs(queue.Name, 0, Most).ForEach(j => Add(text, jobs, "fetched", j.Key));
        }

        jobs.ProcessingJobs(0, Most).ForEach(j => Add(text, jobs, "processing", j.Key));
        jobs.ScheduledJobs(0, Most).ForEach(j => Add(text, jobs, "scheduled", j.Key));
        jobs.FailedJobs(0, Most).ForEach(j => Add(text, jobs, "failed", j.Key));
        return text.Append(CultureInfo.InvariantCulture, $"{jobs.SucceededListCount()} succeeded, {jobs.DeletedListCount()} deleted").ToString();
    }

    private static void Add(StringBuilder text, IMonitoringApi jobs, string what, string id)
    {
        JobDetailsDto? job = jobs.JobDetails(id);
        text.Append(CultureInfo.InvariantCulture, $"  {what} {id}: {job?.Job?.Type.Name}({string.Join(", ", job?.Job?.Args ?? [])})\n");
        foreach (StateHistoryDto state in job?.History ?? [])
        {
            string more = string.Join("; ", state.Data.Where(d => d.Key != "ExceptionType").Select(d => $"{d.Key}={d.Value}"));
            text.Append(CultureInfo.InvariantCulture, $"    {Time(state.CreatedAt)} {state.StateName} {state.Reason} {more}\n");
        }
    }

    private static string Time(DateTime? time) => time?.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "never";
}
