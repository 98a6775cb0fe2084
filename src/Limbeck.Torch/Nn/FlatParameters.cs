using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>
/// A network as a function of one parameter vector: <c>flat.Call(theta, x)</c> differentiates through theta, and leaves the network's own
/// parameters alone. What dataset distillation unrolls its training steps with.
/// </summary>
/// <remarks>The vector holds the parameters one after another in <see cref="Module.NamedParameters"/>'s order, each row-major. Buffers are not part of it: networks with running statistics keep updating their own.</remarks>
public sealed class FlatParameters
{
    readonly Module? network;
    readonly Parameter[] parameters;
    readonly long[][] shapes;
    readonly long[] sizes;

    /// <summary>Lays out the parameters of a network.</summary>
    public FlatParameters(Module network) : this(network.Parameters()) => this.network = network;

    /// <summary>Lays out some parameters, of one network or of several, in the order given.</summary>
    public FlatParameters(IEnumerable<Parameter> parameters)
    {
        this.parameters = [.. parameters];
        shapes = [.. this.parameters.Select(parameter => parameter.Value.Shape)];
        sizes = [.. this.parameters.Select(parameter => parameter.Value.Count)];
        Count = sizes.Sum();
    }

    /// <summary>Length of the vector.</summary>
    public long Count { get; }

    /// <summary>The network's present parameters as a vector, detached.</summary>
    public Tensor Gather()
    {
        using var scope = new Scope();
        return scope.Keep(Tensor.Cat([.. parameters.Select(parameter => parameter.Value.Detach().Reshape(-1))]));
    }

    /// <summary>Writes a vector into the network's own parameters.</summary>
    public void Scatter(Tensor thetaP)
    {
        using var scope = new Scope();
        var pieces = Split(thetaP);
        for (var i = 0; i < parameters.Length; i++) parameters[i].Assign(pieces[i]);
    }

    /// <summary>Runs the network with the vector in place of its parameters.</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    /// <exception cref="InvalidOperationException">These are the parameters of no one network: use <see cref="With"/>.</exception>
    public Tensor Call(Tensor thetaP, Tensor input) => With(thetaP, () => (network ?? throw new InvalidOperationException("these parameters were laid out without a network to call: use With"))
        .Call(input));

    /// <summary>Computes something with the vector in place of the parameters.</summary>
    /// <param name="thetaP">The vector.</param>
    /// <param name="compute">Calls the networks whose parameters these are, as often as it likes.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public T With<T>(Tensor thetaP, Func<T> compute)
    {
        var pieces = Split(thetaP);
        for (var i = 0; i < parameters.Length; i++) parameters[i].Substitute(pieces[i]);
        try
        {
            return compute();
        }
        finally
        {
            foreach (var parameter in parameters) parameter.Substitute(null);
        }
    }

    /// <summary>The vector's parts, each in its parameter's shape.</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public Tensor[] Split(Tensor thetaP)
    {
        if (thetaP.Dim != 1 || thetaP.Count != Count) throw new ArgumentException($"expected a vector of {Count} parameters, got {thetaP.Describe()}", nameof(thetaP));
        var pieces = thetaP.Split(sizes);
        for (var i = 0; i < pieces.Length; i++) pieces[i] = pieces[i].Reshape(shapes[i]);
        return pieces;
    }
}
