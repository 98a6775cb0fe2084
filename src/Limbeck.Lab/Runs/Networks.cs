using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch.Serialization;

namespace Limbeck.Lab.Runs;

/// <summary>Networks in files: weights, and a card that says what network they are of and what images it expects.</summary>
public static class Networks
{
    /// <summary>A fresh network for a stage's images, its weights a function of the stage's seed.</summary>
    internal static Network Create(PlannedStage stage, DataSplit data) =>
        Zoo.Create(stage.Model, data.Train.Classes, data.Train.Shape, stage.Seed);

    /// <summary>Writes a network with its card.</summary>
    internal static void Save(Network network, string path, PlannedStage stage, DataSplit data) =>
        network.Save(path, NetworkCard.Of(stage, data.Train).Write());

    /// <summary>Opens a network file that Limbeck wrote.</summary>
    /// <exception cref="InvalidDataException">It has no card, or one that is not understood.</exception>
    public static Network Open(string path)
    {
        var card = NetworkCard.Read(path);
        var network = Zoo.Create(card.Model, card.Classes, card.Input, seed: 0);
        network.Load(path);
        return network;
    }
}
