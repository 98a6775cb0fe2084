using System.Globalization;
using Limbeck.Synthesis;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>The experts of a folder: <c>expert-0001.safetensors</c> and so on, in each a vector <c>epoch.0</c>, <c>epoch.1</c>, …. A vector is read when it is asked for, from the place in its file; nothing else is held in memory.</summary>
public sealed class ExpertFolder : ITrajectories, IDisposable
{
    const string Format = "limbeck-expert-1";
    const string Prefix = "epoch.";

    readonly List<SafetensorsFile> files = [];

    /// <summary>Opens some experts, and checks that they belong together.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="count">How many of them, from the first.</param>
    /// <param name="key">What they were trained with, as their job said; null not to ask.</param>
    /// <exception cref="FitException">One is missing, damaged, no expert, or does not fit the first; the message names its file.</exception>
    public ExpertFolder(string folder, int count, string? key = null)
    {
        try
        {
            for (var expert = 0; expert < count; expert++) files.Add(Open(PathOf(folder, expert), key));
            Epochs = EpochsOf(files[0]);
            Parameters = files[0].Entries[0].Shape[0];
            foreach (var file in files) Check(file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Count => files.Count;

    /// <inheritdoc/>
    public long Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>Name of the network that they are.</summary>
    public string Network => files[0].Metadata["network"];

    /// <inheritdoc/>
    /// <exception cref="FitException">The file holds infinite numbers or NaN there.</exception>
    public Tensor Snapshot(int expert, int epoch)
    {
        if (expert < 0 || expert >= Count) throw new ArgumentOutOfRangeException(nameof(expert), expert, $"there are {Count} experts");
        if (!Epochs.Contains(epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"the experts were kept at epochs {Epochs[0]} to {Epochs[^1]}");
        using var scope = new Scope();
        var thetaP = files[expert].Read(NameOf(epoch));
        return thetaP.IsFinite().All() ? scope.Keep(thetaP) : throw Broken(files[expert].Path, $"{NameOf(epoch)} holds infinite numbers or NaN");
    }

    /// <summary>Numbers, from 0, of those among the first so many that are not in a folder.</summary>
    public static IReadOnlyList<int> Missing(string folder, int count) => [.. Enumerable.Range(0, count).Where(expert => !File.Exists(PathOf(folder, expert)))];

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var file in files) file.Dispose();
    }

    internal static string PathOf(string folder, int expert) => Path.Combine(folder, $"expert-{expert + 1:0000}.safetensors");

    internal static string NameOf(int epoch) => $"{Prefix}{epoch}";

    internal static Dictionary<string, string> Notes(string key, string network) =>
        new(StringComparer.Ordinal) { ["format"] = Format, ["key"] = key, ["network"] = network };

    static SafetensorsFile Open(string path, string? key)
    {
        if (!File.Exists(path)) throw new FitException($"there is no expert {path}: train it first");
        SafetensorsFile file;
        try
        {
            file = Safetensors.Load(path);
        }
        catch (InvalidDataException cause)
        {
            throw new FitException($"{cause.Message} Delete it: its expert is then trained again.", cause);
        }

        var wrong = file.Metadata.GetValueOrDefault("format") != Format ? "it is no file of an expert"
            : key is not null && file.Metadata.GetValueOrDefault("key") != key ? "it was trained with other settings"
            : file.Entries.Count == 0 || file.Entries.Any(entry => !IsSnapshot(entry)) ? "it holds something else than parameter vectors of epochs" : null;
        if (wrong is null) return file;
        file.Dispose();
        throw Broken(path, wrong);
    }

    static bool IsSnapshot(SafetensorsEntry entry) =>
        entry.Shape.Count == 1 && entry.Name.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(entry.Name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _);

    static int[] EpochsOf(SafetensorsFile file) => [.. file.Entries.Select(entry => int.Parse(entry.Name[Prefix.Length..], CultureInfo.InvariantCulture)).Order()];

    void Check(SafetensorsFile file)
    {
        var (first, own) = (files[0], EpochsOf(file));
        if (file.Entries.FirstOrDefault(entry => entry.Shape[0] != Parameters) is { } odd) throw Broken(file.Path, $"{odd.Name} has {odd.Shape[0]} parameters, {first.Path} has {Parameters}");
        if (file.Metadata.GetValueOrDefault("network") != Network) throw Broken(file.Path, $"it is a {file.Metadata.GetValueOrDefault("network")}, {first.Path} a {Network}");
        if (!own.SequenceEqual(Epochs)) throw Broken(file.Path, $"it was kept at epochs {own[0]} to {own[^1]}, {first.Path} at {Epochs[0]} to {Epochs[^1]}");
    }

    static FitException Broken(string path, string why) => new($"{path}: {why}. Move it away to have its expert trained again, or choose another folder.");
}
