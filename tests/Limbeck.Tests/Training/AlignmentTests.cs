using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

public sealed class AlignmentTests
{
    [Fact]
    public void Test_images_are_placed_in_a_shared_space_at_the_end()
    {
        using var data = FitTests.Data();
        using var teacher = FitTests.Small(5);
        using var student = FitTests.Small(6);
        var result = Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1), new Doubling().Weigh(1)], new() { Epochs = 1, Batch = 16 });
        using var scope = new Scope();
        var placed = result.Aligned!;
        Assert.Equal(2, placed.Count);
        Assert.Equal(Twice(student, data.Test), placed[0].Values, Near);
        Assert.Equal(Twice(teacher, data.Test), placed[1].Values, Near);
        Assert.Equal(student.Head.Weight.Value.Size(1), placed[0].Dimensions);
    }

    [Fact]
    public void Without_such_a_space_there_are_no_points()
    {
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        Assert.Null(Fit.Train(network, data, new() { Epochs = 1, Batch = 16 }).Aligned);
    }

    static float[] Twice(Network network, Limbeck.Data.ImageDataset data)
    {
        using var off = Grad.Off();
        return (2 * Features.Of(network, data)).ToArray<float>();
    }

    static bool Near(float one, float other) => Math.Abs(one - other) < 1e-4f * (1 + Math.Abs(one));

    // Its part's running mean stands still only in evaluation mode, in which it changes nothing.
    sealed class Doubling : IObjective, ISharedSpace
    {
        public IReadOnlyList<string> StudentTaps => ["pooled"];

        public IReadOnlyList<string> TeacherTaps => ["pooled"];

        public Module MakeParts(in Setting setting) => new BatchNorm1d(setting.Student["pooled"].Size(1));

        public Tensor Loss(in Lesson lesson) => lesson.Student["pooled"].Square().Mean() * 0;

        public IReadOnlyList<Tensor> Embed(in Lesson lesson)
        {
            Assert.False(lesson.Parts<BatchNorm1d>().Training);
            Assert.False(lesson.Student.Network.Training);
            return [2 * lesson.Student["pooled"], 2 * lesson.Teacher["pooled"]];
        }
    }
}
