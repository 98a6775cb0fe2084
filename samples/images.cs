#:project ../src/Limbeck/Limbeck.csproj
// A hundred synthetic images that stand for the 58,000 of Fashion-MNIST, and what a network learns from them, beside as many real ones. Some minutes on 2 cores.
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Matching;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Synthesizing;

const string Student = "convnet-d3-w16";

using var all = FashionMnist.Load().Split(validation: 2_000, seed: 1);
using var images = Distillate.Start(all.Train, perClass: 10, InitialImages.Real, seed: 1);
using var real = Pack("random");
using var method = new Dm(new(RealBatch: 64), new(all.Train, random => Zoo.Create(Student, all.Classes, all.Shape, random)));

Synthesizer.Run(new(method, images, new() { Iterations = 200, ImageOptimizer = new SgdOptions { Lr = 1, Momentum = 0.5 } }));
using var made = Pack("dm");

foreach (var set in new[] { real, made })
{
    var scores = SetEvaluation.Run(set, all, Student, new() { Networks = 2, Epochs = 100 });
    Console.WriteLine($"{set.Card.Method}: {scores.Average(score => score.Test!.Accuracy):P1} of the test images");
}

made.Save(Path.Combine(Path.GetTempPath(), "images.safetensors"));

DistilledSet Pack(string by)
{
    using var scope = new Scope();
    return new(images.Images.Value, images.LabelsN(), [], new()
    {
        Method = by, Dataset = "fashion-mnist", ClassNames = all.Train.ClassNames, Normalization = images.Normalization, Network = Student,
    });
}
