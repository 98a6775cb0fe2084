using System.Text.Json;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Training.Metaparameters;

public class HyperGradientTests
{
    // Lorraine 2020 on a quadratic: values of another implementation.
    const double NeumannRate = 0.25;

    [Theory]
    [InlineData("gorpinich")]
    [InlineData("hinton")]
    public void AgreesWithReferenceValues(string form)
    {
        using var scope = new Scope();
        var known = ReferenceCase.Of("metaparameters");
        var (losses, weights, meta) = SoftmaxRegression(known, form);
        var rate = known.Constant("inner_lr");
        known.Check($"{form}_train_loss", inputs => losses.Training(inputs["w"].Reshape(-1), meta));

        var (valueAfter, exact, weightsAfter) = Unrolled(losses, weights, meta, rate, steps: 1);
        Near($"{form}_w_after_step", weightsAfter);
        Near($"{form}_val_loss_after_step", valueAfter);
        Near($"{form}_exact_dlambda_dT", exact);
        Near($"{form}_greedy_mixed_derivative_dlambda_dT", HyperGradient.Greedy(losses, weights, meta, rate));
        Near($"{form}_darts_dlambda_dT", HyperGradient.FiniteDifference(losses, weights, meta, rate));
        var (valueAfterThree, throughThree, _) = Unrolled(losses, weights, meta, rate, steps: 3);
        Near($"{form}_three_steps_val_loss", valueAfterThree);
        Near($"{form}_three_steps_exact_dlambda_dT", throughThree);

        void Near(string value, Tensor found)
        {
            var expected = Numbers(known.Value(value)).ToList();
            var own = found.Detach().ToArray<double>();
            Assert.Equal(expected.Count, own.Length);
            Assert.All(expected.Zip(own), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [Fact]
    public void NeumannAgreesWithReferenceValuesWhenTheFactorIsThere()
    {
        using var scope = new Scope();
        var (losses, weights, meta) = Quadratic(out _);
        double[] expected = [-0.28071179257399353, 0.7086281398460523];
        Assert.All(expected.Zip(HyperGradient.Implicit(losses, weights, meta, NeumannRate, 5).ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void NeumannGoesToTheExactInverse()
    {
        using var scope = new Scope();
        var (losses, weights, meta) = Quadratic(out var closed);
        var errors = new[] { 0, 5, 20, 400 }.Select(terms => Distance(closed, HyperGradient.Implicit(losses, weights, meta, NeumannRate, terms))).ToArray();
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.InRange(errors[^1], 0, 1e-12);

        // A full unroll from the minimum is the truncated sum, and so goes there too.
        Assert.InRange(Distance(closed, Unrolled(losses, weights, meta, NeumannRate, 400).Gradient), 0, 1e-12);
    }

    [Fact]
    public void OneStepOnAQuadraticAgreesWithClosedFormAndDifferences()
    {
        using var scope = new Scope();
        var (losses, minimum, meta) = Quadratic(out _);
        var weights = minimum + Tensor.From<double>([0.3, -0.7, 0.2]);
        var (_, unrolled, after) = Unrolled(losses, weights, meta, 0.1, 1);
        var greedy = HyperGradient.Greedy(losses, weights, meta, 0.1);
        Assert.InRange(Distance(unrolled, greedy), 0, 1e-14);
        // L_T is of second degree, so its slope in h changes along a straight line.
        Assert.InRange(Distance(greedy, HyperGradient.FiniteDifference(losses, weights, meta, 0.1)), 0, 1e-12);

        var differences = Enumerable.Range(0, 2).Select(m => (At(m, 1e-6) - At(m, -1e-6)) / 2e-6).ToArray();
        Assert.All(differences.Zip(greedy.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
        Assert.True(after.Norm().Item() > 0);

        double At(int m, double by)
        {
            var moved = meta.ToArray<double>();
            moved[m] += by;
            return Unrolled(losses, weights, Tensor.From<double>(moved), 0.1, 1).Value.Item();
        }
    }

    [Fact]
    public void OnANetworkItIsTheGradientThroughTheStep()
    {
        using var scope = new Scope();
        using var random = new Generator(5);
        using var network = new Sequential(new Conv2d(2, 3, 3, random), new BatchNorm2d(3), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(12, 4, random));
        network.To(Device.Cpu, DType.Float64);
        var flat = new FlatParameters(network);
        var stream = new ReferenceStream(31);
        Tensor images = stream.Draw(1, 5, 2, 6, 6), held = stream.Draw(1, 5, 2, 6, 6), teacherBC = stream.Draw(3, 5, 4), labels = Labels([0, 3, 1, 2, 0]), heldLabels = Labels([1, 2, 0, 3, 3]);
        var losses = new BilevelLosses(
            (w, lambda) => Weighed(flat.Call(w, images), teacherBC, labels, lambda, "hinton"),
            (w, _) => Surprise(flat.Call(w, held), heldLabels));
        var (weights, meta) = (flat.Gather(), Tensor.From<double>([0.3, 2.5]));
        var (_, exact, _) = Unrolled(losses, weights, meta, 0.05, 1);
        Assert.NotEqual(0, exact.Norm().Item());
        Assert.InRange(Distance(exact, HyperGradient.Greedy(losses, weights, meta, 0.05)) / exact.Norm().Item(), 0, 1e-12);
        Assert.InRange(Distance(exact, HyperGradient.FiniteDifference(losses, weights, meta, 0.05)) / exact.Norm().Item(), 0, 0.02);
        // Without terms of the series it is one step that L_V does not see: the two agree as the rate goes to 0.
        var (tiny, direct) = (HyperGradient.Greedy(losses, weights, meta, 1e-6), HyperGradient.Implicit(losses, weights, meta, 1e-6, 0));
        Assert.InRange(Distance(tiny, direct) / direct.Norm().Item(), 0, 1e-4);
    }

    [Fact]
    public void WhatNothingDependsOnHasNone()
    {
        using var scope = new Scope();
        var losses = new BilevelLosses((w, _) => w.Sum(), (_, lambda) => (2 * lambda).Sum());
        var (w, lambda) = (Tensor.Ones([3], DType.Float64), Tensor.Ones([2], DType.Float64));
        foreach (var found in new[] { HyperGradient.Greedy(losses, w, lambda, 0.1), HyperGradient.FiniteDifference(losses, w, lambda, 0.1), HyperGradient.Implicit(losses, w, lambda, 0.1, 3) })
            Assert.Equal([2, 2], found.ToArray<double>());
    }

    static (BilevelLosses, Tensor Weights, Tensor Meta) SoftmaxRegression(ReferenceCase known, string form)
    {
        var inputs = known.Inputs;
        var (labels, heldLabels) = (Labels([.. Enumerable.Range(0, 6).Select(i => ((2L * i) + 1) % 3)]), Labels([.. Enumerable.Range(0, 6).Select(i => i % 3L)]));
        return (new BilevelLosses(
            (w, lambda) => Weighed(inputs["X"].Matmul(w.Reshape(4, 3)), inputs["F"], labels, lambda, form),
            (w, _) => Surprise(inputs["Xv"].Matmul(w.Reshape(4, 3)), heldLabels)), inputs["w"].Reshape(-1), Tensor.From<double>([known.Constant("lambda"), known.Constant("T")]));
    }

    // 0.5 wᵀAw − wᵀ(Bh + b) with A = MᵀM + I/2, and 0.5 Σ C_i (w_i − t_i)² + e·h, at the minimum of the first.
    static (BilevelLosses, Tensor Minimum, Tensor Meta) Quadratic(out Tensor closedForm)
    {
        var stream = new ReferenceStream(7001);
        Tensor M = stream.Draw(1, 3, 3), B = stream.Draw(1, 3, 2), b = stream.Draw(1, 3), t = stream.Draw(1, 3), h = stream.Draw(1, 2), e = stream.Draw(1, 2);
        var A = M.Transpose(0, 1).Matmul(M) + (0.5 * Tensor.Eye(3, DType.Float64));
        var C = Tensor.From<double>([1, 2, 3]);
        var inverse = Inverse(A);
        var minimum = inverse.Matmul(B.Matmul(h) + b);
        closedForm = e + B.Transpose(0, 1).Matmul(inverse.Matmul(C * (minimum - t)));
        return (new BilevelLosses(
            (w, meta) => (0.5 * (w * A.Matmul(w)).Sum()) - (w * (B.Matmul(meta) + b)).Sum(),
            (w, meta) => (0.5 * (C * (w - t).Square()).Sum()) + (e * meta).Sum()), minimum, h);
    }

    // U diag(1/s) Vᵀ turned round.
    static Tensor Inverse(Tensor matrix)
    {
        var (U, S, Vt) = matrix.Svd();
        return (Vt.Transpose(0, 1) / S).Matmul(U.Transpose(0, 1));
    }

    static (Tensor Value, Tensor Gradient, Tensor Weights) Unrolled(BilevelLosses losses, Tensor weightsP, Tensor metaM, double rate, int steps)
    {
        var (w, lambda) = (weightsP.Detach().Clone(), metaM.Detach().Clone());
        (w.RequiresGrad, lambda.RequiresGrad) = (true, true);
        for (var step = 0; step < steps; step++) w -= rate * Grad.Of(losses.Training(w, lambda), [w], createGraph: true)[0];
        var value = losses.Validation(w, lambda);
        return (value.Detach(), Grad.Of(value, [lambda])[0], w);
    }

    static Tensor Weighed(Tensor ownBC, Tensor teacherBC, Tensor labels, Tensor lambdaAndT, string form)
    {
        var (lambda, T) = (lambdaAndT.Narrow(0, 0, 1), lambdaAndT.Narrow(0, 1, 1));
        var (own, taught) = ((ownBC / T).LogSoftmax(1), (teacherBC / T).LogSoftmax(1));
        return form == "hinton"
            ? (((1 - lambda) * Surprise(ownBC, labels)) + (lambda * T.Square() * Divergence.KullbackLeibler(taught, own))).Sum()
            : ((lambda * Surprise(ownBC, labels)) + ((1 - lambda) * -(taught.Exp() * own).Sum(1).Mean())).Sum();
    }

    static Tensor Surprise(Tensor ownBC, Tensor labelsB) => -ownBC.LogSoftmax(1).Gather(1, labelsB.Unsqueeze(1)).Mean();

    static Tensor Labels(long[] labels) => Tensor.From<long>(labels);

    static double Distance(Tensor one, Tensor other) => (one - other).Norm().Item();

    static IEnumerable<double> Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Numbers) : [value.GetDouble()];
}
