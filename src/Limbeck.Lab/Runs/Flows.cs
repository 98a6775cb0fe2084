using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Looks at the flows of the stages that learned them: from the networks' files, after the run, so that a stage that is reused is seen as well.</summary>
/// <param name="shelf">The data.</param>
/// <param name="weights">The network file of a stage.</param>
sealed class Flows(DataShelf shelf, Func<StageParent, string> weights)
{
    const int Images = 64;

    /// <summary>A picture for each stage with the objective <c>fsp</c>.</summary>
    internal IReadOnlyList<FlowPicture> Of(IReadOnlyList<PlannedStage> plan) =>
        [.. plan.DistinctBy(stage => stage.Name).Where(stage => stage.Recipe.Objectives.Any(IsFlow)).Select(stage => Of(stage, plan))];

    static bool IsFlow(ObjectiveRecipe objective) => objective.Options is Fsp.Options;

    FlowPicture Of(PlannedStage stage, IReadOnlyList<PlannedStage> plan)
    {
        var data = shelf.Open(stage.Recipe.Data);
        using var off = Grad.Off();
        using var scope = new Scope();
        var batch = data.Test.Render(0, Math.Min(Images, data.Test.Count));
        var learned = stage.Recipe.Objectives.First(IsFlow);
        var from = learned.Teacher is { } named ? stage.From[stage.Recipe.From.TakeWhile(name => name != named).Count()] : stage.From[0];
        using var teacher = NetworkCard.Read(weights(from)).Shown(Networks.Open(weights(from)), data.Train);
        using var start = Networks.Begin(stage, data, weights);
        using var comparison = new Comparison(stage, start, teacher, data);
        List<(string Of, IReadOnlyList<Fsp.Section> Sections)> students = [($"{stage.Name}, before", comparison.Ask(start, batch))];
        foreach (var later in plan.Where(later => later == stage || later.Load?.Stage == stage).DistinctBy(later => later.Name))
        {
            using var network = Networks.Open(weights(new StageParent(null, later, later.Key)));
            students.Add(($"{later.Name}, after", comparison.Ask(network, batch)));
        }

        var whose = from.Stage?.Name ?? Path.GetFileName(from.Checkpoint)!;
        var sections = students[0].Sections.Index().Select(section => Draw(section.Item, whose, students.ConvertAll(student => (student.Of, student.Sections[section.Index].StudentBCC))));
        return new FlowPicture(stage.Name, batch.Count, [.. sections]);
    }

    static FlowOfSection Draw(Fsp.Section section, string teacher, IEnumerable<(string Of, Tensor FlowBCC)> students)
    {
        List<(string Of, Tensor FlowBCC)> flows = [(teacher, section.TeacherBCC), .. students];
        var means = flows.ConvertAll(flow => flow.FlowBCC.Mean(0));
        var largest = means.Max(meanCC => meanCC.Abs().Max().Item());
        var length = section.TeacherBCC.Square().Sum().Item();
        return new FlowOfSection(section.Name, (int)means[0].Size(0), (int)means[0].Size(1), largest, [.. flows.Zip(means, Matrix)]);

        FlowMatrix Matrix((string Of, Tensor FlowBCC) flow, Tensor meanCC) =>
            new(flow.Of, length > 0 ? (flow.FlowBCC - section.TeacherBCC).Square().Sum().Item() / length : 0, Bytes(meanCC, largest));
    }

    static byte[] Bytes(Tensor meanCC, double largest)
    {
        using var scope = new Scope();
        var shareCC = meanCC / (largest > 0 ? largest : 1);
        return [.. (shareCC.Sign() * shareCC.Abs().Sqrt() * 127 + 128).ToArray<float>().Select(entry => (byte)Math.Round(entry))];
    }

    /// <summary>A stage's objective, asked outside of its training.</summary>
    sealed class Comparison : IDisposable
    {
        readonly Fsp fsp;
        readonly List<IObjective> before;
        readonly Observed teacher;
        readonly Module? parts;

        internal Comparison(PlannedStage stage, Network student, Network teacher, DataSplit data)
        {
            var terms = StageJob.Terms(stage.Recipe).Select(term => term.Objective).ToList();
            fsp = terms.OfType<Fsp>().First();
            before = [.. terms.TakeWhile(term => term != fsp)];
            this.teacher = new Observed(teacher, [.. fsp.TeacherTaps, .. before.SelectMany(term => term.TeacherTaps)]);
            parts = Parts(stage, student, data);
        }

        internal IReadOnlyList<Fsp.Section> Ask(Network student, Batch batch)
        {
            using var scope = new Scope();
            using var observed = new Observed(student, fsp.StudentTaps);
            var sections = fsp.Sections(new Lesson(observed.Answer(batch.Images), teacher.Answer(batch.Images), batch, parts));
            foreach (var section in sections) scope.Keep([section.StudentBCC, section.TeacherBCC]);
            return sections;
        }

        // A shuffled teacher's order is not among what a training leaves behind: it is drawn again as the training drew it, after the parts of the terms before.
        Module? Parts(PlannedStage stage, Network student, DataSplit data)
        {
            using var scope = new Scope();
            using var random = new Generator(stage.Seed);
            using var observed = new Observed(student, [.. fsp.StudentTaps, .. before.SelectMany(term => term.StudentTaps)]);
            var images = data.Train.Render(0, Math.Min(2, data.Train.Count)).Images;
            var setting = new Setting(observed.Answer(images), teacher.Answer(images), data.Train.Count, random) { Labels = data.Train.Labels, Batch = stage.Recipe.Batch };
            foreach (var term in before) term.MakeParts(setting)?.Dispose();
            return fsp.MakeParts(setting);
        }

        public void Dispose()
        {
            teacher.Dispose();
            parts?.Dispose();
        }
    }
}
