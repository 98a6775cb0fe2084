using System.Globalization;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>Several networks that answer as one: log of the mean of softmax(z_m), or the mean of the logits z_m.</summary>
/// <remarks>
/// Called <c>mean(3 resnet-26)</c>, <c>mean(resnet-8, resnet-20)</c> or, of logits, <c>logit-mean(3 resnet-26)</c>. Its logits are normalised where probabilities are averaged, so
/// that softmax gives the mean back at temperature 1. At another temperature it softens the mean, which is not the mean of what its members soften.
/// It has an answer and no maps of its own: an objective that reads maps takes the members as its teachers.
/// </remarks>
public sealed class EnsembleNetwork : Network
{
    const string Between = ", ";

    readonly Network[] members;
    readonly EnsembleMean mean;

    /// <summary>Puts networks together; they belong to this one from now on.</summary>
    /// <param name="members">One or more, for the same images and classes.</param>
    /// <param name="mean">What is averaged.</param>
    /// <exception cref="ArgumentException">They have other images or classes.</exception>
    public EnsembleNetwork(IReadOnlyList<Network> members, EnsembleMean mean = EnsembleMean.Probabilities)
        : base(NameOf([.. members.Select(member => member.Name)], mean), members[0].Classes, members[0].Input)
    {
        if (members.FirstOrDefault(member => (member.Classes, member.Input) != (Classes, Input)) is { } odd)
            throw new ArgumentException($"{members[0].Name} has {Classes} classes of images {Input}, {odd.Name} {odd.Classes} of {odd.Input}: only answers to the same question have a mean", nameof(members));
        this.members = [.. members.Select((member, place) => Add(place.ToString(CultureInfo.InvariantCulture), member))];
        this.mean = mean;
        MarkPlace("logits", new Tap(""));
    }

    /// <summary>The networks, in their order.</summary>
    public IReadOnlyList<Network> Members => members;

    /// <summary>There is none.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override Linear Head => throw new InvalidOperationException($"{Name} answers with the mean of its members and has no last layer of its own: take one of them");

    private protected override string Advice => "It has an answer and no maps of its own: name its members in 'from'.";

    /// <summary>Its name in the <see cref="Zoo"/>: neighbours of one kind are counted.</summary>
    /// <param name="members">Names of the members.</param>
    /// <param name="mean">What is averaged.</param>
    public static string NameOf(IReadOnlyList<string> members, EnsembleMean mean)
    {
        var runs = new List<(string Name, int Count)>();
        foreach (var name in members)
        {
            if (runs.Count > 0 && runs[^1].Name == name) runs[^1] = (name, runs[^1].Count + 1);
            else runs.Add((name, 1));
        }

        return $"{Opening(mean)}{string.Join(Between, runs.Select(run => run.Count == 1 ? run.Name : $"{run.Count} {run.Name}"))})";
    }

    /// <summary>Names of the members and what is averaged, from the name of an ensemble; null for any other name.</summary>
    internal static (IReadOnlyList<string> Members, EnsembleMean Mean)? Parse(string name)
    {
        foreach (var mean in Enum.GetValues<EnsembleMean>())
        {
            var opening = Opening(mean);
            if (name.StartsWith(opening, StringComparison.Ordinal) && name.EndsWith(')')) return ([.. name[opening.Length..^1].Split(Between).SelectMany(Run)], mean);
        }

        return null;
    }

    // "3 resnet-26", or "resnet-26" for one. What is neither is no network's name, and told so by whoever makes it.
    static IEnumerable<string> Run(string run) =>
        run.Split(' ') is [var count, var name] && int.TryParse(count, CultureInfo.InvariantCulture, out var times) ? Enumerable.Repeat(name, times) : [run];

    static string Opening(EnsembleMean mean) => mean == EnsembleMean.Logits ? "logit-mean(" : "mean(";

    // M members, B batch, C classes
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var logitsMBC = Tensor.Stack([.. members.Select(member => member.Call(input))]);
        return mean == EnsembleMean.Logits ? logitsMBC.Mean(0) : logitsMBC.LogSoftmax(2).LogSumExp(0) - Math.Log(members.Length);
    }
}
