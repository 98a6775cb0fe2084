namespace Limbeck.Lab.Search;

/// <summary>Chooses what to try next.</summary>
interface ISampler
{
    /// <summary>The values of a trial, in the order of the space: a function of its number and of the finished trials before it, and of nothing else.</summary>
    IReadOnlyList<double> Propose(IReadOnlyList<Parameter> space, IReadOnlyList<Trial> earlier, int number);
}
