using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>An image classifier, from normalised images [B, C, H, W] to logits [B, classes], whose inner places have names.</summary>
/// <remarks>
/// Every network names the same kinds of places, so that an objective can pair two architectures:
/// <c>stem</c> behind the first activation; <c>stage1</c>, <c>stage2</c>, … the end of each stage, behind its last activation;
/// <c>stem.pre</c>, <c>stage1.pre</c>, … the same before that activation; <c>pooled</c> the vector that the last linear layer reads; <c>logits</c>.
/// Three kinds of networks end their stages elsewhere, where the papers that compare them do: <see cref="WideResNet"/>, <see cref="MobileNetV2"/> and <see cref="ConvTiny"/> say where.
/// </remarks>
public abstract class Network : Module
{
    const string Before = ".pre";

    readonly OrderedDictionary<string, Tap> stages = new(StringComparer.Ordinal);

    private protected Network(string name, int classes, ImageShape input)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (Name, Classes, Input) = (name, classes, input);
    }

    /// <summary>Its name in the <see cref="Zoo"/>.</summary>
    public string Name { get; }

    /// <summary>Number of logits.</summary>
    public int Classes { get; }

    /// <summary>Shape of the images that it was made for.</summary>
    public ImageShape Input { get; }

    /// <summary>Places by stage name, from input to output.</summary>
    public IReadOnlyDictionary<string, Tap> Stages => stages;

    /// <summary>The last linear layer, from the pooled vector to the logits.</summary>
    public virtual Linear Head => (Linear)NamedModules().First(module => module.Path == stages["pooled"].Path).Value;

    private protected virtual string Advice => "Or give the path of a module, with ':in' for what goes into it.";

    /// <summary>A place by stage name (<c>stage2</c>, <c>stage2.pre</c>) or by module path (<c>layer1.0.conv1</c>, <c>layer1.0.relu2:in</c>).</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public Tap FindTap(string name)
    {
        if (stages.TryGetValue(name, out var stage)) return stage;
        if (name == GraftedNetwork.Projected)
            throw new ArgumentException($"{Name} has no place '{name}', which networks have that answer with their teacher's last layer: call it {Name}{GraftedNetwork.Joint}TEACHER");
        var tap = Tap.Parse(name);
        var paths = NamedModules().Select(module => module.Path).ToList();
        return paths.Contains(tap.Path, StringComparer.Ordinal)
            ? tap
            : throw new ArgumentException($"{Name} has no place '{name}'{Spelling.Hint(name, [.. stages.Keys, .. paths])} Its stages: {string.Join(", ", stages.Keys)}. "
                + Advice);
    }

    /// <summary>The places of a pattern such as <c>stage*</c> or <c>stage*.pre</c> (the star stands for the number), from input to output; or the one place of any other name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<Tap> FindTaps(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal)) return [FindTap(pattern)];
        var ends = pattern.Split('*', 2);
        var found = stages.Where(stage => stage.Key.Length > ends[0].Length + ends[1].Length
            && stage.Key.StartsWith(ends[0], StringComparison.Ordinal) && stage.Key.EndsWith(ends[1], StringComparison.Ordinal)
            && stage.Key[ends[0].Length..^ends[1].Length].All(char.IsAsciiDigit)).Select(stage => stage.Value).ToList();
        return found.Count > 0 ? found : throw new ArgumentException($"{Name} has no places '{pattern}'. Its stages: {string.Join(", ", stages.Keys)}. {Advice}");
    }

    // Each activation of a stage marks it, so that its last one stays; the first of all is the stem.
    private protected void MarkActivation(string stage, string path)
    {
        string[] marked = stages.Count == 0 ? ["stem", stage] : [stage];
        foreach (var name in marked)
        {
            stages[name] = new Tap(path);
            stages[name + Before] = new Tap(path, TapSide.Input);
        }
    }

    // Where a stage's end is not its activation.
    private protected void MarkStage(string stage, string path) => MarkPlace(stage, new Tap(path));

    private protected void MarkPlace(string name, Tap place) => stages[name] = place;

    private protected void MarkStage(string stage, string path, Tap before)
    {
        MarkStage(stage, path);
        stages[stage + Before] = before;
    }

    private protected void MarkEnd(string lastLinear)
    {
        stages["pooled"] = new Tap(lastLinear, TapSide.Input);
        stages["logits"] = new Tap("");
    }

    // The layout in which the CPU's convolutions, batch norms and pools are fastest: a step takes 0.8 to 0.9 of the time (docs/log.md). Not for group norm, which gets slower.
    private protected static Tensor ForConvolutions(Tensor images) => images.Device.IsCuda ? images : images.ChannelsLast();

    // N(0, 2 / (kernel² · channels out)), and no biases, in the order of the modules, which is that of the codes that these networks come from.
    private protected void DrawConvolutions(Generator random)
    {
        foreach (var (_, module) in NamedModules())
        {
            if (module is not Conv2d convolution) continue;
            Init.KaimingNormal(convolution.Weight, random, fan: Fan.Out);
            if (convolution.Bias is { } bias) Init.Constant(bias, 0);
        }
    }

    // Length of flattened maps.
    private protected long Flat(long channels, int height, int width) => height > 0 && width > 0
        ? channels * height * width
        : throw new ArgumentException($"images of {Input} are too small for {Name}: its last maps would be {height}x{width}");
}
