using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch.Serialization;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Stages that train nothing: networks of other stages answer together.</summary>
static class Ensembles
{
    /// <summary>Gives the members their weights and scores their common answer.</summary>
    /// <param name="network">The ensemble, still of fresh members.</param>
    /// <param name="members">Network files of the members, in their order.</param>
    /// <param name="data">Images to score on.</param>
    internal static FitResult Gather(EnsembleNetwork network, IEnumerable<string> members, DataSplit data)
    {
        var watch = Stopwatch.StartNew();
        foreach (var (member, file) in network.Members.Zip(members)) member.Load(file);
        network.Train(false);
        var scored = new Reading(0, data.Validation is null ? null : Score(data.Validation), Score(data.Test));
        // Files hold a network as it was at the epoch that validation chose: without validation that is the last one. Its best on the test images nobody kept.
        var last = data.Validation is null ? scored : new Reading(0, null, null);
        return new FitResult(scored, last, new Reading(0, null, null), [], watch.Elapsed.TotalSeconds, Environment.WorkingSet);

        Scores Score(ImageDataset images) => Answers.Of(network, images).Score(images);
    }

    /// <summary>Refuses members that saw other images than the ensemble is scored on, or learned from its validation images.</summary>
    /// <exception cref="FitException">Shape, normalisation, classes or validation split differ.</exception>
    internal static void Check(PlannedStage ensemble, DataShelf shelf)
    {
        var own = Sees(ensemble);
        foreach (var member in ensemble.From.Select(parent => parent.Stage!))
        {
            if (Sees(member) is var its && its != own)
                throw new FitException($"stage '{ensemble.Name}': its member {member.Name} knows {its}, and the ensemble is asked about {own}. Give both the same data settings.");
            var (split, held) = (member.Recipe.Data, ensemble.Recipe.Data);
            if (held.Validation > 0 && (split.Validation, split.Seed) != (held.Validation, held.Seed))
            {
                throw new FitException($"stage '{ensemble.Name}': its {held.Validation} validation images (seed {held.Seed}) are not those that its member {member.Name} held back ({split.Validation}, seed {split.Seed}), "
                    + "so that it may have learned from them. Give both the same data settings.");
            }
        }

        string Sees(PlannedStage stage)
        {
            var images = shelf.Open(stage.Recipe.Data).Train;
            var labels = stage.Recipe.Data.Classes is { } kept ? $"classes [{string.Join(", ", kept)}]" : $"all {images.Classes} classes";
            return $"{labels} of {images.Name}, {images.Shape}, {Seen(images.Normalization)}";
        }
    }

    static string Seen(Normalization normalization) => normalization.Whitened is null
        ? $"mean ({string.Join(", ", normalization.Mean)}), deviation ({string.Join(", ", normalization.Std)})"
        : normalization.Describe();
}
