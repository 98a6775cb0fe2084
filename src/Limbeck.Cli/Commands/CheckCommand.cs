using System.CommandLine;
using Limbeck.Cli.Rendering;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Synthesis;
using Limbeck.Torch;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck check</c>.</summary>
sealed class CheckCommand : Verb
{
    readonly Terminal terminal;

    /// <summary>Makes the command.</summary>
    public CheckCommand(Terminal terminal) : base("check", "Check a recipe without running it: every mistake at once, the plan, and what each scale would cost here.")
    {
        this.terminal = terminal;
        var recipe = new RecipeArguments(this);
        var runs = AddRuns();
        var show = new Option<bool>("--show") { Description = "Print the resolved recipe, every default written out, and nothing else." };
        var noEstimate = new Option<bool>("--no-estimate") { Description = "Measure nothing: no time and memory, and no libtorch needed." };
        Options.Add(show);
        Options.Add(noEstimate);
        var json = AddJson();
        Examples =
        [
            ("limbeck check quickstart", "The plan, then time and memory of each scale, from a few measured steps."),
            ("limbeck check mine.yaml defaults.optimizer.lr=0.1 --show", "What a recipe comes to with this change."),
        ];
        Does(parsed =>
        {
            var resolved = recipe.Read(parsed);
            if (parsed.GetValue(show))
            {
                terminal.Out.Write(RecipeFile.Write(resolved));
                return ExitCode.Done;
            }

            var asJson = parsed.GetValue(json);
            var plan = StagePlan.Of(resolved);
            if (!asJson) PrintPlan(resolved, plan);
            var costs = parsed.GetValue(noEstimate) ? [] : Estimate(parsed, recipe, resolved);
            if (asJson) terminal.PrintJson(new { resolved.Name, resolved.Description, Paths = resolved.Paths?.Count, Plan = plan.Select(stage => new { stage.Name, stage.Seed, stage.Model, stage.Key }), Estimates = costs });
            else if (costs.Count > 0) PrintCosts(costs);
            return ExitCode.Done;
        });
    }

    List<Cost> Estimate(ParseResult parsed, RecipeArguments recipe, Recipe resolved)
    {
        Engine.FlushDenormals();
        using var calibration = new Calibration(parsed.GetRequiredValue<string>("--runs"), terminal.Say);
        var scales = RecipeFile.Scales(recipe.File(parsed));
        if (recipe.Scale(parsed) is { } one) scales = [one];
        return scales.Count == 0
            ? [new Cost("as it stands", calibration.Of(resolved))]
            : [.. scales.Select(scale => new Cost(scale.ToString().ToLowerInvariant(), calibration.Of(recipe.Read(parsed, scale))))];
    }

    void PrintPlan(Recipe recipe, IReadOnlyList<PlannedStage> plan)
    {
        terminal.Print($"{recipe.Name}: {recipe.Description ?? "no description"}");
        var table = Tables.Of("stage", "model", "from", "loss", "data", ">epochs", ">batch", "seeds");
        foreach (var stage in plan.GroupBy(planned => planned.Name).Select(seeds => seeds.ToList()))
        {
            var (name, settings) = (stage[0].Name, stage[0].Recipe);
            if (settings.IsEnsemble)
            {
                table.Row(name, stage[0].Model, string.Join(", ", settings.Ensemble), Numbers.None, settings.Data.Name, Numbers.None, Numbers.None, SeedsOf(stage));
                continue;
            }

            if (settings.IsSynthesis)
            {
                var (learning, evaluation) = (settings.LearningOf(stage[0].Seed), settings.Evaluate ?? new());
                var learned = evaluation.InOrder ?? SynthesisCatalog.Find(settings.Method!.Kind).IsOrdered ? "own steps" : Numbers.Count(evaluation.Epochs);
                table.Row(name, settings.Model, string.Join(", ", settings.From.Select(Path.GetFileName)!), settings.Method!.Kind, $"{learning.ImagesPerClass} of each class for {settings.Data.Name}",
                    $"{(learning.Iterations == 0 ? "chosen" : $"{Numbers.Count(learning.Iterations)} iterations")}, then {evaluation.Learners} x {learned}", $"{evaluation.Batch}", SeedsOf(stage));
                continue;
            }

            var losses = settings.Objectives.Count == 0 ? "cross-entropy" : string.Join(" + ", settings.Objectives.Select(objective => objective.Kind));
            table.Row(name, settings.Model, string.Join(", ", settings.From.Select(Path.GetFileName)!), losses, Images(settings.Data), $"{settings.Epochs}", $"{settings.Batch}", SeedsOf(stage));
        }

        terminal.Print(table);
        foreach (var (stage, search) in recipe.Search) terminal.Print($"search: {search.Count} trials of {stage} by {search.Sampler.ToString().ToLowerInvariant()}, over {string.Join(", ", search.Space.Keys)}");
        if (recipe.Paths is { } paths)
            terminal.Print($"{paths.Count} paths from {paths.Teacher} to {paths.Student}: {Numbers.Plural(plan.DistinctBy(stage => stage.Name).Count(), "stage")}, {Numbers.Plural(plan.Count, "training")}{(paths.Beam is { } beam ? $" without the beam, which goes on from {beam} of those that come to one network" : "")}");
    }

    static string SeedsOf(IReadOnlyList<PlannedStage> stage) => stage[0].Recipe.IsOverSeeds
        ? string.Join(", ", stage[0].From.Select(member => member.Stage!.Seed).Distinct())
        : string.Join(", ", stage.Select(planned => planned.Seed));

    static string Images(DataRecipe data) => data switch
    {
        { Train: { } count } => $"{Numbers.Count(count)} of {data.Name}",
        { PerClass: { } count } => $"{Numbers.Count(count)} of each class of {data.Name}",
        _ => data.Name,
    };

    void PrintCosts(List<Cost> costs)
    {
        terminal.Print();
        var table = Tables.Of("scale", "stage", ">to run", ">steps", ">a step", ">time", ">memory");
        foreach (var (scale, estimate) in costs)
        {
            foreach (var stage in estimate.Stages)
            {
                table.Row(scale, stage.Stage, stage.Finished == 0 ? $"{stage.Seeds}" : $"{stage.Seeds - stage.Finished} of {stage.Seeds}",
                    Numbers.Count((long)stage.Epochs * stage.Steps), stage.StepSeconds is { } step ? $"{1000 * step:0.0} ms" : "–", Numbers.Duration(stage.Seconds), "");
            }

            table.Row(scale, "all", "", "", "", $"about {Numbers.Duration(estimate.Seconds)}", $"about {Numbers.Memory(estimate.MemoryBytes)}");
        }

        terminal.Print(table);
    }

    sealed record Cost(string Scale, Estimate Estimate);
}
