using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Objectives;

namespace Limbeck.Lab.Tests.Runs;

public sealed class StageJobTests
{
    [Fact]
    public void ASearchedNumberIsPrintedAsFarAsAnyoneReadsIt() => Assert.StartsWith("soft-targets (temperature = 3.14159, ",
        StageJob.Describe(new MethodRecipe("soft-targets", new SoftTargets.Options(Temperature: Math.PI))), StringComparison.Ordinal);
}
