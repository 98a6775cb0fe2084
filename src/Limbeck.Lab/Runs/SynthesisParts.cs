using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Synthesis.Matching;
using Limbeck.Torch;
using Limbeck.Torch.Tensors;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>From a recipe's words to what a stage that synthesises images is made of.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Data">Its data.</param>
/// <param name="Teacher">Whom method and networks may learn from; null for nobody.</param>
sealed record SynthesisParts(PlannedStage Stage, DataSplit Data, Teacher? Teacher)
{
    /// <summary>SHA-256 of the teacher's file.</summary>
    internal string? TeacherHash { get; init; }

    /// <summary>The experts that the method matches; fresh networks stand in for those that are still to be trained. Null for a method without.</summary>
    internal ITrajectories? Experts { get; init; } = Stage.Recipe.Experts is { } planned ? new PlannedExperts(planned, seed => Zoo.Create(Stage.Model, Data.Train.Classes, Data.Train.Shape, seed)) : null;

    /// <summary>How the method's loop runs.</summary>
    internal SynthesisOptions Learning { get; } = Stage.Recipe.LearningOf(Stage.Seed);

    /// <summary>The images as they begin.</summary>
    internal Distillate Start() => Formation > 1 && Learning.Initial == InitialImages.Real
        ? Idc.Start(Data.Train, Learning.ImagesPerClass, Formation, Learning.Seed)
        : Distillate.Start(Data.Train, Learning.ImagesPerClass, Learning.Initial, Learning.Seed);

    /// <summary>The method.</summary>
    internal ISynthesis Method() => SynthesisCatalog.Find(Stage.Recipe.Method!.Kind).Create(Stage.Recipe.Method.Options, Ingredients);

    /// <summary>Experts to train, before the method can match them.</summary>
    internal ExpertJob ExpertsIn(string folder)
    {
        var augmentation = new DifferentiableAugmentation(Stage.Recipe.ExpertAugmentation ?? new("crop_scale_rotate"));
        return new ExpertJob(Ingredients, Stage.Recipe.Experts!, folder)
        {
            Key = Stage.ExpertsKey!,
            Stage = Stage.Name,
            AtOnce = Engine.Threads,
            Augment = (images, random) => augmentation.Draw(Data.Shape, random, images).Apply,
        };
    }

    /// <summary>A network that knows nothing.</summary>
    internal Network Fresh(string model, long seed) => Zoo.Create(model, Data.Train.Classes, Data.Train.Shape, seed);

    /// <summary>A synthesis that no one watches.</summary>
    internal SynthesisJob Job(ISynthesis method, Distillate learned) => new(method, learned, Learning) { Stage = Stage.Name, Name = Stage.Recipe.Method!.Kind, Key = Stage.ImagesKey! };

    /// <summary>The images after some iterations, with their card.</summary>
    internal DistilledSet Pack(Distillate made, int iterations)
    {
        using var scope = new Scope();
        // Who trains on images that hold several smaller ones, sees these.
        var (images, labels) = (MultiFormation.Decode(made.Images.Value.Detach(), Formation), made.LabelLogits?.Value ?? MultiFormation.DecodeLabels(made.LabelsN(), Formation));
        var order = made.Order is { } steps ? Tensor.Stack([.. steps.Select(rows => Tensor.From<long>(rows))]) : null;
        return new DistilledSet(images, labels, made.StepSizes?.Read() ?? [], new()
        {
            Method = Stage.Recipe.Method!.Kind,
            Options = JsonSerializer.Serialize(Stage.Recipe.Method.Options, Stage.Recipe.Method.Options.GetType(), RecipeContract.Writing),
            Dataset = Stage.Recipe.Data.Name,
            Kept = Stage.Recipe.Data.Classes,
            ClassNames = Data.Train.ClassNames,
            Normalization = Data.Train.Normalization,
            Network = Stage.Model,
            Augmentation = Strategy(Stage.Recipe.Method.Options),
            Iterations = iterations,
            Seed = Stage.Seed,
            WeightsSeed = made.WeightsSeed,
            Teacher = TeacherHash,
        }, order, momenta: made.Momenta?.Read());
    }

    // How many images one holds along each side.
    int Formation => Stage.Recipe.Method!.Options is Idc.Options idc ? idc.Formation : 1;

    Ingredients Ingredients => new(Data.Train, random => Zoo.Create(Stage.Model, Data.Train.Classes, Data.Train.Shape, random)) { Teacher = Teacher?.Network, Experts = Experts };

    // Methods that augment have a strategy among their options.
    static string Strategy(object options) => options.GetType().GetProperty("Augmentation")?.GetValue(options) as string ?? "";

    /// <summary>Finds what cannot work, by an update of images that nobody keeps.</summary>
    /// <param name="updates">1, or 0 where the same images were tried before, for other networks to learn from.</param>
    /// <exception cref="FitException">Method, images, networks or teacher do not fit together.</exception>
    internal void Check(int updates)
    {
        try
        {
            if (Stage.Recipe.Choose is not null && Data.Validation is null) throw new FitException($"stage '{Stage.Name}' chooses by validation images, and there are none: give data.validation, or leave 'choose' out");
            using var learned = Start();
            using var method = Method();
            Synthesizer.Run(Job(method, learned) with { Options = Learning with { Iterations = Math.Min(updates, Learning.Iterations) } });
            using var set = Pack(learned, 0);
            foreach (var model in (Stage.Recipe.Evaluation.Across ?? []).Prepend(Stage.Model))
            {
                using var network = Fresh(model, Stage.Seed);
                SetEvaluation.Check(network, set, Data, Stage.Recipe.Evaluation, Teacher);
            }
        }
        catch (ArgumentException misfit)
        {
            throw new FitException($"stage '{Stage.Name}': {Refusal.Words(misfit)}", misfit);
        }
    }
}
