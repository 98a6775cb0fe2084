using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;

namespace Limbeck.Cli.Rendering;

/// <summary>What synthetic images are worth to several networks and beside random ones, on a terminal.</summary>
static class SetSheet
{
    /// <summary>Prints the tables, and why scores are not there; nothing where the recipe does not ask.</summary>
    internal static void Print(Terminal terminal, RunResult result)
    {
        foreach (var sets in SetTable.Of(result))
        {
            var table = Tables.Of([sets.Heads[0], .. sets.Heads.Skip(1).Select(head => $">{head}")]);
            foreach (var row in sets.Rows) table.Row([.. row]);
            terminal.Print($"{sets.Caption}:");
            terminal.Print(table);
        }

        foreach (var why in SetTable.Missing(result)) terminal.Print($"Not there of {why}");
    }
}
