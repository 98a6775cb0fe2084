using Limbeck.Cli.Rendering;
using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Torch;
using Limbeck.Training;

namespace Limbeck.Cli.Commands;

/// <summary>One sitting of a run: from the words at its start to table and report, or to the words on how to go on.</summary>
/// <param name="terminal">Where it talks.</param>
/// <param name="runs">The folder of the run folders.</param>
sealed class RunSession(Terminal terminal, string runs)
{
    Action<TrainingEvent> tell = _ => { };

    /// <summary>Prints the result as JSON and not as a table.</summary>
    public bool Json { get; init; }

    /// <summary>Seconds between two checkpoints.</summary>
    public double CheckpointEvery { get; init; } = 30;

    /// <summary>Stages side by side.</summary>
    public int Jobs { get; init; } = 1;

    Runner NewRunner() => new(runs, happened => tell(happened)) { CheckpointEvery = TimeSpan.FromSeconds(CheckpointEvery), Jobs = Jobs };

    /// <summary>Begins a run. What cannot work is found before a folder is made for it.</summary>
    /// <exception cref="TorchUnavailableException">There is no libtorch.</exception>
    /// <exception cref="DatasetNotFoundException">A dataset is not here.</exception>
    /// <exception cref="FitException">Something does not fit together.</exception>
    public ExitCode Begin(Recipe recipe, Scale? scale)
    {
        Prepare(recipe);
        var runner = NewRunner();
        Watch(() =>
        {
            runner.Check(recipe);
            return recipe;
        });
        return Go(runner, RunFolder.Create(runs, recipe, scale, DateTimeOffset.Now, Jobs));
    }

    /// <summary>Does what is left of a run.</summary>
    public ExitCode GoOn(RunFolder folder)
    {
        Prepare(RecipeFile.Read(folder.Recipe, Words.Vocabulary));
        return Go(NewRunner(), folder);
    }

    /// <summary>Prints what a finished run came to.</summary>
    public void Print(RunFolder folder, RunResult result)
    {
        if (Json)
        {
            terminal.PrintJson(result);
            return;
        }

        terminal.Print(ResultTable.Of(result));
        SetSheet.Print(terminal, result);
        foreach (var paths in PathTable.Of(result)) terminal.Print(paths.ToText());
        foreach (var conclusion in Report.Conclusions(result)) terminal.Print(conclusion);
        terminal.Print($"Report: {Short(folder.Report)}");
    }

    static void Prepare(Recipe recipe)
    {
        Engine.FlushDenormals();
        var store = new DataStore();
        foreach (var (name, path) in recipe.Stages.Values.Select(stage => (stage.Data.Name, stage.Data.Path)).Distinct().Where(data => data.Name != ImageFolder.Name)) store.Find(Datasets.Get(name), path);
    }

    ExitCode Go(Runner runner, RunFolder folder)
    {
        var shown = Short(folder.Path);
        terminal.Say($"Writing to {shown}. Should it stop: limbeck resume {Quoted(shown)}");
        using var interruption = new Interruption(terminal.Say);
        try
        {
            var result = Watch(() => runner.Run(folder, interruption.Stop));
            Report.Save(result, folder.Report);
            Print(folder, result);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (interruption.Stop.IsCancellationRequested)
        {
            terminal.Say($"Stopped; all that was done is kept. Go on with: limbeck resume {Quoted(shown)}");
            return interruption.Code;
        }
    }

    T Watch<T>(Func<T> work) => IProgressView.For(terminal).Watch(told =>
    {
        tell = told;
        return work();
    });

    // As one would type it here.
    static string Short(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
