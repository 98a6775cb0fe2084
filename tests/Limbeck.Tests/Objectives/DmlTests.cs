using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public sealed class DmlTests : IDisposable
{
    readonly Network network = Sample.ResNet8(1, 6);

    public void Dispose() => network.Dispose();

    [Fact]
    public void AgreesWithReferenceValues()
    {
        using var scope = new Scope();
        var labels = Sample.Labelled(8, 10).Labels;
        var known = ReferenceCase.Of("dml");
        for (var k = 0; k < 3; k++)
        {
            var learner = k;
            known.Check($"L{k}", inputs => Functional.CrossEntropy(All(inputs)[learner], labels) + Peers.FromOthers(All(inputs), learner, 1));
        }

        known.Check("total_detached", inputs => Functional.CrossEntropy(inputs["z0"], labels) + Peers.Together(All(inputs), labels, 1, weight: 1));

        static Tensor[] All(IReadOnlyDictionary<string, Tensor> inputs) => [inputs["z0"], inputs["z1"], inputs["z2"]];
    }

    [Theory]
    [InlineData(2, 3, 7, 1, 1)]
    [InlineData(4, 1, 2, 2.5, 0.25)]
    public void AgreesWithPlainLoops(int networks, int batch, int classes, double temperature, double weight)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(7);
        var logits = Enumerable.Range(0, networks).Select(_ => stream.Draw(5, batch, classes)).ToArray();
        var labels = Sample.Labelled(batch, classes).Labels;
        var expected = 0.0;
        for (var k = 0; k < networks; k++)
        {
            for (var i = 0; i < batch; i++)
            {
                var own = PlainLoops.Rows(logits[k])[i];
                for (var l = 0; l < networks; l++)
                {
                    if (l == k) continue;
                    var taught = PlainLoops.Softmax(PlainLoops.Rows(logits[l])[i], temperature);
                    expected += temperature * temperature * PlainLoops.KullbackLeibler(taught, PlainLoops.Softmax(own, temperature)) / (networks - 1) / batch;
                }

                if (k > 0) expected -= Math.Log(PlainLoops.Softmax(own)[((3 * i) + 1) % classes]) / weight / batch;
            }
        }

        Assert.Equal(expected, Peers.Together(logits, labels, temperature, weight).Item(), 1e-10);
    }

    // The student's logits, one peer's weights and the weight that all is multiplied by.
    [Fact]
    public void TheWeightIsOfLearningFromEachOtherAndNotOfTheLabels()
    {
        using var scope = new Scope();
        var objective = new Dml(new());
        var batch = Sample.Labelled(4, 6) with { Images = new ReferenceStream(3).Draw(1, 4, 3, 8, 8) };
        var logits = new ReferenceStream(2).Draw(3, 4, 6);
        using var parts = (Peers)Sample.Parts(objective, new Signals(logits, null, network), [])!;
        foreach (var weight in new[] { 1, 0.2 })
        {
            logits.RequiresGrad = true;
            var bias = parts.Networks[0].Head.Bias!.Value;
            var found = Grad.Of(weight * objective.Loss(new Lesson(new Signals(logits), default, batch, parts) { Weight = weight }), [logits, bias]);
            var peerBC = parts.Networks[0].Call(batch.Images);
            var student = Grad.Of(weight * Divergence.Softened(peerBC.Detach(), logits, 1), [logits])[0];
            var peer = Grad.Of(Functional.CrossEntropy(peerBC, batch.Labels) + (weight * Divergence.Softened(logits.Detach(), peerBC, 1)), [bias])[0];
            Assert.Equal(0, (found[0] - student).Norm().Item(), 1e-12);
            Assert.Equal(0, (found[1] - peer).Norm().Item(), 1e-12);
        }
    }

    [Fact]
    public void DifferencesConfirmTheStudentsGradient()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(11);
        var (student, first, second, labels) = (stream.Draw(3, 3, 4), stream.Draw(3, 3, 4), stream.Draw(3, 3, 4), Sample.Labelled(3, 4).Labels);
        // In itself each answer is learned from too, which differences would see: the student's share alone is a function of its logits.
        GradientCheck.First(at => Peers.FromOthers([at[0], first, second], 0, 2), student);
        GradientCheck.Second(at => Peers.FromOthers([at[0], first, second], 0, 2), student);
        GradientCheck.First(at => Functional.CrossEntropy(at[0], labels) + Peers.FromOthers([student, at[0], second], 1, 1), first);
    }

    [Fact]
    public void PeersAreOfTheStudentsKindAndOfOtherWeights()
    {
        using var random = new Generator(1);
        // As a training does it: the student and the generator of parts from one seed.
        using var student = Zoo.Create("resnet-8", 6, new(3, 8, 8), seed: 1);
        using var scope = new Scope();
        using var parts = (Peers)new Dml(new()).MakeParts(new Setting(new Signals(Tensor.Zeros([2, 6]), null, student), default, 16, random) { Input = new(3, 8, 8) });
        var peer = Assert.Single(parts.Networks);
        Assert.Equal(("resnet-8", 6, student.Input), (peer.Name, peer.Classes, peer.Input));
        Assert.NotEqual(student.Parameters().First().Value.Detach().ToArray<float>(), peer.Parameters().First().Value.Detach().ToArray<float>());
        using var two = (Peers)new Dml(new(["resnet-8", "resnet-8"])).MakeParts(new Setting(new Signals(Tensor.Zeros([2, 6]), null, student), default, 16, random));
        Assert.NotEqual(two.Networks[0].Parameters().First().Value.Detach().ToArray<float>(), two.Networks[1].Parameters().First().Value.Detach().ToArray<float>());
    }

    [Fact]
    public void BatchNormsOfPeersMoveWithTheBatches()
    {
        using var scope = new Scope();
        var objective = new Dml(new());
        var says = new Signals(new ReferenceStream(2).Draw(3, 4, 6), null, network);
        using var parts = Sample.Parts(objective, says, [])!;
        var mean = parts.NamedBuffers().First(buffer => buffer.Path.EndsWith("running_mean", StringComparison.Ordinal)).Value.Value;
        var before = mean.Norm().Item();
        objective.Loss(new Lesson(says, default, Sample.Labelled(4, 6) with { Images = new ReferenceStream(3).Draw(1, 4, 3, 8, 8) }, parts));
        Assert.NotEqual(before, mean.Norm().Item());
    }

    [Fact]
    public void SaysWhichPeersThereMayBe()
    {
        using var scope = new Scope();
        using var unnamed = new Linear(4, 6, new Generator(1));
        var logits = Tensor.Zeros([2, 6], DType.Float64);
        Assert.Contains("no model 'resnet-9'; did you mean", Refused(["resnet-8", "resnet-9"], network));
        Assert.Contains("got an empty list of peers", Refused([], network));
        Assert.Contains("Linear is no model of the zoo: name some with 'peers'", Refused(null, unnamed));

        string Refused(string[]? peers, Module student) =>
            Assert.Throws<ArgumentException>(() => Sample.Parts(new Dml(new(peers)), new Signals(logits, null, student), [])).Message;
    }
}
