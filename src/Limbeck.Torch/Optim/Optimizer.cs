using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Optim;

/// <summary>
/// Changes parameters by their gradients, as PyTorch's optimizer of the same name does. Owns its state (momentum and the like);
/// the parameters stay their module's.
/// </summary>
public abstract class Optimizer : IDisposable
{
    const string FactorKey = "learning-rate-factor";

    static readonly Dictionary<Type, Func<IReadOnlyList<ParameterGroup>, Optimizer>> kinds = new()
    {
        [typeof(SgdOptions)] = groups => new Sgd(groups),
        [typeof(AdamOptions)] = groups => new Adam(groups),
        [typeof(AdamWOptions)] = groups => new AdamW(groups),
        [typeof(LambOptions)] = groups => new Lamb(groups),
        [typeof(DotOptions)] = groups => new Dot(groups),
        [typeof(RmsPropOptions)] = groups => new RmsProp(groups),
    };

    readonly GroupState[] states;

    /// <summary>Takes parameter groups, and makes zeroed state for them.</summary>
    /// <param name="groups">What to train, and how; the gradients of a step come in this order.</param>
    /// <param name="slots">PyTorch's names of the tensors that a parameter with such options needs.</param>
    protected Optimizer(IReadOnlyList<ParameterGroup> groups, Func<OptimizerOptions, IReadOnlyList<string>> slots)
    {
        Groups = groups;
        if (groups.Select(group => group.Options.GetType()).Distinct().Skip(1).Any())
            throw new ArgumentException($"one optimizer takes one kind of options, got {string.Join(", ", groups.Select(group => group.Options.GetType().Name).Distinct())}", nameof(groups));
        if (Parameters.GroupBy(parameter => parameter).FirstOrDefault(same => same.Skip(1).Any())?.Key is { } twice)
            throw new ArgumentException($"the parameter {twice.Value.Describe()} is listed twice: it would be updated twice a step", nameof(groups));
        states = [.. groups.Select(group => new GroupState(group, slots(group.Options)))];
    }

    /// <summary>The parameters and their options.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>All parameters, in the order in which a step takes their gradients.</summary>
    public IEnumerable<Parameter> Parameters => Groups.SelectMany(group => group.Parameters);

    /// <summary>Multiplies the learning rate of every group. A <see cref="Schedule"/> sets it before each step.</summary>
    public double LearningRateFactor { get; set; } = 1;

    /// <summary>Makes the optimizer that the options' type names, for one group.</summary>
    public static Optimizer Create(OptimizerOptions options, IEnumerable<Parameter> parameters) =>
        Create(new ParameterGroup([.. parameters], options));

    /// <summary>Makes the optimizer that the options' type names.</summary>
    /// <exception cref="ArgumentException">No group, options of several types, or of a type that is not in the table.</exception>
    public static Optimizer Create(params IReadOnlyList<ParameterGroup> groups)
    {
        if (groups.Count == 0) throw new ArgumentException("an optimizer needs at least one parameter group", nameof(groups));
        var asked = groups[0].Options.GetType();
        return kinds.TryGetValue(asked, out var make)
            ? make(groups)
            : throw new ArgumentException($"no optimizer takes {asked.Name}: expected {string.Join(", ", kinds.Keys.Select(kind => kind.Name))}", nameof(groups));
    }

    /// <summary>One step by gradients in the order of <see cref="Parameters"/>, as <see cref="Grad.Of(Tensor, ReadOnlySpan{Tensor}, bool)"/> gives them.</summary>
    /// <param name="gradients">One each; null leaves that parameter, its state and its step count as they are. They are not changed.</param>
    /// <exception cref="ArgumentException">There are more or fewer gradients than parameters.</exception>
    public void Step(ReadOnlySpan<Tensor?> gradients) => Step(gradients, []);

    private protected void Step(ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor?> seconds)
    {
        var count = states.Sum(state => state.Count);
        if (gradients.Length != count) throw new ArgumentException($"got {gradients.Length} gradients for {count} parameters", nameof(gradients));
        if (!seconds.IsEmpty && seconds.Length != count) throw new ArgumentException($"got {seconds.Length} gradients of a second loss for {count} parameters", nameof(seconds));
        using var scope = new Scope();
        using var off = Grad.Off();
        var at = 0;
        foreach (var state in states)
        {
            foreach (var cohort in state.Advance(gradients.Slice(at, state.Count), seconds.IsEmpty ? [] : seconds.Slice(at, state.Count)))
                Update(state.Options, state.Options.Lr * LearningRateFactor, cohort);
            at += state.Count;
        }
    }

    /// <summary>One step by the gradients that <see cref="Grad.Backward"/> accumulated; a parameter without one is left alone.</summary>
    public void Step()
    {
        using var scope = new Scope();
        Step([.. Parameters.Select(parameter => parameter.Value.AccumulatedGrad)]);
    }

    /// <summary>Drops the accumulated gradients, as PyTorch's <c>zero_grad(set_to_none=True)</c>.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters) parameter.Value.DropAccumulatedGrad();
    }

    /// <summary>What a checkpoint must hold for the next step to be the same to the last bit.</summary>
    public OptimizerState State()
    {
        var numbers = Each().ToDictionary(each => StepKey(each.Number), each => (double)each.State.Steps[each.Index], StringComparer.Ordinal);
        numbers.Add(FactorKey, LearningRateFactor);
        return new OptimizerState(Entries().ToDictionary(StringComparer.Ordinal), numbers);
    }

    /// <summary>Copies a saved state in. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="StateMismatchException">A key is missing or unknown, or a tensor has another shape: the message lists all of them.</exception>
    public void LoadState(OptimizerState saved)
    {
        var own = State();
        StateMismatchException.ThrowIfAny(GetType().Name,
            [.. StateMismatchException.Compare(GetType().Name, own.Tensors, saved.Tensors),
             .. own.Numbers.Keys.Except(saved.Numbers.Keys).Select(key => $"{key} is missing: expected a number"),
             .. saved.Numbers.Keys.Except(own.Numbers.Keys).Select(key => $"{key} is not a part of this {GetType().Name}")]);
        foreach (var (key, value) in Entries()) value.CopyFrom(saved.Tensors[key]);
        foreach (var (number, state, index) in Each()) state.Steps[index] = (long)saved.Numbers[StepKey(number)];
        LearningRateFactor = saved.Numbers[FactorKey];
    }

    /// <summary>Frees the state; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var state in states) state.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The update rule: changes weights and slots in place. Runs without recording, in a scope of its own.</summary>
    protected abstract void Update(OptimizerOptions options, double lr, in Cohort cohort);

    static string StepKey(int parameter) => $"{parameter}.step";

    IEnumerable<(string Key, Tensor Value)> Entries() =>
        Each().SelectMany(each => each.State.SlotNames.Select((name, slot) => ($"{each.Number}.{name}", each.State.Slot(slot, each.Index))));

    // Every parameter with its number over all groups, and its place in its own.
    IEnumerable<(int Number, GroupState State, int Index)> Each() =>
        states.SelectMany(state => Enumerable.Range(0, state.Count).Select(index => (state, index))).Select((each, number) => (number, each.state, each.index));
}
