namespace Limbeck.Lab.Tests.Runs;

/// <summary>Tests that look at what a training knows of others in its process: none of another class runs beside them.</summary>
[CollectionDefinition(SideBySideTests.Alone, DisableParallelization = true)]
public sealed class AloneInTheProcess;
