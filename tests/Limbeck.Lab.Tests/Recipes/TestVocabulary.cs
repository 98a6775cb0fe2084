using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Limbeck.Lab.Recipes;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Matching;
using Limbeck.Synthesis.Selection;

namespace Limbeck.Lab.Tests.Recipes;

internal static class TestVocabulary
{
    public static Vocabulary Instance { get; } = new(
        [.. Enumerable.Range(1, 5).Select(n => $"plain-cnn-{2 * n}"), .. Enumerable.Range(1, 18).Select(n => $"resnet-{(6 * n) + 2}"), "lenet", "mlp"],
        ["fashion-mnist", "mnist", "cifar10", "cifar100", "synthetic", "image-folder"],
        new Dictionary<string, Type> { ["cross-entropy"] = typeof(CrossEntropyOptions), ["soft-targets"] = typeof(SoftTargetsOptions) })
    {
        Taught = new HashSet<string> { "soft-targets" },
        Methods = new Dictionary<string, Type> { ["random"] = typeof(RandomSelection.Options), ["mtt"] = typeof(Mtt.Options), ["datm"] = typeof(Datm.Options), ["dm"] = typeof(Dm.Options) },
    };

    public enum Reduction
    {
        BatchMean,
        ElementMean,
    }

    [Description("Cross-entropy with the labels.")]
    public sealed record CrossEntropyOptions;

    [Description("Soft targets.")]
    public sealed record SoftTargetsOptions([Range(0.01, 100)] double Temperature = 4, Reduction Reduction = Reduction.BatchMean);
}
