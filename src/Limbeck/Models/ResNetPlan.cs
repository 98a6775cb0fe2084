using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>Blocks of the ResNets with four stages of 64 to 512 channels. He et al. 2016, table 1.</summary>
sealed record ResNetPlan(ResidualBlock.Kind Kind, int[] Blocks)
{
    internal static IReadOnlyDictionary<int, ResNetPlan> ByDepth { get; } = new OrderedDictionary<int, ResNetPlan>
    {
        [10] = new(ResidualBlock.Kind.Basic, [1, 1, 1, 1]),
        [18] = new(ResidualBlock.Kind.Basic, [2, 2, 2, 2]),
        [34] = new(ResidualBlock.Kind.Basic, [3, 4, 6, 3]),
        [50] = new(ResidualBlock.Kind.Bottleneck, [3, 4, 6, 3]),
        [101] = new(ResidualBlock.Kind.Bottleneck, [3, 4, 23, 3]),
        [152] = new(ResidualBlock.Kind.Bottleneck, [3, 8, 36, 3]),
    };

    internal const int Stem = 64;

    internal int Features => ResidualBlock.Outputs(Kind, Width(Blocks.Length - 1));

    internal static ResNetPlan Of(int depth) => ByDepth.TryGetValue(depth, out var plan)
        ? plan
        : throw new ArgumentOutOfRangeException(nameof(depth), depth, $"these ResNets have {string.Join(", ", ByDepth.Keys)} layers");

    internal IEnumerable<Module> Stages(string shortcut, Generator random, ResidualBlock.Style? style = null)
    {
        var inputs = Stem;
        for (var stage = 0; stage < Blocks.Length; stage++)
        {
            yield return ResidualBlock.Stage(Kind, Blocks[stage], inputs, Width(stage), stage == 0 ? 1 : 2, shortcut, random, style);
            inputs = ResidualBlock.Outputs(Kind, Width(stage));
        }
    }

    // The last activation of a stage, counted from 0, below the stage's module.
    internal string End(int stage) => $"{Blocks[stage] - 1}.{ResidualBlock.End(Kind)}";

    static int Width(int stage) => Stem << stage;
}
