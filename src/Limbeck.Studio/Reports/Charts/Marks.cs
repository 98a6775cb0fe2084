using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>Small shapes that tell classes apart where colour does not.</summary>
internal static class Marks
{
    /// <summary>Kinds of shapes.</summary>
    public const int Count = 6;

    /// <summary>A piece of a path: the n-th class at a place.</summary>
    public static Html At(int label, double x, double y) => ((label + label / Count) % Count) switch
    {
        0 => $"M{x - 2.6:0.#} {y:0.#}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z",
        1 => $"M{x - 2.3:0.#} {y - 2.3:0.#}h4.6v4.6h-4.6z",
        2 => $"M{x:0.#} {y - 3:0.#}l2.9 5.2h-5.8z",
        3 => $"M{x:0.#} {y - 3.3:0.#}l3.3 3.3l-3.3 3.3l-3.3 -3.3z",
        4 => $"M{x:0.#} {y + 3:0.#}l2.9 -5.2h-5.8z",
        _ => $"M{x - 1:0.#} {y - 3:0.#}h2v2h2v2h-2v2h-2v-2h-2v-2h2z",
    };
}
