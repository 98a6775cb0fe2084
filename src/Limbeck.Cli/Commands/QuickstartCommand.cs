using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck quickstart</c>.</summary>
sealed class QuickstartCommand : Verb
{
    const string Recipe = "quickstart";

    /// <summary>Makes the command.</summary>
    public QuickstartCommand(Terminal terminal) : base(Recipe, "See distillation at work in a few minutes: run the recipe 'quickstart', and say what it shows.")
    {
        var runs = AddRuns();
        var jobs = AddJobs("1");
        var json = AddJson();
        Examples = [("limbeck quickstart", "Needs the dataset fashion-mnist; limbeck doctor says whether it is here.")];
        Does(parsed =>
        {
            var recipe = RecipeFile.Read(ShippedRecipes.Find(Recipe), Words.Vocabulary);
            terminal.Say(recipe.Description ?? "");
            var code = new RunSession(terminal, parsed.GetRequiredValue(runs)) { Jobs = parsed.GetValue(jobs) ?? 1, Json = parsed.GetValue(json) }.Begin(recipe, scale: null);
            if (code == ExitCode.Done) terminal.Say(Next);
            return code;
        });
    }

    const string Next = """

        Look at the report in a browser; it needs no network. Then try:
          limbeck run quickstart 'stages.student.objectives[1].temperature=1'    what becomes of it without softening
          limbeck compare runs/*                                                 both side by side
          limbeck methods                                                        what else a student can learn from
          limbeck recipes cp quickstart mine.yaml                                a recipe to change
        """;
}
