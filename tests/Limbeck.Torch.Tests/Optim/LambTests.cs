using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests.Optim;

public sealed class LambTests : IDisposable
{
    const int Steps = 20;

    readonly OptimizerFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    // You et al. 2020, algorithm 2, number by number.
    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(0.1, 1e-3)]
    public void StepsAreTheAlgorithm(double decay, double eps)
    {
        var options = new LambOptions { Lr = 0.05, Beta1 = 0.8, Beta2 = 0.95, Eps = eps, WeightDecay = decay };
        var weights = fixture.Parameters.Select(Values).ToArray();
        var (first, second) = (weights.Select(w => new double[w.Length]).ToArray(), weights.Select(w => new double[w.Length]).ToArray());
        using var optimizer = Optimizer.Create(options, fixture.Parameters);
        for (var step = 1; step <= Steps; step++)
        {
            using var scope = new Scope();
            var gradients = fixture.Gradients(step);
            for (var k = 0; k < weights.Length; k++)
            {
                var (w, m, v, g) = (weights[k], first[k], second[k], gradients[k].ToArray<double>());
                var direction = new double[w.Length];
                for (var i = 0; i < w.Length; i++)
                {
                    m[i] = (0.8 * m[i]) + (0.2 * g[i]);
                    v[i] = (0.95 * v[i]) + (0.05 * g[i] * g[i]);
                    direction[i] = (m[i] / (1 - Math.Pow(0.8, step)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.95, step))) + eps)) + (decay * w[i]);
                }

                var trust = Length(w) / Length(direction);
                for (var i = 0; i < w.Length; i++) w[i] -= 0.05 * trust * direction[i];
            }

            optimizer.Step(gradients);
            Assert.All(weights.Zip(fixture.Parameters), pair => Assert.All(pair.First.Zip(Values(pair.Second)), value => Assert.Equal(value.First, value.Second, 1e-12)));
        }
    }

    [Fact]
    public void WhatHasNoLengthIsChangedByTheDirectionItself()
    {
        using var scope = new Scope();
        using var still = new Parameter(Tensor.Zeros([2], DType.Float64));
        using var moved = new Parameter(Tensor.From<double>([3, 4]));
        using var optimizer = new Lamb(new() { Lr = 0.1, Eps = 0 }, [still, moved]);
        optimizer.Step([Tensor.From<double>([2, -5]), Tensor.Zeros([2], DType.Float64) + 1e-300]);
        Assert.All(Values(still).Zip([-0.1, 0.1]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        // A share of its length: 0.1 · 5.
        using var next = new Lamb(new() { Lr = 0.1 }, [moved]);
        double[] before = Values(moved);
        next.Step([Tensor.From<double>([1, -1])]);
        Assert.Equal(0.1 * Length(before), Length([.. Values(moved).Zip(before, (now, then) => now - then)]), 1e-9);
    }

    static double[] Values(Parameter parameter) => parameter.Value.ToArray<double>();

    static double Length(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
