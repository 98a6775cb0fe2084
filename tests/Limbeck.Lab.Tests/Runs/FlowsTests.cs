using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

public sealed class FlowsTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 0, train: 200 }
        defaults: { epochs: 1, batch: 10, optimizer: { kind: sgd, lr: 0.003 } }
        stages:
          teacher: { train: conv-tiny, seeds: [2] }
          flow: { distil: conv-tiny, from: teacher, epochs: 4, objectives: [{ kind: fsp, student-taps: [stage1, stage2, stage3], teacher-taps: [stage1, stage2, stage3] }] }
          student: { train: conv-tiny, load: flow }
          shuffled: { distil: conv-tiny, from: teacher, epochs: 4, objectives: [{ kind: hint, weight: 0 }, { kind: fsp, shuffle: true, student-taps: [stage1, stage2, stage3], teacher-taps: [stage1, stage2, stage3] }] }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-flows-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void AreSeenBeforeAndAfterBesideTheTeachers()
    {
        var path = Path.Combine(folder.FullName, "recipe.yaml");
        File.WriteAllText(path, Text);
        var run = RunFolder.Create(folder.FullName, RecipeFile.Read(path, Words.Vocabulary), null, DateTimeOffset.Now);
        new Runner(folder.FullName).Run(run);
        var (plain, shuffled) = run.ReadResult().Flows is [var one, var other] ? (one, other) : default;
        Assert.Equal(("flow", "shuffled"), (plain!.Stage, shuffled!.Stage));
        Assert.Equal(["stage1 → stage2", "stage2 → stage3"], plain.Sections.Select(section => section.Name));
        Assert.All(plain.Sections, section => Assert.Equal(["teacher", "flow, before", "flow, after", "student, after"], section.Matrices.Select(matrix => matrix.Of)));
        Assert.All(plain.Sections.Concat(shuffled.Sections), section =>
        {
            Assert.Equal(0, section.Matrices[0].Gap);
            Assert.All(section.Matrices, matrix => Assert.Equal(section.Rows * section.Columns, matrix.Entries.Length));
            // Behind a ReLU no flow is negative, and the largest entry of all has the strongest colour.
            Assert.All(section.Matrices, matrix => Assert.InRange(matrix.Entries.Min(), 128, 255));
            Assert.Equal(255, section.Matrices.Max(matrix => matrix.Entries.Max()));
            Assert.True(section.Matrices[2].Gap < section.Matrices[1].Gap, $"{section.Name}: from {section.Matrices[1].Gap} to {section.Matrices[2].Gap}");
        });
        // The same entries in another order, up to what the two pictures' scales round.
        Assert.NotEqual(plain.Sections[0].Matrices[0].Entries, shuffled.Sections[0].Matrices[0].Entries);
        Assert.Equal(Mean(plain.Sections[0]), Mean(shuffled.Sections[0]), 0.02);
    }

    // Before is what the training began with: a body of other classes, with a last layer of its own.
    [Fact]
    public void AreSeenOfAStartWithOtherClasses()
    {
        using var plan = new TinyPlan("""
            name: tiny
            data: { name: synthetic, validation: 0, train: 100 }
            defaults: { epochs: 1, batch: 50, optimizer: { kind: sgd, lr: 1e-12 } }
            stages:
              teacher: { train: convnet-d2-w16-none, seeds: [2] }
              five: { train: convnet-d2-w16-none, data: { classes: [0, 1, 2, 3, 4] } }
              flow: { distil: convnet-d2-w16-none, from: teacher, load: five, objectives: [{ kind: fsp, student-taps: [stage1, stage2], teacher-taps: [stage1, stage2] }] }
            """);
        var section = Assert.Single(Assert.Single(new Runner(plan["runs"]).Run(plan.NewRun("runs")).Flows).Sections);
        Assert.Equal(["teacher", "flow, before", "flow, after"], section.Matrices.Select(matrix => matrix.Of));
        // At such a rate nothing moves, and there is no batch norm.
        Assert.Equal(section.Matrices[1].Entries, section.Matrices[2].Entries);
    }

    static double Mean(FlowOfSection section) => section.Matrices[0].Entries.Average(entry => Math.Pow((entry - 128) / 127.0, 2) * section.Largest);
}
