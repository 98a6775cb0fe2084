using System.Globalization;
using System.Numerics;
using System.Text;

namespace Limbeck.Data.Pickle;

/// <summary>Reads pickles (protocols 0 to 4) without executing anything: a global that is not on the list is refused by name, and those on it are C# functions.</summary>
/// <remarks>
/// <para>Python becomes C#: None null; bool, float bool, double; int long, or BigInteger where it is too large; str string; list List&lt;object?&gt;;
/// tuple object?[]; dict OrderedDictionary&lt;object, object?&gt;; bytes, and Python 2's str, which is bytes, ReadOnlyMemory&lt;byte&gt;.
/// A dictionary's key of bytes becomes a (Latin-1) string, so that files written by Python 2 and by Python 3 read alike.</para>
/// <para>Nothing recurses, and no length is believed beyond the bytes that are there, so a hostile file costs no more than its own size.</para>
/// </remarks>
/// <param name="globals">What a pickle may name.</param>
/// <param name="persistent">Resolves persistent identifiers (PyTorch's storages); null to refuse them.</param>
/// <param name="others">What stands for a global that is not on the list, by its name; null to refuse it. Where it is there, keys of dictionaries may be anything.</param>
internal sealed class Unpickler(IEnumerable<PickleGlobal> globals, Func<object?, object?>? persistent = null, Func<string, PickleGlobal>? others = null)
{
    const int NewestProtocol = 4;
    const int LargestInteger = 4096; // bytes; parsing a decimal text costs the square of its length

    readonly Dictionary<string, PickleGlobal> allowed = globals.ToDictionary(global => global.Name);

    /// <summary>Reads one pickle, which must end where the bytes end.</summary>
    /// <exception cref="DataFormatException">The pickle is broken, or names what is not on the list.</exception>
    public object? Load(ReadOnlyMemory<byte> bytes, string path)
    {
        var value = Load(bytes, path, out var length);
        return length == bytes.Length ? value : throw new DataFormatException(path, length, "the end of the file after the pickle", $"{bytes.Length - length} more bytes: it is padded");
    }

    /// <summary>Reads the pickle at the start of the bytes, and says how long it is.</summary>
    /// <exception cref="DataFormatException">The pickle is broken, or names what is not on the list.</exception>
    public object? Load(ReadOnlyMemory<byte> bytes, string path, out int length)
    {
        var reader = new PickleReader(bytes);
        var stack = new PickleStack();
        var memo = new Dictionary<long, object?>();
        var start = 0;
        try
        {
            while (true)
            {
                start = reader.Offset;
                var opcode = (PickleOpcode)reader.Byte();
                if (opcode == PickleOpcode.Stop)
                    break;
                Step(opcode, reader, stack, memo);
            }
            length = reader.Offset;
            return stack.Pop();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException)
        {
            throw new DataFormatException(path, start, "a pickle of plain data", e.Message.TrimEnd('.'), e);
        }
    }

    void Step(PickleOpcode opcode, PickleReader reader, PickleStack stack, Dictionary<long, object?> memo)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(reader.Byte()); break;
            case PickleOpcode.Frame: reader.Int64(); break;

            case PickleOpcode.Mark: stack.Mark(); break;
            case PickleOpcode.Pop: stack.Pop(); break;
            case PickleOpcode.PopMark: stack.PopToMark(); break;
            case PickleOpcode.Dup: stack.Push(stack.Peek()); break;

            case PickleOpcode.None: stack.Push(null); break;
            case PickleOpcode.NewTrue: stack.Push(true); break;
            case PickleOpcode.NewFalse: stack.Push(false); break;
            case PickleOpcode.Int: stack.Push(TextInteger(reader.Line())); break;
            case PickleOpcode.Long: stack.Push(TextInteger(reader.Line().TrimEnd('L'))); break;
            case PickleOpcode.BinInt: stack.Push((long)reader.Int32()); break;
            case PickleOpcode.BinInt1: stack.Push((long)reader.Byte()); break;
            case PickleOpcode.BinInt2: stack.Push((long)reader.UInt16()); break;
            case PickleOpcode.Long1: stack.Push(Integer(reader.Take(reader.Byte()))); break;
            case PickleOpcode.Long4: stack.Push(Integer(reader.Take(reader.Int32()))); break;
            case PickleOpcode.Float: stack.Push(double.Parse(reader.Line(), CultureInfo.InvariantCulture)); break;
            case PickleOpcode.BinFloat: stack.Push(reader.Float()); break;

            case PickleOpcode.String: stack.Push(PythonLiteral.Bytes(reader.Line())); break;
            case PickleOpcode.ShortBinString or PickleOpcode.ShortBinBytes: stack.Push(reader.Take(reader.Byte())); break;
            case PickleOpcode.BinString: stack.Push(reader.Take(reader.Int32())); break;
            case PickleOpcode.BinBytes: stack.Push(reader.Take(reader.UInt32())); break;
            case PickleOpcode.BinBytes8: stack.Push(reader.Take(reader.Int64())); break;
            case PickleOpcode.Unicode: stack.Push(PythonLiteral.Text(reader.Line())); break;
            case PickleOpcode.ShortBinUnicode: stack.Push(reader.Utf8(reader.Byte())); break;
            case PickleOpcode.BinUnicode: stack.Push(reader.Utf8(reader.UInt32())); break;
            case PickleOpcode.BinUnicode8: stack.Push(reader.Utf8(reader.Int64())); break;

