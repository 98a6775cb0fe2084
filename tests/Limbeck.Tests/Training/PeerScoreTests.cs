using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Evaluation;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Serialization;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

public sealed class PeerScoreTests : IDisposable
{
    static readonly ImageShape Shape = new(1, 12, 12);

    readonly DataSplit data = DataSplit.From(Synthetic.Make(new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 48, Test = 40 }));
    readonly Network student = Zoo.PlainCnn(2, 4, Shape);
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-peers-");

    public void Dispose()
    {
        student.Dispose();
        data.Dispose();
        folder.Delete(recursive: true);
    }

    // The checkpoint of the last step holds the peers: made again from it, they score the same.
    [Theory]
    [InlineData("dml")]
    [InlineData("afd")]
    public void PeersAreScoredAsTheyAreAtTheEnd(string kind)
    {
        string[] names = ["plain-cnn-2", "plain-cnn-4"];
        IObjective objective = kind == "dml" ? new Dml(new(names)) : new Afd(new(names));
        var checkpoint = Path.Combine(folder.FullName, "checkpoint");
        var fit = Fit.Run(new FitJob(student, [], [new CrossEntropy().Weigh(1), objective.Weigh(1)], data, new FitOptions { Epochs = 2, Batch = 16, Optimizer = new SgdOptions { Lr = 0.05 } })
        {
            Checkpoint = checkpoint,
            CheckpointEvery = TimeSpan.Zero,
        });
        Assert.Equal(names, fit.Peers!.Select(peer => peer.Network));
        using var saved = Safetensors.Load(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Single());
        foreach (var (place, peer) in fit.Peers!.Index())
        {
            using var again = Zoo.Create(peer.Network, 4, Shape, seed: 99);
            var first = again.State()[0].Key;
            var prefix = saved.Entries.Select(entry => entry.Name).First(name => name.EndsWith($"{place}.{first}", StringComparison.Ordinal))[..^first.Length];
            again.LoadState(again.State().ToDictionary(entry => entry.Key, entry => saved.Read(prefix + entry.Key)));
            var expected = Answers.Of(again, data.Test).Score(data.Test);
            Assert.Equal((2, expected.Accuracy, expected.Loss), (peer.Last.Epoch, peer.Last.Test!.Accuracy, peer.Last.Test.Loss));
        }
    }

    [Fact]
    public void AStudentWithoutPeersHasNoScoresOfThem() =>
        Assert.Null(Fit.Run(new FitJob(student, [], [new CrossEntropy().Weigh(1)], data, new FitOptions { Epochs = 1, Batch = 16 })).Peers);
}
