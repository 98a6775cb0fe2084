using Limbeck.Bench;
using Limbeck.Torch;

// usage: Limbeck.Bench BENCH_FOLDER RESULTS_FOLDER [small-op] [training-step] [distillation-epoch TRAIN_BIN IMAGES] [steady-state] [unrolled-steps]
var bench = args[0];
var table = new Table(args[1]);
Engine.FlushDenormals();
for (var i = 2; i < args.Length; i++)
{
    switch (args[i])
    {
        case "small-op": SmallOperator.Measure(bench, table); break;
        case "training-step": TrainingStep.Measure(bench, table); break;
        case "distillation-epoch": DistillationEpoch.Measure(bench, table, args[++i], int.Parse(args[++i])); break;
        case "steady-state": SteadyState.Measure(table); break;
        case "unrolled-steps": UnrolledSteps.Measure(table); break;
        case "unrolled-once": UnrolledSteps.Once(int.Parse(args[++i]), int.Parse(args[++i])); break;
        default: throw new ArgumentException($"there is no benchmark '{args[i]}'");
    }
}

return 0;
