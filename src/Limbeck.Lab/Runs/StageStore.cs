using System.Text.Json;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Finished stages by content key, shared by all runs of a folder: what one run has trained, no other trains again.</summary>
/// <param name="folder">Where they lie, a folder each.</param>
sealed class StageStore(string folder)
{
    const int KeyLength = 32;
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The network of a stage, there once it is finished.</summary>
    internal string Network(string key) => In(key, "network.safetensors");

    /// <summary>The images of a stage that synthesises some; under the images' own key without record of an evaluation, under the stage's with it.</summary>
    internal string Images(string key) => In(key, "images.safetensors");

    /// <summary>The folder of experts.</summary>
    internal string Experts(string key) => In(key, "experts");

    /// <summary>The best images so far, while they are synthesised.</summary>
    internal string BestImages(string key) => In(key, "best.safetensors");

    /// <summary>The last images before the synthesis diverged.</summary>
    internal string LastGood(string key) => In(key, "last-good.safetensors");

    /// <summary>The checkpoint of a stage that is not finished.</summary>
    internal string Checkpoint(string key) => In(key, "checkpoint.safetensors");

    /// <summary>What a finished stage came to; null while it is not finished.</summary>
    internal FitResult? Find(string key) =>
        File.Exists(Fit(key)) && File.Exists(Network(key)) ? JsonSerializer.Deserialize<FitResult>(File.ReadAllText(Fit(key)), Format) : null;

    /// <summary>Marks a stage finished: its network is written already, its result comes last.</summary>
    internal void Finish(string key, FitResult fit)
    {
        AtomicText.Write(Fit(key), JsonSerializer.Serialize(fit, Format));
        File.Delete(Checkpoint(key));
    }

    /// <summary>What was measured on a finished stage; null if it was not.</summary>
    internal T? Measured<T>(string key, string name) =>
        File.Exists(In(key, $"{name}.json")) ? JsonSerializer.Deserialize<T>(File.ReadAllText(In(key, $"{name}.json")), Format) : default;

    /// <summary>Keeps what was measured on a finished stage, for this run and all others.</summary>
    internal void KeepMeasured<T>(string key, string name, T measured) => AtomicText.Write(In(key, $"{name}.json"), JsonSerializer.Serialize(measured, Format));

    /// <summary>Keeps where networks put test images in a space that they share, the student first; nothing for null.</summary>
    internal void KeepAligned(string key, IReadOnlyList<AlignedPoints>? networks)
    {
        using var scope = new Scope();
        if (networks is not null) Safetensors.Save(Aligned(key), [.. networks.Select((points, i) => ($"{i}", Tensor.From<float>(points.Values, [points.Values.Length / points.Dimensions, points.Dimensions])))]);
    }

    /// <summary>That again, N×D each, in the open scope; empty where there is no such space.</summary>
    internal IReadOnlyList<Tensor> ReadAligned(string key)
    {
        if (!File.Exists(Aligned(key))) return [];
        using var file = Safetensors.Load(Aligned(key));
        return [.. Enumerable.Range(0, file.Entries.Count).Select(i => file.Read($"{i}"))];
    }

    /// <summary>Makes this process the only one that trains a stage, waiting for another that does.</summary>
    internal FileStream Lock(string key, CancellationToken stop)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(folder, key[..KeyLength]));
        while (true)
        {
            try
            {
                var held = new FileStream(In(key, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                RemoveHalfWritten(key);
                return held;
            }
            catch (IOException) when (File.Exists(In(key, "lock")))
            {
                if (stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200))) stop.ThrowIfCancellationRequested();
            }
        }
    }

    // Hidden files are what killed processes were writing; nobody else writes here now.
    void RemoveHalfWritten(string key)
    {
        foreach (var left in Directory.EnumerateFiles(In(key, ""), ".*")) File.Delete(left);
    }

    string Aligned(string key) => In(key, "aligned.safetensors");

    string Fit(string key) => In(key, "fit.json");

    string In(string key, string name) => System.IO.Path.Combine(folder, key[..KeyLength], name);
}
