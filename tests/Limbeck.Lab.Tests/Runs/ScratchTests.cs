using System.Diagnostics;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

public class ScratchTests
{
    [Fact(Explicit = true)]
    public void Measure()
    {
        var plan = StagePlan.Of(RecipeFile.Read("/tmp/comparison.yaml", Words.Vocabulary));
        using var shelf = new DataShelf(new DataStore());
        var watch = Stopwatch.StartNew();
        shelf.Open(plan[0].Recipe.Data);
        Console.WriteLine($"data {watch.Elapsed.TotalMilliseconds:0}");
        watch.Restart();
        shelf.Open(plan[0].Recipe.Data);
        Console.WriteLine($"data again {watch.Elapsed.TotalMilliseconds:0}");
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        watch.Restart();
        Rehearsal.Of(plan, shelf, happened =>
        {
            using var self = Process.GetCurrentProcess();
            Console.WriteLine($"{happened.Stage} {watch.Elapsed.TotalMilliseconds:0} cpu {(self.TotalProcessorTime - cpu).TotalMilliseconds:0}");
            cpu = self.TotalProcessorTime;
            watch.Restart();
        });
    }
}
