using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

public class ProcessMemoryTests
{
    // A file of the system that nobody may write, root included.
    [Fact]
    public void ASystemThatKeepsItsCounterStopsNoTraining()
    {
        ProcessMemory.Restart("/proc/version");
        Assert.True(ProcessMemory.Peak() > 0);
    }

    [Fact]
    public void ThePeakIsThatSinceTheRestart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux forgets a peak");
        using (new Scope()) Tensor.Ones([64 << 20]);
        var before = ProcessMemory.Peak();
        ProcessMemory.Restart();
        Assert.True(ProcessMemory.Peak() < before - (128 << 20), $"256 MiB were freed: {before} → {ProcessMemory.Peak()}");
    }
}
