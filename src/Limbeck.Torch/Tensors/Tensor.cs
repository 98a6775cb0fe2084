using System.Runtime.InteropServices;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Interop;

namespace Limbeck.Torch.Tensors;

/// <summary>
/// An n-dimensional array of libtorch. Members map one to one to ATen's operators: <c>LogSoftmax</c> is <c>log_softmax</c>.
/// Owned by the <see cref="Scope"/> that was open when it was made; without one by the caller.
/// </summary>
public sealed partial class Tensor : IDisposable
{
    // libtorch's loops refuse more ("too many (>64) dims").
    /// <summary>The most dimensions that a tensor may have.</summary>
    public const int MostDimensions = 64;
    const int Meta = 6;

    TensorHandle handle;
    ScopeFrame? frame;
    int slot;

    internal Tensor(TensorHandle handle)
    {
        this.handle = handle;
        JoinFrame(ScopeFrame.Current);
    }

    /// <summary>Sizes, outermost first.</summary>
    public long[] Shape
    {
        get
        {
            Span<long> info = stackalloc long[Meta + MostDimensions];
            Read(info);
            return info.Slice(Meta, (int)info[4]).ToArray();
        }
    }

    /// <summary>Element type.</summary>
    public DType DType => (DType)Read(stackalloc long[Meta])[0];

    /// <summary>Where it lives.</summary>
    public Device Device => Device.Unpack(Read(stackalloc long[Meta])[1]);

    /// <summary>Number of dimensions.</summary>
    public int Dim => (int)Read(stackalloc long[Meta])[4];

    /// <summary>Number of elements.</summary>
    public long Count => Read(stackalloc long[Meta])[5];

    /// <summary>Whether autograd tracks it.</summary>
    public bool RequiresGrad
    {
        get => Read(stackalloc long[Meta])[2] != 0;
        set => AutogradEngine.SetRequiresGrad(Alive(nameof(RequiresGrad)), value);
    }

    /// <summary>Whether it was made by the user, not by a recorded operator.</summary>
    public bool IsLeaf => Read(stackalloc long[Meta])[3] != 0;

    /// <summary>The gradient that <see cref="Grad.Backward"/> accumulated, or null.</summary>
    public Tensor? AccumulatedGrad => AutogradEngine.AccumulatedGrad(Alive(nameof(AccumulatedGrad)));

    /// <summary>Whether it is freed.</summary>
    public bool IsFreed => handle.Pointer == 0;

    internal TensorHandle Handle => handle;

    /// <summary>Size of one dimension; negative counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public long Size(int dim)
    {
        Span<long> info = stackalloc long[Meta + MostDimensions];
        Read(info);
        var index = dim < 0 ? dim + (int)info[4] : dim;
        if (index < 0 || index >= info[4]) throw new ArgumentOutOfRangeException(nameof(dim), dim, $"{Describe()} has {info[4]} dimensions");
        return info[Meta + index];
    }

    /// <summary>Copies values into a new CPU vector.</summary>
    public static Tensor From<T>(ReadOnlySpan<T> values) where T : unmanaged => From(values, [values.Length]);

    /// <summary>Copies values into a new CPU tensor of the given shape; an empty shape is a zero-dimensional tensor.</summary>
    /// <exception cref="ArgumentException">The shape's product is not the number of values.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), DTypes.Of<T>(), shape);

    /// <summary>Copies raw little-endian bytes into a new CPU tensor.</summary>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, DType dtype, ReadOnlySpan<long> shape)
    {
        var elements = 1L;
        foreach (var size in shape) elements = checked(elements * size);
        if (elements * dtype.Size() != bytes.Length)
            throw new ArgumentException($"shape [{string.Join(", ", shape.ToArray())}] of {dtype} needs {elements * dtype.Size()} bytes, got {bytes.Length}", nameof(bytes));
        return new Tensor(TensorHandle.FromBytes(bytes, (int)dtype, shape));
    }

    /// <summary>Copies the elements out, in row-major order. The element type must match.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType) throw new ArgumentException($"{Describe()} holds {DType}, not {typeof(T).Name}: convert it with To first");
        var values = new T[Count];
        ToBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Copies the raw little-endian bytes out, in row-major order.</summary>
    public void ToBytes(Span<byte> bytes) => Alive(nameof(ToBytes)).ToBytes(bytes);

    /// <summary>The one element, as a double.</summary>
    /// <exception cref="InvalidOperationException">There is more than one element.</exception>
    public double Item() => Count == 1
        ? item.CallNumber(this)
        : throw new InvalidOperationException($"Item needs a tensor of one element, got {Describe()}");

    /// <summary>Frees it now, before its scope would.</summary>
    public void Dispose()
    {
        JoinFrame(null);
        FreeFromFrame();
    }

    /// <summary>Type, device and shape, as error messages show them: <c>Float32[128, 10]</c>.</summary>
    public string Describe() => IsFreed ? "freed tensor" : $"{DType}[{string.Join(", ", Shape)}]{(Device.IsCuda ? $" on {Device}" : "")}";

    /// <inheritdoc/>
    public override string ToString() => IsFreed || Count > 64 ? Describe() : $"{Describe()} {{{string.Join(", ", To(DType.Float64).Values())}}}";

    /// <summary>Leaves its scope for a longer life: whoever holds it (a module, a dataset, an optimizer) disposes it.</summary>
    public Tensor Hold()
    {
        JoinFrame(null);
        return this;
    }

    internal void DropAccumulatedGrad() => AutogradEngine.DropAccumulatedGrad(Alive(nameof(DropAccumulatedGrad)));

    /// <summary>The handle, for something that names itself in the error where the tensor is freed.</summary>
    internal TensorHandle Alive(string doing) => handle.Pointer != 0
        ? handle
        : throw new ObjectDisposedException(nameof(Tensor), $"{doing} got a tensor that is freed already: its scope is closed, or it was disposed. Keep it with scope.Keep.");

    internal bool IsIn(ScopeFrame? asked) => asked is not null && frame == asked;

    internal void JoinFrame(ScopeFrame? next)
    {
        frame?.Remove(slot);
        frame = next;
        if (next is not null) slot = next.Add(this);
    }

    internal void MoveTo(int next) => slot = next;

    internal void FreeFromFrame()
    {
        frame = null;
        if (handle.Pointer == 0) return;
        handle.Release();
        handle = default;
    }

    double[] Values()
    {
        var values = ToArray<double>();
        Dispose();
        return values;
    }

    ReadOnlySpan<long> Read(Span<long> info) => Alive("a tensor's property").Info(info, "reading a tensor's shape");
}
