using System.Text.Json;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis.Unrolling;

/// <summary>Values of <c>values.json</c>, which another implementation gave in float64 for inputs of a <see cref="ReferenceStream"/>.</summary>
static class KnownValues
{
    static readonly Lazy<JsonElement> cases = new(() =>
    {
        using var stream = typeof(KnownValues).Assembly.GetManifestResourceStream("unrolled-values")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("cases").Clone();
    });

    internal static JsonElement Of(string name) => cases.Value.GetProperty(name);

    /// <summary>Fills a network from the stream, as the values were made: normalisation weights around 1, all else around 0.</summary>
    internal static void Fill(Module network, ReferenceStream stream, double scale)
    {
        network.To(Device.Cpu, DType.Float64);
        var norms = network.NamedModules().Where(module => module.Value is GroupNorm).Select(module => $"{module.Path}.weight").ToHashSet();
        foreach (var (path, parameter) in network.NamedParameters())
        {
            using var scope = new Scope();
            var drawn = stream.Draw(scale, parameter.Value.Shape);
            parameter.Assign(norms.Contains(path) ? drawn + 1 : drawn);
        }
    }

    /// <summary>A tensor's first entries, sum, length, and product with fixed weights agree to 1e-9.</summary>
    internal static void Near(JsonElement known, Tensor found)
    {
        using var scope = new Scope();
        var values = found.Detach().Reshape(-1);
        var length = known.GetProperty("l2").GetDouble();
        Assert.Equal(length, values.Norm().Item(), length * 1e-9);
        Assert.Equal(known.GetProperty("sum").GetDouble(), values.Sum().Item(), Math.Max(1, length) * 1e-9);
        Assert.Equal(known.GetProperty("dot").GetDouble(), (values * new ReferenceStream(777).Draw(1, values.Count)).Sum().Item(), length * 1e-9);
        foreach (var (expected, own) in known.GetProperty("first8").EnumerateArray().Zip(values.ToArray<double>())) Assert.Equal(expected.GetDouble(), own, length * 1e-9);
    }

    internal static void Near(JsonElement known, double found) => Assert.Equal(known.GetDouble(), found, Math.Max(1, Math.Abs(known.GetDouble())) * 1e-9);
}
