using Limbeck.Synthesis.Regression;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Regression;

public class KernelRidgeTests
{
    // In the space of features the same is F (FᵀF + r I)⁻¹ Fᵀ y, r the ridge: a system of D numbers instead of S.
    [Fact]
    public void IsRidgeRegressionOnTheFeatures()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(41);
        var (features, labels, others) = (stream.Draw(1, 6, 4), stream.Draw(1, 6, 3), stream.Draw(1, 5, 4));
        var ridge = 0.02 * features.Square().Sum().Item() / 6;
        var momentsDD = features.Transpose(0, 1).Matmul(features) + (Tensor.Eye(4, DType.Float64) * ridge);
        var expected = others.Matmul(momentsDD.Solve(features.Transpose(0, 1).Matmul(labels)));
        Assert.True(KernelRidge.Predict(features, labels, others, 0.02).AllClose(expected, 1e-9, 1e-9));
    }

    [Fact]
    public void HasTheDerivativesThatDifferencesSay()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(42);
        Tensor[] inputs = [stream.Draw(1, 3, 4), stream.Draw(1, 3, 2), stream.Draw(1, 2, 4)];
        GradientCheck.First(at => KernelRidge.Predict(at[0], at[1], at[2], 0.1), inputs);
        GradientCheck.Second(at => KernelRidge.Predict(at[0], at[1], at[2], 0.1), inputs);
    }

    [Fact]
    public void MarginStopsWhereTheFirstLabelIsClear()
    {
        using var scope = new Scope();
        var labels = Tensor.From<double>([0.9, 0.1, 0.0, 0.0, 0.4, 0.3, 0.2, 0.1], [2, 4]);
        Assert.Equal(-(0.25 + 0.1) / 2, KernelRidge.Margin(labels).Item(), 1e-12);
        GradientCheck.First(at => KernelRidge.Margin(at[0]), labels);
    }
}
