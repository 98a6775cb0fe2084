using System.Text.Json;
using Limbeck.Studio.Reports;
using Limbeck.Torch.Images;

namespace Limbeck.Cli.Tests.Commands;

public sealed class ImageFolderTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatWasLearnedFromAFolderIsTestedOnAFolder()
    {
        Assert.SkipUnless(ImageCodec.IsThere, "needs libstb0");
        var random = new Random(3);
        foreach (var (split, count) in new[] { ("train", 12), ("test", 5) })
        {
            foreach (var (label, light) in new[] { ("dark", 0), ("light", 120) })
            {
                for (var image = 0; image < count; image++) Write($"birds/{split}/{label}/{image}.png", light, random);
            }
        }

        File.WriteAllText(folder["recipe.yaml"], $$"""
            name: birds
            data: { name: image-folder, path: {{folder["birds"]}}, size: 8, validation: 4 }
            defaults: { epochs: 2, batch: 8, images-per-class: 2, evaluate: { networks: 2, epochs: 3, augmentation: null } }
            stages:
              teacher: { train: mlp }
              images: { synthesize: mlp, method: random }
            seeds: [1]
            """);
        InProcess.Run("run", folder["recipe.yaml"], "--runs", folder["runs"]).With(0);
        var run = Assert.Single(Directory.GetDirectories(folder["runs"], "birds-*"));
        var (network, set) = (Path.Combine(run, "networks", "teacher-1.safetensors"), Path.Combine(run, "images", "images-1.safetensors"));

        Assert.Contains("say where they are with --path", InProcess.Run("eval", network).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("say where they are with --path", InProcess.Run("eval", set).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("name another dataset", InProcess.Run("eval", network, "--data", "synthetic").With(2).Error, StringComparison.Ordinal);
        var tested = Told("eval", network, "--path", folder["birds"]);
        Assert.Equal(("image-folder", 10), (tested.GetProperty("dataset").GetString(), tested.GetProperty("images").GetInt32()));
        var row = Told("eval", set, "--path", folder["birds"]).GetProperty("networks")[0];
        Assert.Equal(Numbers(row, "recorded"), Numbers(row, "accuracies"));
    }

    static double[] Numbers(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    static JsonElement Told(params string[] command) => JsonDocument.Parse(InProcess.Run([.. command, "--json"]).With(0).Out).RootElement;

    void Write(string name, int light, Random random)
    {
        var pixels = new byte[3 * 8 * 8];
        foreach (ref var pixel in pixels.AsSpan()) pixel = (byte)(light + random.Next(130));
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], Png.Encode(pixels, 3, 8, 8));
    }
}