            case PickleOpcode.EmptyList: stack.Push(new List<object?>()); break;
            case PickleOpcode.List: stack.Push(stack.PopToMark().ToList()); break;
            case PickleOpcode.Append: Append(stack, [stack.Pop()]); break;
            case PickleOpcode.Appends: Append(stack, stack.PopToMark()); break;
            case PickleOpcode.EmptyTuple: stack.Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple: stack.Push(stack.PopToMark()); break;
            case PickleOpcode.Tuple1: stack.Push(stack.Pop(1)); break;
            case PickleOpcode.Tuple2: stack.Push(stack.Pop(2)); break;
            case PickleOpcode.Tuple3: stack.Push(stack.Pop(3)); break;
            case PickleOpcode.EmptyDict: stack.Push(new OrderedDictionary<object, object?>()); break;
            case PickleOpcode.Dict: stack.Push(Fill([], stack.PopToMark())); break;
            case PickleOpcode.SetItem: SetItems(stack, stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(stack, stack.PopToMark()); break;

            case PickleOpcode.Put: memo[long.Parse(reader.Line(), CultureInfo.InvariantCulture)] = stack.Peek(); break;
            case PickleOpcode.BinPut: memo[reader.Byte()] = stack.Peek(); break;
            case PickleOpcode.LongBinPut: memo[reader.UInt32()] = stack.Peek(); break;
            case PickleOpcode.Memoize: memo[memo.Count] = stack.Peek(); break;
            case PickleOpcode.Get: stack.Push(Recall(memo, long.Parse(reader.Line(), CultureInfo.InvariantCulture))); break;
            case PickleOpcode.BinGet: stack.Push(Recall(memo, reader.Byte())); break;
            case PickleOpcode.LongBinGet: stack.Push(Recall(memo, reader.UInt32())); break;

            case PickleOpcode.Global: stack.Push(Allowed(reader.Line(), reader.Line())); break;
            case PickleOpcode.StackGlobal: StackGlobal(stack); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj: Call(stack); break;
            case PickleOpcode.Build: Build(stack); break;
            case PickleOpcode.PersId: stack.Push(Persistent(reader.Line())); break;
            case PickleOpcode.BinPersId: stack.Push(Persistent(stack.Pop())); break;

            default: throw new InvalidDataException($"opcode 0x{(byte)opcode:x2}, which this reader does not know");
        }
    }

    static void CheckProtocol(byte protocol)
    {
        if (protocol > NewestProtocol)
            throw new InvalidDataException($"protocol {protocol}; this reader knows 0 to {NewestProtocol}");
    }

    // Protocol 0 and 1 write booleans as the integers 00 and 01.
    static object TextInteger(string text) => text switch
    {
        "00" => false,
        "01" => true,
        { Length: > LargestInteger } => throw new InvalidDataException($"an integer of {text.Length} digits"),
        _ => Narrow(BigInteger.Parse(text, CultureInfo.InvariantCulture)),
    };

    static object Integer(ReadOnlyMemory<byte> littleEndian) =>
        littleEndian.Length <= LargestInteger ? Narrow(new(littleEndian.Span)) : throw new InvalidDataException($"an integer of {littleEndian.Length} bytes");

    static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    static void Append(PickleStack stack, object?[] items)
    {
        if (stack.Peek() is not Bystander) stack.Peek<List<object?>>("list").AddRange(items);
    }

    void SetItems(PickleStack stack, object?[] pairs)
    {
        if (stack.Peek() is not Bystander) Fill(stack.Peek<OrderedDictionary<object, object?>>("dictionary"), pairs);
    }

    OrderedDictionary<object, object?> Fill(OrderedDictionary<object, object?> target, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw new InvalidDataException("a dictionary's key has no value");
        for (var i = 0; i < pairs.Length; i += 2)
            target[Key(pairs[i])] = pairs[i + 1];
        return target;
    }

    object Key(object? key) => key switch
    {
        ReadOnlyMemory<byte> bytes => Encoding.Latin1.GetString(bytes.Span),
        string or long or bool or double or BigInteger => key,
        // Of what is passed over anyway, any.
        _ when others is not null => key ?? DBNull.Value,
        _ => throw new InvalidDataException($"a dictionary's key is a {key?.GetType().Name ?? "None"}; texts and numbers are allowed"),
    };

    static object? Recall(Dictionary<long, object?> memo, long index) =>
        memo.TryGetValue(index, out var value) ? value : throw new InvalidDataException($"memo entry {index} is asked for and was never made");

    void StackGlobal(PickleStack stack)
    {
        var name = stack.Pop<string>("name");
        stack.Push(Allowed(stack.Pop<string>("module name"), name));
    }

    PickleGlobal Allowed(string module, string name) =>
        allowed.TryGetValue($"{module}.{name}", out var global) ? global : others?.Invoke($"{module}.{name}")
            ?? throw new InvalidDataException($"the global {module}.{name}, which is not on the list ({string.Join(", ", allowed.Keys)}); loading it in Python could run code");

    static void Call(PickleStack stack)
    {
        var arguments = stack.Pop<object?[]>("tuple of arguments");
        var global = stack.Pop<PickleGlobal>("global");
        if (global.Call is null)
            throw new InvalidDataException($"a call of {global}, which may only be named");
        stack.Push(global.Call(arguments));
    }

    static void Build(PickleStack stack)
    {
        var state = stack.Pop();
        switch (stack.Peek())
        {
            case IPickleState target: target.SetState(state); break;
            // Attributes set on a dictionary (a PyTorch state dict's _metadata) hold no data.
            case OrderedDictionary<object, object?>: break;
            case var other: throw new InvalidDataException($"a state for a {other?.GetType().Name ?? "None"}, which takes none");
        }
    }

    object? Persistent(object? identifier) =>
        persistent is null ? throw new InvalidDataException("a reference to an object outside of the pickle") : persistent(identifier);
}
