// Installations share two cores; tests that kill processes would wait for each other's anyway.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Fleet.Tests.EndToEnd.SharedInstallation))]
