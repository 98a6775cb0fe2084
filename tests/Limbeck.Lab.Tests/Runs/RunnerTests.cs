using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class RunnerTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 100, train: 200 }
        defaults: { epochs: 1, batch: 50 }
        stages:
          teacher: { train: conv-tiny }
          student: { distil: conv-very-tiny, from: teacher, objectives: [cross-entropy, soft-targets] }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-runner-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void ASecondRunReusesWhatTheFirstTrainedAndSaysSo()
    {
        var first = Run("runs", out var events);
        Assert.Equal(2, events.OfType<StageDone>().Count());
        Assert.Equal(["teacher"], first.Stages[1].Teachers);
        Assert.Equal((1900, 100, 500), (first.Dataset.Train, first.Dataset.Validation, first.Dataset.Test));
        Assert.Equal(200, first.Stages[0].TrainImages);
        Assert.All(first.Stages, stage => Assert.False(stage.Seeds[0].Reused));

        var second = Run("runs", out events, "stages.student.epochs=2");
        Assert.Equal(["teacher"], events.OfType<StageReused>().Select(reused => reused.Stage));
        Assert.Equal([true, false], second.Stages.Select(stage => stage.Seeds[0].Reused));
        Assert.Equal(first.Stages[0].Seeds[0].Fit.Test.Accuracy, second.Stages[0].Seeds[0].Fit.Test.Accuracy);
        Assert.Equal(["student", "teacher"], second.Gallery!.Items[0].Answers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GoingOnWithAFinishedFolderIsTheSameRun()
    {
        var recipe = Read();
        var runs = Path.Combine(folder.FullName, "again");
        var made = RunFolder.Create(runs, recipe, null, DateTimeOffset.Now);
        var once = new Runner(runs).Run(made);
        var again = new Runner(runs).Run(made);
        Assert.All(again.Stages, stage => Assert.False(stage.Seeds[0].Reused));
        Assert.Equal(once.Stages[1].Seeds[0].Fit.Epochs[0].Loss, again.Stages[1].Seeds[0].Fit.Epochs[0].Loss);
    }

    [Theory]
    [InlineData("stages.teacher.data.classes=[1, 0, 2, 3, 4, 5, 6, 7, 8, 9]", "stand for the classes 1, 0, 2")]
    [InlineData("stages.teacher.data.classes=[3, 4]", "stand for the classes 3, 4 of the student's")]
    [InlineData("stages.student.data.classes=[3, 4]", "knows other classes than the student")]
    [InlineData("stages.student.data.train=5000", "1900 images to take from")]
    public void WhatCannotWorkIsFoundBeforeAnythingIsTrained(string change, string expected)
    {
        var events = new List<TrainingEvent>();
        var runs = Path.Combine(folder.FullName, "unfit");
        var error = Assert.Throws<FitException>(() => new Runner(runs, events.Add).Run(RunFolder.Create(runs, Read(change), null, DateTimeOffset.Now)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(events, happened => Assert.IsType<StageRehearsed>(happened));
    }

    [Fact]
    public void WhatIsFoundToFitOrIsFinishedIsNotTriedAgain()
    {
        var events = new List<TrainingEvent>();
        var runs = Path.Combine(folder.FullName, "once");
        var runner = new Runner(runs, events.Add);
        runner.Check(Read());
        runner.Run(RunFolder.Create(runs, Read(), null, DateTimeOffset.Now));
        Assert.Equal([("teacher", 1, 2), ("student", 2, 2)], events.OfType<StageRehearsed>().Select(rehearsed => (rehearsed.Stage, rehearsed.Number, rehearsed.Count)));

        events.Clear();
        new Runner(runs, events.Add).Check(Read("stages.student.epochs=2"));
        Assert.Equal(["student"], events.Select(rehearsed => rehearsed.Stage));
    }

    [Fact]
    public void SeveralTeachersEachWithItsOwnDataTeachOneStudent()
    {
        var text = Text.Replace("  student: { distil: conv-very-tiny, from: teacher, objectives: [cross-entropy, soft-targets] }", """
              raw: { train: conv-tiny, data: { normalize: false } }
              half: { train: conv-tiny, data: { classes: [4, 2], train: 50, validation: 20 } }
              student:
                distil: conv-very-tiny
                from: [teacher, raw, half]
                objectives: [cross-entropy, { kind: soft-targets, teacher: raw }, { kind: vid, student-taps: [pooled], teacher-taps: [pooled] }]
            """, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.FullName, "recipe.yaml"), text);
        var recipe = Read();
        var runs = Path.Combine(folder.FullName, "several");
        var student = new Runner(runs).Run(RunFolder.Create(runs, recipe, null, DateTimeOffset.Now)).Stages[^1];
        Assert.Equal(["teacher", "raw", "half"], student.Teachers);
        Assert.Equal(["cross-entropy", "soft-targets@raw", "vid@teacher", "vid@raw", "vid@half"], student.Seeds[0].Fit.Epochs[0].Terms.Keys);
        Assert.Contains("of raw", student.Objectives[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TwoRunsOfOneSecondHaveFoldersOfTheirOwn()
    {
        var now = DateTimeOffset.Now;
        var made = Enumerable.Range(0, 8).AsParallel().Select(_ => RunFolder.Create(folder.FullName, Read(), null, now).Path).ToList();
        Assert.Equal(8, made.Distinct(StringComparer.Ordinal).Count());
    }

    RunResult Run(string name, out List<TrainingEvent> events, params string[] changes)
    {
        var told = events = [];
        var runs = Path.Combine(folder.FullName, name);
        return new Runner(runs, told.Add).Run(RunFolder.Create(runs, Read(changes), null, DateTimeOffset.Now));
    }

    Recipe Read(params string[] changes)
    {
        var path = Path.Combine(folder.FullName, "recipe.yaml");
        if (!File.Exists(path)) File.WriteAllText(path, Text);
        return RecipeFile.Read(path, Words.Vocabulary, null, changes);
    }
}
