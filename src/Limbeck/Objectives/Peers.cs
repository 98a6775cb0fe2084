using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Networks that learn beside the student, each from the labels and from all the others, in a teacher's place. The student is number 0 among the K of them.</summary>
/// <remarks>Parts are always in training mode, so the peers' batch norms take statistics of every batch that they see, as the student's do.</remarks>
sealed class Peers : PartSet
{
    /// <param name="objective">Whose they are, in errors.</param>
    /// <param name="names">Names in the <see cref="Zoo"/>; null for one network of the student's own kind.</param>
    /// <param name="setting">The student, and the source of the peers' seeds.</param>
    /// <exception cref="ArgumentException">There is no such network, or none is named and the student is not of the zoo.</exception>
    internal Peers(string objective, IReadOnlyList<string>? names, in Setting setting)
    {
        var (classes, input, random) = ((int)setting.Student.Logits.Size(1), setting.Input, setting.Random);
        var known = names ?? [OwnKind(objective, setting.Student)];
        if (known.Count == 0) throw new ArgumentException($"{objective} learns from at least one other network: got an empty list of peers. Name some, or leave 'peers' out for one of the student's own kind.");
        try
        {
            Networks = [.. known.Select((name, number) => Add($"{number}", Zoo.Create(name, classes, input, Seed(random))))];
        }
        catch (KeyNotFoundException unknown)
        {
            Dispose();
            throw new ArgumentException($"{objective} makes its peers by name: {unknown.Message}", unknown);
        }
    }

    /// <summary>All but the student.</summary>
    internal IReadOnlyList<Network> Networks { get; }

    /// <summary>What each peer says of a batch.</summary>
    /// <param name="imagesBCHW">The batch's images.</param>
    /// <param name="taps">Places that are read, the same in all of them.</param>
    internal IReadOnlyList<Signals> Answer(Tensor imagesBCHW, params IReadOnlyList<string> taps) => [.. Networks.Select(network =>
    {
        var places = taps.ToDictionary(name => name, network.FindTaps, StringComparer.Ordinal);
        using var ears = new Taps(network, places.Values.SelectMany(place => place));
        var logitsBC = network.Call(imagesBCHW);
        return new Signals(logitsBC, places.ToDictionary(place => place.Key, IReadOnlyList<Tensor> (place) => [.. place.Value.Select(tap => ears[tap])], StringComparer.Ordinal), network);
    })];

    /// <summary>M_0 + Σ_{k≥1} (M_k + CE_k/w), M_k = 1/(K − 1) Σ_{l≠k} T² KL(softmax(z_l/T) || softmax(z_k/T)): what all K networks learn from each other, and what the peers learn from the labels.</summary>
    /// <remarks>No gradient flows into z_l, which is learned from. Multiplied by w, the peers' losses are CE_k + w M_k: what the student's is beside its own labels with weight 1.</remarks>
    /// <param name="logitsBC">z_0, …: the student's, and each peer's.</param>
    /// <param name="labelsB">Labels.</param>
    /// <param name="temperature">T.</param>
    /// <param name="weight">w, by which the caller multiplies.</param>
    internal static Tensor Together(IReadOnlyList<Tensor> logitsBC, Tensor labelsB, double temperature, double weight)
    {
        var loss = FromOthers(logitsBC, 0, temperature);
        for (var k = 1; k < logitsBC.Count; k++) loss = loss + FromOthers(logitsBC, k, temperature) + (Functional.CrossEntropy(logitsBC[k], labelsB) / weight);
        return loss;
    }

    /// <summary>M_k.</summary>
    internal static Tensor FromOthers(IReadOnlyList<Tensor> logitsBC, int learner, double temperature)
    {
        var others = logitsBC.Where((_, k) => k != learner).Select(otherBC => Divergence.Softened(otherBC.Detach(), logitsBC[learner], temperature));
        return others.Aggregate((sum, next) => sum + next) / (logitsBC.Count - 1);
    }

    static string OwnKind(string objective, Signals student) => student.Network is Network network
        ? network.Name
        : throw new ArgumentException($"{objective} makes its peers by name, and {student.Name} is no model of the zoo: name some with 'peers'.");

    // Drawn, not passed on: a student is often made from the same seed as the generator here, and a peer with its weights would teach it nothing.
    static long Seed(Generator random) => (long)Tensor.Randint(0, int.MaxValue, [1], random).Item();
}
