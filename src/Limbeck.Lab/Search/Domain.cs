using System.Text.Json.Nodes;

namespace Limbeck.Lab.Search;

/// <summary>The values that a parameter may take. Inside a search each value is a number: itself, or its place among the choices.</summary>
abstract record Domain
{
    /// <summary>Number of its values; null where they are not countable.</summary>
    internal abstract int? Count { get; }

    /// <summary>One of countable values, counted from 0.</summary>
    internal abstract double At(int index);

    /// <summary>Whether a number stands for one of its values.</summary>
    internal abstract bool Contains(double value);

    /// <summary>A value, every one as likely as any other (in the logarithm, where the domain is logarithmic).</summary>
    internal abstract double Draw(Dice dice);

    /// <summary>Where values lie that were seen, the more recent of them weighing more, and what may lie between them.</summary>
    internal abstract IDensity Around(IReadOnlyList<double> values);

    /// <summary>The value that a number stands for, as a recipe writes it.</summary>
    internal abstract JsonNode Write(double value);
}
