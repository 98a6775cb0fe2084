using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>
/// A layer or network from one tensor to another. Parameters, buffers and children register under PyTorch's names, so that
/// <see cref="State"/> has PyTorch's state-dict keys in PyTorch's order.
/// </summary>
public abstract class Module : IDisposable
{
    readonly List<(string Name, Parameter Value)> parameters = [];
    readonly List<(string Name, Buffer Value)> buffers = [];
    readonly List<(string Name, Module Value)> children = [];
    List<Listener>? listeners;

    /// <summary>Whether batch norm uses and updates batch statistics, and dropout drops. True until <see cref="Train"/> says otherwise.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>Direct children, in order of registration.</summary>
    public IReadOnlyList<(string Name, Module Value)> Children => children;

    /// <summary>Number of parameter elements, trainable or not.</summary>
    public long ParameterCount => Parameters().Sum(parameter => parameter.Value.Count);

    /// <summary>Runs the module, and tells whoever listens (see <see cref="Taps"/>).</summary>
    public Tensor Call(Tensor input)
    {
        if (listeners is null) return Forward(input);
        foreach (var listener in listeners) listener.Hear(TapSide.Input, input);
        var output = Forward(input);
        foreach (var listener in listeners) listener.Hear(TapSide.Output, output);
        return output;
    }

    /// <summary>Switches this module and all below it to training or evaluation.</summary>
    public void Train(bool on = true)
    {
        Training = on;
        foreach (var (_, child) in children) child.Train(on);
    }

    /// <summary>Every parameter below this module with its path, in PyTorch's order: a module's own before its children's.</summary>
    public IEnumerable<(string Path, Parameter Value)> NamedParameters() =>
        NamedModules().SelectMany(module => module.Value.parameters.Select(own => (Join(module.Path, own.Name), own.Value)));

    /// <summary>Every parameter below this module.</summary>
    public IEnumerable<Parameter> Parameters() => NamedParameters().Select(named => named.Value);

    /// <summary>Every buffer below this module with its path.</summary>
    public IEnumerable<(string Path, Buffer Value)> NamedBuffers() =>
        NamedModules().SelectMany(module => module.Value.buffers.Select(own => (Join(module.Path, own.Name), own.Value)));

    /// <summary>This module under the empty path, and every one below it.</summary>
    public IEnumerable<(string Path, Module Value)> NamedModules()
    {
        yield return ("", this);
        foreach (var (name, child) in children)
        {
            foreach (var (path, below) in child.NamedModules()) yield return (Join(name, path), below);
        }
    }

    /// <summary>Parameters and buffers under PyTorch's state-dict keys, in its order. The tensors stay the module's: copy what must outlive it.</summary>
    public IReadOnlyList<(string Key, Tensor Value)> State() =>
        [.. NamedModules().SelectMany(module => module.Value.OwnState().Select(own => (Join(module.Path, own.Key), own.Value)))];

    /// <summary>Copies a state into the parameters and buffers. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="StateMismatchException">A key is missing, is not known here, or has another shape: the message lists all of them.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        StateMismatchException.ThrowUnlessFits(GetType().Name, State(), state);
        foreach (var (path, parameter) in NamedParameters()) parameter.Assign(state[path]);
        foreach (var (path, buffer) in NamedBuffers()) buffer.Assign(state[path]);
    }

    /// <summary>Moves all parameters and floating buffers to a device and element type. Optimizers made before hold the old ones.</summary>
    public void To(Device device, DType dtype = DType.Float32)
    {
        foreach (var parameter in Parameters()) parameter.Move(device, dtype);
        foreach (var (_, buffer) in NamedBuffers()) buffer.Move(device, dtype);
    }

    /// <summary>Stops (or starts again) the training of every parameter below.</summary>
    public void Freeze(bool frozen = true)
    {
        foreach (var parameter in Parameters()) parameter.Trainable = !frozen;
    }

    /// <summary>Frees every parameter and buffer below.</summary>
    public void Dispose()
    {
        foreach (var (_, parameter) in parameters) parameter.Dispose();
        foreach (var (_, buffer) in buffers) buffer.Dispose();
        foreach (var (_, child) in children) child.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Listen(Listener listener) => (listeners ??= []).Add(listener);

    internal void Unlisten(Listener listener)
    {
        listeners?.Remove(listener);
        if (listeners is { Count: 0 }) listeners = null;
    }

    /// <summary>What the module computes. Call children through <see cref="Call"/>, so that they can be listened to.</summary>
    protected abstract Tensor Forward(Tensor input);

    /// <summary>Registers a child and returns it.</summary>
    protected T Add<T>(string name, T child) where T : Module
    {
        children.Add((name, child));
        return child;
    }

    /// <summary>Registers a parameter and returns it.</summary>
    protected Parameter Add(string name, Parameter parameter)
    {
        parameters.Add((name, parameter));
        return parameter;
    }

    /// <summary>Registers a buffer and returns it.</summary>
    protected Buffer Add(string name, Buffer buffer)
    {
        buffers.Add((name, buffer));
        return buffer;
    }

    static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    IEnumerable<(string Key, Tensor Value)> OwnState() =>
        parameters.Select(own => (own.Name, own.Value.Value)).Concat(buffers.Select(own => (own.Name, own.Value.Value)));
}
