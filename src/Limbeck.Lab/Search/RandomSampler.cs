namespace Limbeck.Lab.Search;

/// <summary>Every trial drawn anew (Bergstra and Bengio 2012).</summary>
sealed class RandomSampler(int seed) : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(IReadOnlyList<Parameter> space, IReadOnlyList<Trial> earlier, int number)
    {
        var dice = new Dice(seed, number);
        return [.. space.Select(parameter => parameter.Domain.Draw(dice))];
    }
}
