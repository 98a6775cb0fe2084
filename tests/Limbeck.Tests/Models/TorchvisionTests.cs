using System.Runtime.CompilerServices;
using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.PyTorch;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Models;

public class TorchvisionTests
{
    const string Python = "/usr/bin/python3";

    [Fact]
    public void WeightsMoveBothWaysAndAnswerTheSame()
    {
        if (External.Run(Python, ["-c", "import torchvision"]).Code != 0) Assert.Skip("python3-torchvision is not installed");
        using var scope = new Scope();
        using var off = Grad.Off();
        using var network = Zoo.Create("imagenet-resnet-18", input: new ImageShape(3, 64, 64));
        var images = ZooTests.Waves(2, network.Input);
        network.Call(images);   // statistics that are not the first ones
        network.Train(on: false);
        var folder = Directory.CreateTempSubdirectory("limbeck-exchange-").FullName;
        try
        {
            var (ours, theirs) = (Path.Combine(folder, "ours.safetensors"), Path.Combine(folder, "theirs.safetensors"));
            network.Save(ours);
            var (code, output, error) = External.Run(Python, [Path.Combine(Here(), "Fixtures", "exchange.py"), ours, theirs]);
            Assert.True(code == 0, error);
            var answers = JsonSerializer.Deserialize<Dictionary<string, float[]>>(output)!;
            AssertClose(answers["ours"], network.Call(images));
            network.Load(theirs);
            AssertClose(answers["theirs"], network.Call(images));
            using var again = Zoo.Create("imagenet-resnet-18", input: network.Input, seed: 7);
            again.LoadState(StateFile.Read($"{theirs}.pth"));
            again.Train(on: false);
            Assert.True(again.Call(images).SameAs(network.Call(images)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void AssertClose(float[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.ToArray<float>(), (wanted, got) => (wanted, got)), pair => Assert.Equal(pair.wanted, pair.got, 1e-4f * Math.Max(1, Math.Abs(pair.wanted))));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
