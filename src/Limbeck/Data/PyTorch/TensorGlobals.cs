using Limbeck.Data.Pickle;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>The globals with which PyTorch pickles a tensor.</summary>
static class TensorGlobals
{
    static readonly Dictionary<string, DType> storages = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = DType.Float32,
        ["torch.DoubleStorage"] = DType.Float64,
        ["torch.HalfStorage"] = DType.Float16,
        ["torch.BFloat16Storage"] = DType.BFloat16,
        ["torch.LongStorage"] = DType.Int64,
        ["torch.IntStorage"] = DType.Int32,
        ["torch.ShortStorage"] = DType.Int16,
        ["torch.CharStorage"] = DType.Int8,
        ["torch.ByteStorage"] = DType.UInt8,
        ["torch.BoolStorage"] = DType.Bool,
    };

    internal static IReadOnlyList<PickleGlobal> All { get; } =
    [
        new("torch._utils._rebuild_tensor_v2", Rebuild),
        new("torch._utils._rebuild_tensor", Rebuild),
        new("torch._utils._rebuild_parameter", arguments => arguments is [Tensor tensor, ..] ? tensor : throw new InvalidDataException("a parameter that is made of no tensor")),
        .. storages.Keys.Select(name => new PickleGlobal(name)),
    ];

    /// <summary>A tensor's storage, flat, from its persistent identifier: ('storage', its type, the name of its bytes, where it was, how many elements), and before PyTorch 1.6 None, for a storage of its own.</summary>
    internal static Tensor Storage(object? identifier, Func<string, long, byte[]> read)
    {
        if (identifier is not object?[] parts || parts is not ["storage", PickleGlobal type, string name, string, long count, .. var view] || view is not ([] or [null]) || !storages.TryGetValue(type.Name, out var dtype) || count < 0)
            throw new InvalidDataException("a storage that is not ('storage', type, name, place, count) with a type of numbers");
        return Tensor.FromBytes(read(name, checked(count * dtype.Size())), dtype, [count]);
    }

    // (storage, offset, sizes, strides, whether it required a gradient, hooks)
    static Tensor Rebuild(IReadOnlyList<object?> arguments)
    {
        if (arguments is not [Tensor storage, long offset, object?[] sizes, object?[] strides, ..] || !sizes.Concat(strides).All(number => number is >= 0L) || sizes.Length != strides.Length || offset < 0)
            throw new InvalidDataException("a tensor that is not (storage, offset, sizes, strides, …)");
        long[] shape = [.. sizes.Cast<long>()], steps = [.. strides.Cast<long>()];
        var elements = shape.Aggregate((Int128)1, (product, size) => checked(product * size));
        // Of no elements, none is read; of the others, the last one lies here.
        var last = elements == 0 ? -1 : shape.Zip(steps, (size, step) => (Int128)(size - 1) * step).Aggregate((Int128)offset, (sum, way) => sum + way);
        if (last >= storage.Count || elements > Math.Max(storage.Count, 1))
            throw new InvalidDataException($"a tensor of {elements} elements up to number {last}, in a storage of {storage.Count}");
        return storage.AsStrided(shape, steps, offset).Contiguous();
    }
}
