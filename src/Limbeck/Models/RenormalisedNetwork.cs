using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>A network that is shown images normalised for another one, and sees them as it learned to: x ← (x σ + μ − μ′) / σ′ per channel, then the network itself.</summary>
/// <remarks>Whitened images are first taken back to pixels, and made whitened ones where it learned from such. So a teacher of one dataset can look at the images of another dataset's student. Its places keep their names; the paths of its modules begin with <c>body.</c></remarks>
public sealed class RenormalisedNetwork : Network
{
    readonly Network body;
    readonly Torch.Nn.Buffer scale, shift;
    readonly Normalization? shown, learned;

    /// <summary>Wraps a network, which belongs to this one from now on.</summary>
    /// <param name="body">The network.</param>
    /// <param name="shown">What the images that it will be shown are normalised with.</param>
    /// <param name="learned">What the images that it learned from were normalised with.</param>
    public RenormalisedNetwork(Network body, Normalization shown, Normalization learned) : base(body.Name, body.Classes, body.Input)
    {
        this.body = Add("body", body);
        (this.shown, this.learned) = (shown.Whitened is null ? null : shown, learned.Whitened is null ? null : learned);
        scale = Add("scale", new Torch.Nn.Buffer(PerChannel(channel => shown.Std[channel] / learned.Std[channel])));
        shift = Add("shift", new Torch.Nn.Buffer(PerChannel(channel => (shown.Mean[channel] - learned.Mean[channel]) / learned.Std[channel])));
        foreach (var (stage, tap) in body.Stages.Where(stage => stage.Key != "logits")) MarkPlace(stage, tap with { Path = $"body.{tap.Path}" });
        MarkPlace("logits", new Tap(""));

        Tensor PerChannel(Func<int, double> value) => Tensor.From<float>([.. Enumerable.Range(0, body.Input.Channels).Select(channel => (float)value(channel))]).Reshape(-1, 1, 1);
    }

    /// <inheritdoc/>
    public override Linear Head => body.Head;

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var scaled = (shown?.Undo(input) ?? input) * scale + shift;
        return body.Call(learned?.Apply(scaled) ?? scaled);
    }
}
