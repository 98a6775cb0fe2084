namespace Limbeck.Synthesis.Matching;

/// <summary>What methods ask of a distillate that compare one class after another.</summary>
static class HardLabels
{
    internal static void Demand(Distillate learned, string method)
    {
        if (learned.LabelLogits is not null)
            throw new ArgumentException($"{method} compares class by class and needs hard labels; these images have soft ones", nameof(learned));
    }

    internal static void DemandEveryClass(Distillate learned, string method)
    {
        if (Enumerable.Range(0, learned.Classes).FirstOrDefault(label => learned.PlacesOf(label).Length == 0, -1) is var empty and >= 0)
            throw new ArgumentException($"{method} compares the classes with one another and needs images of every one; class {empty} has none", nameof(learned));
    }
}
