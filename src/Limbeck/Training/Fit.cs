using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;

namespace Limbeck.Training;

/// <summary>Trains and distils in one line. What happens on the way is told to whoever asks; the network ends with the weights of the chosen epoch, in evaluation mode.</summary>
public static class Fit
{
    /// <summary>Trains a network on labels alone.</summary>
    public static FitResult Train(Module network, DataSplit data, FitOptions? options = null, Action<TrainingEvent>? tell = null, CancellationToken stop = default) =>
        Run(new FitJob(network, [], [new CrossEntropy().Weigh(1)], data, options ?? new()) { Tell = tell, Model = network.GetType().Name }, stop);

    /// <summary>Trains a student on a weighted sum of objectives, most of which read a teacher.</summary>
    public static FitResult Distil(Module student, DataSplit data, Module from, IReadOnlyList<Term> objectives, FitOptions? options = null,
        Action<TrainingEvent>? tell = null, CancellationToken stop = default) =>
        Distil(student, data, [new Teacher(from)], objectives, options, tell, stop);

    /// <summary>Trains a student on a weighted sum of objectives that read several teachers.</summary>
    public static FitResult Distil(Module student, DataSplit data, IReadOnlyList<Teacher> from, IReadOnlyList<Term> objectives, FitOptions? options = null,
        Action<TrainingEvent>? tell = null, CancellationToken stop = default) =>
        Run(new FitJob(student, from, objectives, data, options ?? new()) { Tell = tell, Model = student.GetType().Name }, stop);

    /// <summary>Finds what does not fit together, by a forward pass of two images; nothing is trained or changed.</summary>
    /// <exception cref="FitException">Something does not.</exception>
    public static void Check(FitJob job) => Preflight.Check(job);

    /// <summary>Runs a job, from its checkpoint if there is one.</summary>
    /// <exception cref="FitException">Something does not fit together: found before training starts, and nothing is changed.</exception>
    /// <exception cref="DivergedException">The loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint, if one was asked for, holds all that was done.</exception>
    public static FitResult Run(FitJob job, CancellationToken stop = default)
    {
        Preflight.Check(job);
        // A student with another network's head keeps its teacher's, whatever weights it was made with.
        if (job is { Student: GraftedNetwork grafted, Teachers: [{ Network: Network donor }] }) grafted.TakeHead(donor);
        using var solitude = new Solitude();
        using var trainer = new Trainer(job, solitude);
        return trainer.Run(stop);
    }
}
