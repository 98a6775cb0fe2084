using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public sealed class AfdTests : IDisposable
{
    const int Classes = 6;

    readonly Network network = Sample.ResNet8(1, Classes);

    public void Dispose() => network.Dispose();

    [Fact]
    public void AgreesWithPlainLoops()
    {
        using var scope = new Scope();
        using var adversaries = Three();
        var maps = Maps(31);
        var known = adversaries.State().ToDictionary(entry => entry.Key, entry => entry.Value);
        // Of 2, 3 and 3 channels, and of 4×5, 3×2 and 4×4 places.
        var alike = maps.Select(PlainMaps.Of).Select((own, k) => k == 0 ? own.Pooled(3, 2).Convolved(known["transfer.0.0.weight"]).Normalised() : own.Pooled(3, 2)).ToArray();
        var expected = 0.0;
        for (var k = 0; k < 3; k++)
        {
            var (own, other) = (Judged(k, alike[k]), Judged(k, alike[(k + 2) % 3]));
            for (var i = 0; i < own.Length; i++) expected += (Math.Pow(1 - own[i], 2) + Math.Pow(1 - other[i], 2) + Math.Pow(own[i], 2)) / own.Length;
        }

        Assert.Equal(expected, adversaries.Loss(maps).Detach().Item(), 1e-10);

        double[] Judged(int k, PlainMaps shown) =>
        [
            .. shown.Convolved(known[$"discriminator.{k}.0.weight"]).Normalised().Mapped((_, value) => value > 0 ? value : 0.2 * value)
                .Convolved(known[$"discriminator.{k}.3.weight"], known[$"discriminator.{k}.3.bias"]).Entries().Select(entry => entry.Value),
        ];
    }

    [Fact]
    public void NetworksAndDiscriminatorsDoNotTrainEachOther()
    {
        using var scope = new Scope();
        using var adversaries = Three();
        var maps = adversaries.Transferred(Maps(32));
        var leaves = maps.Select(map => map.Detach()).ToArray();
        foreach (var leaf in leaves) leaf.RequiresGrad = true;
        var (names, values) = (adversaries.NamedParameters().Select(named => named.Path).ToArray(), adversaries.Parameters().Select(parameter => parameter.Value).ToArray());

        var deceit = Grad.OfUsed([adversaries.Deceit(1, leaves[1])], [.. leaves, .. values]);
        Assert.Equal([false, true, false], deceit[..3].Select(gradient => gradient is not null));
        Assert.All(deceit[3..], Assert.Null);

        var error = Grad.OfUsed([adversaries.Error(1, leaves[0], leaves[1])], [.. leaves, .. values]);
        Assert.All(error[..3], Assert.Null);
        Assert.All(names.Zip(error[3..]), pair => Assert.Equal(pair.First.StartsWith("discriminator.1.", StringComparison.Ordinal), pair.Second is not null));
    }

    [Fact]
    public void DifferencesConfirmBothSides()
    {
        using var scope = new Scope();
        using var adversaries = Three();
        var stream = new ReferenceStream(33);
        var (own, other) = (stream.Draw(1, 2, 3, 2, 2), stream.Draw(1, 2, 3, 2, 2));
        GradientCheck.First(at => adversaries.Deceit(1, at[0]), own);
        var last = adversaries.Parameters().Last();
        var exact = Grad.Of(adversaries.Error(2, other, own), [last.Value])[0].Item();
        var at = last.Value.Detach().Clone();
        Assert.Equal((Moved(1e-6) - Moved(-1e-6)) / 2e-6, exact, 1e-6);

        double Moved(double by)
        {
            last.Assign(at + by);
            return adversaries.Error(2, other, own).Detach().Item();
        }
    }

    // Where no discriminator can tell maps apart it says 1/2, and all three squares of a network are 1/4.
    [Fact]
    public void UndecidedDiscriminatorsAreAtRest()
    {
        using var scope = new Scope();
        using var adversaries = Three();
        foreach (var (name, parameter) in adversaries.NamedParameters())
        {
            if (name.EndsWith(".3.weight", StringComparison.Ordinal)) parameter.Assign(parameter.Value.ZerosLike());
            if (name.EndsWith(".3.bias", StringComparison.Ordinal)) parameter.Assign(parameter.Value.OnesLike() / 2);
        }

        var same = new ReferenceStream(34).Draw(1, 2, 3, 2, 2);
        Assert.Equal(0.25, adversaries.Deceit(1, same).Detach().Item(), 1e-12);
        var error = adversaries.Error(1, same, same);
        Assert.Equal(0.5, error.Detach().Item(), 1e-12);
        Assert.All(Grad.OfUsed([error], [.. adversaries.Parameters().Select(parameter => parameter.Value)]).OfType<Tensor>(), gradient => Assert.Equal(0, gradient.Norm().Item(), 1e-12));
    }

    [Fact]
    public void TheLossIsOfLogitsAndOfMaps()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(35);
        var student = Sample.Everywhere(stream, 2, 4, Classes, network);
        var batch = Sample.Labelled(4, Classes) with { Images = stream.Draw(1, 4, 3, 8, 8) };
        var objective = new Afd(new(Adversarial: 0.3));
        using var adversaries = (Adversaries)Sample.Parts(objective, student, [])!;
        Assert.DoesNotContain(adversaries.NamedParameters(), named => named.Path.StartsWith("transfer", StringComparison.Ordinal));
        var peer = adversaries.Peers.Answer(batch.Images, "stage*")[0];
        var expected = Peers.Together([student.Logits, peer.Logits], batch.Labels, 3, 1) + (0.3 * adversaries.Loss([student[["stage*"]][^1], peer[["stage*"]][^1]]));
        Assert.Equal(expected.Detach().Item(), objective.Loss(new Lesson(student, default, batch, adversaries)).Detach().Item(), 1e-10);
    }

    [Fact]
    public void RunningMeansStartFromNothing()
    {
        using var scope = new Scope();
        var student = Sample.Everywhere(new ReferenceStream(36), 2, 4, Classes, network);
        using var parts = Sample.Parts(new Afd(new(["plain-cnn-2"])), student, [])!;
        Assert.All(parts.NamedBuffers().Where(buffer => buffer.Path.EndsWith("running_mean", StringComparison.Ordinal)), buffer => Assert.Equal(0, buffer.Value.Value.Norm().Item()));
        Assert.All(parts.NamedModules(), module => Assert.True(module.Value.Training));
    }

    [Fact]
    public void SaysWhatAPeerDoesNotHave()
    {
        using var scope = new Scope();
        var student = Sample.Everywhere(new ReferenceStream(37), 2, 4, Classes, network);
        Assert.Contains("plain-cnn-2 has no place 'stage9'", Refused(new(["plain-cnn-2"], PeerTap: "stage9")));
        Assert.Contains("maps [B, C, H, W] are compared, and plain-cnn-2 gives", Refused(new(["plain-cnn-2"], PeerTap: "pooled")));

        string Refused(Afd.Options options) => Assert.Throws<ArgumentException>(() => Sample.Parts(new Afd(options), student, [])).Message;
    }

    static Tensor[] Maps(uint seed)
    {
        var stream = new ReferenceStream(seed);
        return [stream.Draw(2, 2, 2, 4, 5), stream.Draw(2, 2, 3, 3, 2), stream.Draw(2, 2, 3, 4, 4)];
    }

    Adversaries Three()
    {
        using var random = new Generator(7);
        var peers = new Peers("afd", ["mlp", "mlp"], new Setting(new Signals(Tensor.Zeros([2, Classes]), null, network), default, 16, random) { Input = new(3, 8, 8) });
        var adversaries = new Adversaries(peers, [2, 3, 3], random);
        adversaries.To(Device.Cpu, DType.Float64);
        return adversaries;
    }
}
