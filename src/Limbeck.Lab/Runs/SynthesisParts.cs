using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;
using Limbeck.Synthesis;
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

    /// <summary>How the method's loop runs.</summary>
    internal SynthesisOptions Learning { get; } = Stage.Recipe.LearningOf(Stage.Seed);

    /// <summary>The images as they begin.</summary>
    internal Distillate Start() => Distillate.Start(Data.Train, Learning.ImagesPerClass, Learning.Initial, Learning.Seed);

    /// <summary>The method.</summary>
    internal ISynthesis Method() => SynthesisCatalog.Find(Stage.Recipe.Method!.Kind).Create(Stage.Recipe.Method.Options,
        new Ingredients(Data.Train, random => Zoo.Create(Stage.Model, Data.Train.Classes, Data.Train.Shape, random)) { Teacher = Teacher?.Network });

    /// <summary>A network that knows nothing.</summary>
    internal Network Fresh(long seed) => Zoo.Create(Stage.Model, Data.Train.Classes, Data.Train.Shape, seed);

    /// <summary>A synthesis that no one watches.</summary>
    internal SynthesisJob Job(ISynthesis method, Distillate learned) => new(method, learned, Learning) { Stage = Stage.Name, Name = Stage.Recipe.Method!.Kind, Key = Stage.ImagesKey! };

    /// <summary>The images after some iterations, with their card.</summary>
    internal DistilledSet Pack(Distillate made, int iterations)
    {
        using var scope = new Scope();
        return new DistilledSet(made.Images.Value, made.LabelLogits?.Value ?? made.LabelsN(), made.StepSizes?.Read() ?? [], new()
        {
            Method = Stage.Recipe.Method!.Kind,
            Options = JsonSerializer.Serialize(Stage.Recipe.Method.Options, Stage.Recipe.Method.Options.GetType(), RecipeContract.Writing),
            Dataset = Stage.Recipe.Data.Name,
            Kept = Stage.Recipe.Data.Classes,
            ClassNames = Data.Train.ClassNames,
            Normalization = Data.Train.Normalization,
            Network = Stage.Model,
            Iterations = iterations,
            Seed = Stage.Seed,
            Teacher = TeacherHash,
        });
    }

    /// <summary>Finds what cannot work, without a step.</summary>
    /// <exception cref="FitException">Method, images, networks or teacher do not fit together.</exception>
    internal void Check()
    {
        try
        {
            if (Stage.Recipe.Choose is not null && Data.Validation is null) throw new FitException($"stage '{Stage.Name}' chooses by validation images, and there are none: give data.validation, or leave 'choose' out");
            using var learned = Start();
            using var method = Method();
            Synthesizer.Run(Job(method, learned) with { Options = Learning with { Iterations = 0 } });
            using var set = Pack(learned, 0);
            using var network = Fresh(Stage.Seed);
            SetEvaluation.Check(network, set, Data, Stage.Recipe.Evaluation, Teacher);
        }
        catch (ArgumentException misfit)
        {
            throw new FitException($"stage '{Stage.Name}': {misfit.Message}", misfit);
        }
    }
}
