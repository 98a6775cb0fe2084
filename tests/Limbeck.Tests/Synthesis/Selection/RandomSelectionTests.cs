using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Selection;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Selection;

[LeakFree]
public class RandomSelectionTests
{
    [Fact]
    public void ATeacherAnswersInEvaluationMode()
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        using var data = new Stripes();
        using var random = new Generator(4);
        using var teacher = new ConvNet(new(Depth: 1, Width: 8, Norm: ConvNet.NormKind.Batch), 3, new(1, 8, 8), random);
        using var learned = Distillate.Start(data.Images, 3, InitialImages.Real, seed: 1);
        teacher.Train(false);
        var expectedNC = teacher.Call(learned.Images.Value);

        teacher.Train(true);
        using var method = new RandomSelection(new(SoftLabels: true), data.Ingredients with { Teacher = teacher });
        method.Prepare(learned, random);
        Assert.True(learned.LabelLogits!.Value.SameAs(expectedNC));
        Assert.True(teacher.Training, "the teacher's mode is as before");
        teacher.Train(false);
        Assert.True(teacher.Call(learned.Images.Value).SameAs(expectedNC), "no running statistic moved");
    }
}
