using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>A trained tensor of a module. Belongs to the module, not to a scope.</summary>
public sealed class Parameter : IDisposable
{
    Tensor own;
    Tensor? substitute;

    /// <summary>Takes over a tensor and lets autograd track it.</summary>
    public Parameter(Tensor initial)
    {
        own = initial.Hold();
        own.RequiresGrad = true;
    }

    /// <summary>The tensor that a forward pass uses: the module's own, or the one that <see cref="FlatParameters"/> put in its place for a call.</summary>
    public Tensor Value => substitute ?? own;

    /// <summary>Whether autograd tracks it.</summary>
    public bool Trainable
    {
        get => own.RequiresGrad;
        set => own.RequiresGrad = value;
    }

    /// <summary>Whether weight decay acts on it. Default true; false for a number whose zero means nothing, such as a learned temperature or the logarithm of a variance.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>What a layer's formula reads.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>Overwrites the values, in place, unseen by autograd.</summary>
    public void Assign(Tensor values)
    {
        using var off = Grad.Off();
        own.CopyFrom(values);
    }

    /// <summary>An independent parameter with the same values, on a device; trainable as this one is.</summary>
    public Parameter CopyTo(Device device)
    {
        using var scope = new Scope();
        return new Parameter(own.Detach().To(device).Clone()) { Trainable = Trainable, Decays = Decays };
    }

    /// <summary>Frees the tensor.</summary>
    public void Dispose() => own.Dispose();

    internal void Substitute(Tensor? value) => substitute = value;

    internal void Move(Device device, DType dtype)
    {
        using var scope = new Scope();
        var trainable = Trainable;
        var next = own.Detach().To(device, dtype).Clone();
        own.Dispose();
        own = next.Hold();
        own.RequiresGrad = trainable;
    }
}
