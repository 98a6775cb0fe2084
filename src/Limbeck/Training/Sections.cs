using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>Several states in one checkpoint, each under a prefix of its own.</summary>
static class Sections
{
    internal static IEnumerable<(string, Tensor)> Prefixed(string prefix, IEnumerable<(string Key, Tensor Value)> state) =>
        state.Select(entry => (prefix + entry.Key, entry.Value));

    internal static Dictionary<string, Tensor> Under(SafetensorsFile file, string prefix) =>
        file.Entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Name[prefix.Length..], entry => file.Read(entry.Name), StringComparer.Ordinal);
}
