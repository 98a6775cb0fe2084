using System.Buffers.Binary;
using System.Text;
using Limbeck.Data.Pickle;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>The pickle of one contiguous CPU tensor as PyTorch writes it (protocol 2): a call of <c>torch._utils._rebuild_tensor_v2</c> with a storage that is kept beside the pickle.</summary>
static class TensorPickle
{
    /// <summary>Name of the storage.</summary>
    internal const string Key = "0";

    const byte Protocol = 2;

    internal static byte[] Of(Tensor tensor)
    {
        using var pickle = new MemoryStream();
        Put(PickleOpcode.Proto, Protocol);
        Global("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark);
        Put(PickleOpcode.Mark);
        Text("storage");
        Global("torch", StorageOf(tensor.DType));
        Text(Key);
        Text("cpu");
        Number(tensor.Count);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.BinPersId);
        Number(0);
        Numbers(tensor.Shape);
        Numbers(Strides(tensor.Shape));
        Put(PickleOpcode.NewFalse);
        Global("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple);
        Put(PickleOpcode.Reduce);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.Reduce);
        Put(PickleOpcode.Stop);
        return pickle.ToArray();

        void Put(PickleOpcode opcode, params ReadOnlySpan<byte> operand)
        {
            pickle.WriteByte((byte)opcode);
            pickle.Write(operand);
        }

        void Global(string module, string name) => Put(PickleOpcode.Global, Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

        void Text(string text)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            Put(PickleOpcode.BinUnicode, [.. length, .. Encoding.ASCII.GetBytes(text)]);
        }

        void Number(long number)
        {
            Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
            bytes[0] = sizeof(long);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
            Put(PickleOpcode.Long1, bytes);
        }

        void Numbers(IReadOnlyList<long> numbers)
        {
            Put(PickleOpcode.Mark);
            foreach (var number in numbers) Number(number);
            Put(PickleOpcode.Tuple);
        }
    }

    // Row by row: of each dimension the product of those behind it.
    static long[] Strides(IReadOnlyList<long> shape) => [.. shape.Select((_, place) => shape.Skip(place + 1).Aggregate(1L, (product, size) => product * size))];

    static string StorageOf(DType dtype) => dtype switch
    {
        DType.Float32 => "FloatStorage",
        DType.Float64 => "DoubleStorage",
        DType.Int64 => "LongStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "tensors of float32, float64 and int64 are written"),
    };
}
