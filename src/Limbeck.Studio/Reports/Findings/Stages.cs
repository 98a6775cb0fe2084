using Limbeck.Lab.Runs;
using Limbeck.Models;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Findings;

/// <summary>How the stages of a run relate.</summary>
internal static class Stages
{
    extension(StageResult stage)
    {
        public bool IsDistilled => stage.Teachers.Count > 0;

        /// <summary>Whether other stages' networks answer together in it.</summary>
        public bool IsEnsemble => stage.Members.Count > 0;

        /// <summary>What it learned from, in a few words.</summary>
        public string Source => stage.IsEnsemble
            ? $"answers of {string.Join(", ", stage.Members.Distinct(StringComparer.Ordinal))}"
            : $"{(stage.IsDistilled ? string.Join(", ", stage.Teachers) : "labels")}{(stage.Load is { } start ? $", starting from {start}" : "")}";

        /// <summary>Whether a validation split chose the epochs.</summary>
        public bool IsChosenOnValidation => stage.Seeds.All(seed => seed.Fit.Chosen.Validation is not null);

        /// <summary>The name as sentences carry it.</summary>
        public string Quoted => $"“{stage.Name}”";

        /// <summary>One measurement over the seeds that have it.</summary>
        public Spread? Over(Func<SeedResult, double?> read) => Spread.Of(stage.Seeds.Select(read));

        /// <summary>The first of its teachers that is a stage of this run.</summary>
        public StageResult? TeacherIn(RunResult run) => run.Stages.FirstOrDefault(other => stage.TeachersIn(run).Contains(other.Name, StringComparer.Ordinal));

        /// <summary>Whether it learned nothing but the labels, from a fresh network: no teacher, cross-entropy alone, no weights or answers of others.</summary>
        public bool IsPlain => !stage.IsDistilled && !stage.IsEnsemble && stage.Load is null && stage.Kinds.All(kind => kind == "cross-entropy");

        /// <summary>Whether it is distillation as plain as it gets: one teacher's soft targets, with or without the labels.</summary>
        public bool IsPlainDistillation => stage.Teachers.Count == 1
            && stage.Kinds.Order(StringComparer.Ordinal).ToArray() is ["soft-targets"] or ["cross-entropy", "soft-targets"];

        /// <summary>Whether another stage of the run starts from its weights.</summary>
        public bool IsStartIn(RunResult run) => run.Stages.Any(other => other.Load == stage.Name);

        /// <summary>Its teachers or, where the labels alone end what a teacher began, those of the stage that it starts from.</summary>
        public IReadOnlyList<string> TeachersIn(RunResult run) => stage.IsDistilled
            ? stage.Teachers
            : run.Stages.FirstOrDefault(start => start.Name == stage.Load)?.TeachersIn(run) ?? [];

        /// <summary>The images that it synthesised; null for a stage that only trained a network.</summary>
        public SetPicture? SetIn(RunResult run) => run.Sets.FirstOrDefault(set => set.Stage == stage.Name);

        /// <summary>
        /// What a stage is compared with: the same network, trained plainly on as many images; rather not its own teacher, and rather as long. Null for a plain stage itself.
        /// Where it synthesised images: the stage with as many random real ones, from which networks learned in the same way.
        /// </summary>
        public StageResult? ControlIn(RunResult run) => stage.SetIn(run) is { } set ? stage.RandomIn(run, set) : stage.IsPlain ? null : run.Stages
            .Where(other => other.IsPlain && other.SetIn(run) is null && other.Model == stage.Body && other.TrainImages == stage.TrainImages)
            .OrderBy(other => stage.Teachers.Contains(other.Name, StringComparer.Ordinal))
            .ThenBy(other => other.EpochCount != stage.EpochCount)
            .FirstOrDefault();

        // A student that took over its teacher's last layer is compared with what it is without.
        public string Body => stage.Model.Split(GraftedNetwork.Joint)[0];

        // Objectives are told as "0.9 · soft-targets (temperature = 4)"; a stage that was told none has the labels alone.
        IEnumerable<string> Kinds => stage.Objectives.Select(objective => objective.Split(" · ")[^1].Split(" (")[0]);

        StageResult? RandomIn(RunResult run, SetPicture set) => set.IsRandom ? null : run.Sets
            .Where(other => other.IsRandom && other.Protocol == set.Protocol)
            .Select(other => run.Stages.FirstOrDefault(known => known.Name == other.Stage))
            .FirstOrDefault(other => other?.Model == stage.Model && other.TrainImages == stage.TrainImages);

        int EpochCount => stage.Seeds.Count > 0 ? stage.Seeds[0].Fit.Epochs.Count : 0;
    }

    extension(RunResult run)
    {
        /// <summary>Stages that a teacher had a part in, or that synthesised images, with their controls; those that only others start from are no result.</summary>
        public IReadOnlyList<(StageResult Stage, StageResult Control)> Pairs =>
            [.. from stage in run.Stages where (stage.TeachersIn(run).Count > 0 && !stage.IsStartIn(run)) || stage.SetIn(run) is not null let control = stage.ControlIn(run) where control is not null select (stage, control)];

        /// <summary>The stages that were left out with all their seeds, each by the first of them.</summary>
        public IReadOnlyList<SkippedStage> LeftOut => [.. run.Skipped.DistinctBy(skipped => skipped.Stage).Where(skipped => run.Stages.All(stage => stage.Name != skipped.Stage))];

        /// <summary>The first stage that trained a network from labels alone.</summary>
        public StageResult? PlainOf(string model) => run.Stages.FirstOrDefault(stage => stage.IsPlain && stage.Model == model);

        /// <summary>The stage's place, which is its colour.</summary>
        public int PlaceOf(StageResult stage) => run.Stages.TakeWhile(other => !ReferenceEquals(other, stage)).Count();

        /// <summary>A label's name.</summary>
        public string ClassName(int label) => label >= 0 && label < run.Dataset.ClassNames.Count ? run.Dataset.ClassNames[label] : $"class {label}";
    }
}
