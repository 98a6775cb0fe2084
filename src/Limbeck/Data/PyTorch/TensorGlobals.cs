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
    /// <param name="identifier">What the pickle says.</param>
    /// <param name="known">Those that were read before, by name: each is read once.</param>
    /// <param name="read">Its bytes, by name and length.</param>
    internal static Tensor Storage(object? identifier, Dictionary<string, Tensor> known, Func<string, long, byte[]> read)
    {
        if (identifier is object?[] and ["module", ..]) throw new InvalidDataException("a whole model, which only its own code can make: save its state_dict()");
        if (identifier is not object?[] parts || parts is not ["storage", PickleGlobal type, string name, string, long count, .. var view] || view is not ([] or [null]) || !storages.TryGetValue(type.Name, out var dtype) || count < 0)
            throw new InvalidDataException("a storage that is not ('storage', type, name, place, count) with a type of numbers");
        if (!known.TryGetValue(name, out var storage)) known.Add(name, storage = Tensor.FromBytes(read(name, checked(count * dtype.Size())), dtype, [count]));
        return storage.Count == count && storage.DType == dtype ? storage : throw new InvalidDataException($"storage {name} of {storage.Describe()} and of {count} numbers of {dtype}");
    }

    // (storage, offset, sizes, strides, whether it required a gradient, hooks)
    static Tensor Rebuild(IReadOnlyList<object?> arguments)
    {
        if (arguments is not [Tensor storage, long offset, object?[] sizes, object?[] strides, ..] || !sizes.Concat(strides).All(number => number is >= 0L) || sizes.Length != strides.Length || offset < 0)
            throw new InvalidDataException("a tensor that is not (storage, offset, sizes, strides, …)");
        long[] shape = [.. sizes.Cast<long>()], steps = [.. strides.Cast<long>()];
        if (shape.Length > Tensor.MostDimensions) throw new InvalidDataException($"a tensor of {shape.Length} dimensions");
        var elements = shape.Where(size => size > 0).Aggregate((Int128)1, (product, size) => checked(product * size));
        if (shape.Contains(0)) return elements <= int.MaxValue ? Tensor.Empty(shape, storage.DType) : throw new InvalidDataException($"an empty tensor of [{string.Join(", ", shape)}]");
        // The last element lies here.
        var last = shape.Zip(steps, (size, step) => (Int128)(size - 1) * step).Aggregate((Int128)offset, (sum, way) => sum + way);
        if (last >= storage.Count || elements > Math.Max(storage.Count, 1))
            throw new InvalidDataException($"a tensor of {elements} elements up to number {last}, in a storage of {storage.Count}");
        return storage.AsStrided(shape, steps, offset);
    }
}
