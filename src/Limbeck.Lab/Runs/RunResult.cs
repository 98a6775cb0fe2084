using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>What a run came to: <c>result.json</c> of its folder, and all that a report needs.</summary>
/// <param name="Name">The recipe's name.</param>
/// <param name="Description">The recipe's description, or empty.</param>
/// <param name="Scale">The scale it ran at, or null.</param>
/// <param name="Recipe">The resolved recipe, as YAML that runs again.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Started">When it began.</param>
/// <param name="Seconds">Wall time over all sessions.</param>
/// <param name="Dataset">What it was trained and tested on.</param>
/// <param name="Stages">The stages, in the order they ran.</param>
/// <param name="Gallery">Some test images with the answers of the networks, or null.</param>
public sealed record RunResult(string Name, string Description, string? Scale, string Recipe, MachineInfo Machine, DateTimeOffset Started, double Seconds,
    DatasetInfo Dataset, IReadOnlyList<StageResult> Stages, Gallery? Gallery)
{
    /// <summary>How its protocol differs from that of the published numbers, a sentence each.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>Flow matrices of the stages that were taught them.</summary>
    public IReadOnlyList<FlowPicture> Flows { get; init; } = [];

    /// <summary>Images that stages have synthesised, of each stage's first seed.</summary>
    public IReadOnlyList<SetPicture> Sets { get; init; } = [];

    /// <summary>How many stages ran side by side, as asked: 1 for one after the other, 0 for as many as the cores were for.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>What was left out, in the order of the plan.</summary>
    public IReadOnlyList<SkippedStage> Skipped { get; init; } = [];

    /// <summary>What its searches came to; the stages ran with what they found.</summary>
    public IReadOnlyList<SearchResult> Searches { get; init; } = [];
}

/// <summary>A stage that was left out of a run.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedStage(string Stage, int Seed, string Reason)
{
    /// <summary>The network's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>Stages (or files) that it would have learned from.</summary>
    public IReadOnlyList<string> Teachers { get; init; } = [];
}

/// <summary>Where a run was made.</summary>
/// <param name="Limbeck">Version of Limbeck.</param>
/// <param name="Libtorch">Version of libtorch.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="System">Operating system.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Cores that the process may use.</param>
/// <param name="Threads">Threads that libtorch used.</param>
/// <param name="Device">cpu or cuda:N with the device's name.</param>
/// <param name="MemoryBytes">Memory of the machine.</param>
public sealed record MachineInfo(string Limbeck, string Libtorch, string Runtime, string System, string Processor, int Cores, int Threads, string Device, long MemoryBytes);

/// <summary>The data of a run.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="ClassNames">Names of the labels.</param>
/// <param name="Train">Training images, before a stage takes fewer.</param>
/// <param name="Validation">Images held back from the training set.</param>
/// <param name="Test">Test images.</param>
public sealed record DatasetInfo(string Name, IReadOnlyList<string> ClassNames, int Train, int Validation, int Test);

/// <summary>One stage over all its seeds.</summary>
/// <param name="Name">The stage's name in the recipe.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Teachers">Stages (or files) that it learned from; empty when it was trained alone.</param>
/// <param name="Objectives">Its weighted objectives, as the report prints them: <c>0.9 · soft-targets (T = 4)</c>.</param>
/// <param name="Parameters">Number of trained values.</param>
/// <param name="Macs">Multiply-accumulates of convolutions and linear layers for one image.</param>
/// <param name="TrainImages">Images it was trained on.</param>
/// <param name="Seeds">One entry per repetition.</param>
/// <param name="Published">A published figure to stand beside ours, or null.</param>
public sealed record StageResult(string Name, string Model, IReadOnlyList<string> Teachers, IReadOnlyList<string> Objectives, long Parameters, long Macs,
    int TrainImages, IReadOnlyList<SeedResult> Seeds, PublishedFigure? Published)
{
    /// <summary>Stage (or file) whose weights it started from; null for a fresh network, and in results of before this was told.</summary>
    public string? Load { get; init; }

    /// <summary>Stages whose networks an ensemble is made of, once for each network; empty for a network that was trained.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>What networks of several models came to that learned from its images, beside what the recipe puts beside these; null where the recipe does not ask.</summary>
    public SetOutcome? Images { get; init; }

    /// <summary>Where its first seed's networks put some test images; null where the recipe does not ask.</summary>
    public LatentSpace? Latent { get; init; }
}

/// <summary>One repetition of a stage.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Key">Content hash of everything that determines it.</param>
/// <param name="Reused">Whether an earlier run had trained it.</param>
/// <param name="Fit">What was measured.</param>
/// <param name="LatencyMs">Median time of one image through the network, in milliseconds, at the end of the run, when nothing else ran; measured on one seed of the stage.</param>
public sealed record SeedResult(int Seed, string Key, bool Reused, FitResult Fit, double LatencyMs)
{
    /// <summary>How the network bears disturbance; null where the recipe does not ask.</summary>
    public Robustness? Robustness { get; init; }
}

/// <summary>A number from a paper.</summary>
/// <param name="Test">Accuracy in percent.</param>
/// <param name="Sd">Its spread in percent, where given.</param>
/// <param name="Source">Paper and table.</param>
/// <param name="At">Epoch at which it was read; null where the source does not say.</param>
public sealed record PublishedFigure(double Test, double? Sd, string Source, PublishedAt? At = null);

/// <summary>Test images and what each network says of them (first seed, final networks).</summary>
/// <param name="Channels">1 or 3.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Items">The images.</param>
public sealed record Gallery(int Channels, int Height, int Width, IReadOnlyList<GalleryItem> Items);

/// <summary>One image.</summary>
/// <param name="Index">Its place in the test set.</param>
/// <param name="Pixels">Raw bytes, channel by channel, row by row.</param>
/// <param name="Label">The right answer.</param>
/// <param name="Answers">Answer and confidence of each stage's network.</param>
public sealed record GalleryItem(int Index, byte[] Pixels, int Label, IReadOnlyDictionary<string, Answer> Answers);

/// <summary>What one network says.</summary>
/// <param name="Label">The class it names.</param>
/// <param name="Confidence">Its probability, in [0, 1].</param>
public sealed record Answer(int Label, double Confidence);
