using Limbeck.Models;
using Limbeck.Tests.Training;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Models;

public sealed class FeaturesTests
{
    [Fact]
    public void The_last_layer_makes_the_logits_of_them()
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        network.Train();
        var state = FitTests.Bytes(network);
        var pooledND = Features.Of(network, data.Train);
        Assert.Equal(data.Train.Count, pooledND.Size(0));
        Assert.Equal(state, FitTests.Bytes(network));
        Assert.True(network.Training);
        network.Train(false);
        Assert.True(network.Head.Call(pooledND.Narrow(0, 0, 7)).AllClose(network.Call(data.Train.Render(0, 7).Images), 1e-4, 1e-5));
    }

    [Fact]
    public void Maps_are_flattened_and_other_places_refused()
    {
        using var scope = new Scope();
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        Assert.Equal(2, Features.Of(network, data.Test, "stem").Dim);
        Assert.Contains("stage9", Assert.Throws<ArgumentException>(() => Features.Of(network, data.Test, "stage9")).Message, StringComparison.Ordinal);
    }
}
