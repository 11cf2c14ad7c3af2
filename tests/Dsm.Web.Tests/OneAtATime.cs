// Hangfire hands out the job storage and activator that the process configured last. A hub is a process of its own everywhere but here,
// so the hubs of these tests must not start beside each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
