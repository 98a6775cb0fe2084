namespace Limbeck.Synthesis;

/// <summary>One method of the <see cref="SynthesisCatalog"/>.</summary>
/// <param name="Kind">Its name in recipes.</param>
/// <param name="Summary">What it does, with its formula, in a line.</param>
/// <param name="Source">Paper and section.</param>
/// <param name="Type">Its class.</param>
/// <param name="Options">Its options record; every property has a default.</param>
/// <param name="Usual">How the paper's code runs the loop at 10 images a class on CIFAR-10.</param>
/// <param name="Create">Makes it from its options and what there is to distil.</param>
public sealed record SynthesisEntry(string Kind, string Summary, string Source, Type Type, Type Options, SynthesisOptions Usual, Func<object, Ingredients, ISynthesis> Create)
{
    /// <summary>Whether it matches where the training of experts led, so that these are trained before it.</summary>
    public bool MatchesTrajectories => Options.IsAssignableTo(typeof(TrajectoryOptions));

    /// <summary>Whether its images are made for steps of their own, in an order, by which networks then learn from them (<see cref="Distillate.Order"/>).</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Makes it with every option at its default.</summary>
    public ISynthesis CreateDefault(Ingredients from)
    {
        var constructor = Options.GetConstructors().MaxBy(known => known.GetParameters().Length)!;
        return Create(constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]), from);
    }

    internal static SynthesisEntry Of<TMethod, TOptions>(string kind, string summary, string source, SynthesisOptions usual, Func<TOptions, Ingredients, TMethod> create)
        where TMethod : ISynthesis =>
        new(kind, summary, source, typeof(TMethod), typeof(TOptions), usual, (options, from) => create((TOptions)options, from));
}
