using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What a network says of one batch: its logits, and what passed the taps that were asked for.</summary>
public readonly struct Signals
{
    readonly Tensor? logits;
    readonly IReadOnlyDictionary<string, IReadOnlyList<Tensor>>? tapped;
    readonly Module? network;

    /// <summary>Collects what a forward pass gave.</summary>
    /// <param name="logits">B×C.</param>
    /// <param name="tapped">What passed each tap; under a pattern's name all that it matches, from input to output.</param>
    /// <param name="network">Who said it, for objectives that ask it again or read its weights.</param>
    public Signals(Tensor logits, IReadOnlyDictionary<string, IReadOnlyList<Tensor>>? tapped = null, Module? network = null) =>
        (this.logits, this.tapped, this.network) = (logits, tapped, network);

    /// <summary>B×C: scores before the softmax.</summary>
    /// <exception cref="InvalidOperationException">There is no such network: an objective that needs a teacher was given none. Or it is a teacher that does not know all classes.</exception>
    public Tensor Logits => Classes is null ? Known : throw Partial();

    /// <summary>B×K: scores of the classes that the network knows, see <see cref="Classes"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no such network.</exception>
    public Tensor Known => logits ?? throw Missing();

    /// <summary>The student's classes that <see cref="Known"/> stands for, in its order. Null: all. Empty: none, for a teacher of another task.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Who says it. Calling it again is a forward pass of its own: in training mode it moves the running means of batch norms.</summary>
    public Module Network => logits is null ? throw Missing() : network ?? throw new InvalidOperationException("this objective asks a network again or reads its weights: give its signals the network");

    /// <summary>What errors call the network.</summary>
    public string Name => network is Network known ? known.Name : network?.GetType().Name ?? "a network";

    /// <summary>What passed a tap, by stage name or module path.</summary>
    public Tensor this[string tap] => At(tap) is [var only] ? only : throw new InvalidOperationException($"'{tap}' is {At(tap).Count} places of {Name}: ask for all of them");

    /// <summary>What passed the taps of a list, patterns included, in its order.</summary>
    public IReadOnlyList<Tensor> this[IReadOnlyList<string> taps]
    {
        get
        {
            var own = this;
            return [.. taps.SelectMany(own.At)];
        }
    }

    IReadOnlyList<Tensor> At(string tap) => logits is null ? throw Missing() : tapped?.GetValueOrDefault(tap)
        ?? throw new InvalidOperationException($"nothing listens at '{tap}' of {Name}: the objective must name it among its taps");

    internal bool Exist => logits is not null;

    InvalidOperationException Partial() => new((Classes is { Count: > 0 } some
        ? $"the logits of the teacher {Name} stand for the classes {string.Join(", ", some)} of the student's, and are compared with all of them in order: take an objective that combines several teachers, or one that"
        : $"the teacher {Name} knows other classes than the student, and their logits are compared: take an objective that")
        + " reads places inside, such as fsp, hint or at");

    static InvalidOperationException Missing() => new("this objective reads a teacher, and there is none: name one with 'from'");
}
