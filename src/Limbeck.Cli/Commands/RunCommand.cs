namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck run</c>.</summary>
sealed class RunCommand : Verb
{
    /// <summary>Makes the command.</summary>
    public RunCommand(Terminal terminal) : base("run", "Run a recipe: train its stages for all seeds, then print the table and write the report.")
    {
        var recipe = new RecipeArguments(this);
        var runs = AddRuns();
        var jobs = AddJobs("1");
        var every = AddCheckpointEvery();
        var json = AddJson();
        Examples =
        [
            ("limbeck run quickstart --scale smoke", "The shipped recipe, at the scale that takes a minute."),
            ("limbeck run mine.yaml --jobs 2", "Two stages at a time, on half of the cores each."),
            ("limbeck run mine.yaml stages.student.epochs=40 'seeds=[1,2,3]'", "A recipe of yours, changed on the way."),
        ];
        Does(parsed =>
        {
            var resolved = recipe.Read(parsed);
            return new RunSession(terminal, parsed.GetRequiredValue(runs)) { Jobs = parsed.GetValue(jobs) ?? 1, Json = parsed.GetValue(json), CheckpointEvery = parsed.GetValue(every) }
                .Begin(resolved, recipe.Scale(parsed));
        });
    }
}
