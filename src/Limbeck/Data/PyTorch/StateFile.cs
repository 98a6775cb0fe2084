using Limbeck.Data.Pickle;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>The weights of a network as PyTorch's users keep them: a state dict of <c>torch.save</c>, alone or in a checkpoint among other things, or a safetensors file.</summary>
public static class StateFile
{
    // What DataParallel puts before every name.
    const string Parallel = "module.";

    // Where several parts of a checkpoint are weights, such as those of a running mean, these are the network's.
    static readonly string[] usual = ["state_dict", "model_state_dict", "model", "net", "network"];

    /// <summary>Whether a file is of <c>torch.save</c>, by its first bytes.</summary>
    public static bool IsPickled(string path) => TorchFile.IsAt(path);

    /// <summary>Reads the weights, on the CPU and in the open scope; they may share memory. Nothing that a file says is executed: what is no plain data is passed over.</summary>
    /// <exception cref="DataFormatException">It holds no weights, or several parts that could be meant, or is broken.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        if (IsPickled(path)) return Named(Choose(path, TorchFile.Read(path, name => new PickleGlobal(name, _ => new Bystander()))));
        try
        {
            using var file = Safetensors.Load(path);
            return file.ReadAll();
        }
        catch (InvalidDataException neither)
        {
            throw new DataFormatException(path, null, "weights in a file of torch.save or safetensors", $"neither the start of the first nor the second: {neither.Message.TrimEnd('.')}", neither);
        }
    }

    static IReadOnlyDictionary<string, Tensor> Named(OrderedDictionary<object, object?> weights)
    {
        var prefix = weights.Keys.All(key => ((string)key).StartsWith(Parallel, StringComparison.Ordinal)) ? Parallel.Length : 0;
        return weights.ToDictionary(entry => ((string)entry.Key)[prefix..], entry => (Tensor)entry.Value!, StringComparer.Ordinal);
    }

    static OrderedDictionary<object, object?> Choose(string path, object? found)
    {
        if (found is not OrderedDictionary<object, object?> all) throw new DataFormatException(path, null, "a dictionary of tensors, as of model.state_dict()", found is Bystander ? "an object of Python, such as a whole model" : "something else");
        if (AreWeights(all)) return all;
        var parts = all.Where(part => part is { Key: string, Value: OrderedDictionary<object, object?> inner } && AreWeights(inner)).ToDictionary(part => (string)part.Key, part => (OrderedDictionary<object, object?>)part.Value!, StringComparer.Ordinal);
        if (parts.Count == 0) throw new DataFormatException(path, null, "a dictionary of tensors, as of model.state_dict(), or one with such a part", $"one of {Listed(all.Keys)}");
        return (parts.Count == 1 ? parts.Values.Single() : usual.Select(parts.GetValueOrDefault).FirstOrDefault(part => part is not null))
            ?? throw new DataFormatException(path, null, $"one network's weights, or a part named {string.Join(", ", usual)}", $"several, {Listed(parts.Keys)}: save the one that is meant by itself");
    }

    static bool AreWeights(OrderedDictionary<object, object?> part) => part.Count > 0 && part.All(entry => entry is { Key: string, Value: Tensor });

    static string Listed(IEnumerable<object> keys) => string.Join(", ", keys.Take(8));
}
