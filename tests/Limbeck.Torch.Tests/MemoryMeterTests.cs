using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests;

[LeakFree]
public class MemoryMeterTests
{
    const long Bytes = 1000 * 4;

    [Fact]
    public void ItCountsWhatIsHeldAndTheMostThatWas()
    {
        using var scope = new Scope();
        using var meter = new MemoryMeter();
        Assert.Equal((0, 0), (meter.Held, meter.Peak));
        var first = Tensor.Zeros([1000]);
        var second = Tensor.Zeros([2000]);
        Assert.Equal((3 * Bytes, 3 * Bytes), (meter.Held, meter.Peak));
        second.Dispose();
        Assert.Equal((Bytes, 3 * Bytes), (meter.Held, meter.Peak));
        first.Dispose();
        Assert.Equal(0, meter.Held);
    }

    [Fact]
    public void AGraphsTensorsCountAlthoughNobodyHoldsThem()
    {
        using var scope = new Scope();
        var leaf = Tensor.Zeros([1000]);
        leaf.RequiresGrad = true;
        using var meter = new MemoryMeter();
        Tensor product;
        using (var inner = new Scope()) product = inner.Keep((leaf.Exp() * leaf.Tanh()).Sum());
        Assert.Equal((2 * Bytes) + 4, meter.Held);   // exp, tanh, and the sum, which is one number.
        product.Dispose();
        Assert.Equal(0, meter.Held);
    }

    [Fact]
    public void OneAtATimeOnAThread()
    {
        using (var first = new MemoryMeter())
            Assert.Contains("measured already", Assert.Throws<TorchException>(() => new MemoryMeter()).Message, StringComparison.Ordinal);
        using var next = new MemoryMeter();
        Assert.Equal(0, next.Peak);
    }
}
