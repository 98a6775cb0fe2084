using System.Text.Json;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis.Reference;

/// <summary>
/// One case of <c>matching.json</c>: inputs drawn from a <see cref="ReferenceStream"/>, and what the published codes of MTT and DC (torch 1.13, float64) and a second computation gave for them. A tensor is kept as its sum,
/// its length, its product with the numbers of stream 777, and its first eight entries.
/// </summary>
sealed class MatchingCase
{
    const double Tolerance = 1e-9;
    static readonly Lazy<JsonElement> cases = new(Read);

    readonly JsonElement own;

    MatchingCase(JsonElement own)
    {
        this.own = own;
        var stream = new ReferenceStream(own.GetProperty("seed").GetUInt32());
        Inputs = [.. own.GetProperty("inputs").EnumerateArray().Select(input => (input.GetProperty("name").GetString()!, Draw(stream, input)))];
    }

    /// <summary>The tensors, in the open scope, in the order in which they were drawn.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> Inputs { get; }

    internal Tensor this[string name] => Inputs.Single(input => input.Name == name).Value;

    internal static MatchingCase Of(string name) => new(cases.Value.GetProperty(name));

    /// <summary>Numbers that an augmentation was given.</summary>
    internal double[] Drawn(string name) => [.. own.GetProperty("draws").GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>A number that was found.</summary>
    internal double Number(string name) => own.GetProperty("values").GetProperty(name).GetDouble();

    internal void Check(string name, Tensor found)
    {
        var kept = own.GetProperty("values").GetProperty(name);
        var values = found.Detach().Contiguous().ToArray<double>();
        var scale = Math.Max(1, kept.GetProperty("l2").GetDouble());
        var weights = new ReferenceStream(777).Draw(1, values.Length).ToArray<double>();
        Assert.Equal(kept.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), found.Shape);
        foreach (var (expected, entry) in kept.GetProperty("first8").EnumerateArray().Zip(values)) Assert.Equal(expected.GetDouble(), entry, Tolerance * scale);
        Assert.Equal(kept.GetProperty("sum").GetDouble(), values.Sum(), Tolerance * scale);
        Assert.Equal(kept.GetProperty("l2").GetDouble(), Math.Sqrt(values.Sum(value => value * value)), Tolerance * scale);
        Assert.Equal(kept.GetProperty("dot").GetDouble(), values.Zip(weights, (value, weight) => value * weight).Sum(), Tolerance * scale);
    }

    static Tensor Draw(ReferenceStream stream, JsonElement input)
    {
        long[] shape = [.. input.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        return stream.Draw(input.GetProperty("scale").GetDouble(), shape) + input.GetProperty("offset").GetDouble();
    }

    static JsonElement Read()
    {
        using var stream = typeof(MatchingCase).Assembly.GetManifestResourceStream("matching-values")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
