using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Models;

public class EnsembleNetworkTests
{
    static readonly ImageShape small = new(1, 12, 12);

    [Theory]
    [InlineData(EnsembleMean.Probabilities)]
    [InlineData(EnsembleMean.Logits)]
    public void AnswersWithTheMeanOfItsMembers(EnsembleMean mean)
    {
        using var scope = new Scope();
        using var network = new EnsembleNetwork([Zoo.Create("mlp", 3, small, 1), Zoo.Create("lenet", 3, small, 2), Zoo.Create("mlp", 3, small, 3)], mean);
        var images = ZooTests.Waves(4, small);
        var answers = network.Members.Select(member => member.Call(images)).Select(logits => mean == EnsembleMean.Logits ? logits : logits.Softmax(1)).Select(answer => answer.ToArray<float>()).ToList();
        double[] expected = [.. Enumerable.Range(0, 12).Select(i => answers.Average(answer => (double)answer[i]))];
        var said = network.Call(images);
        Assert.All(expected.Zip((mean == EnsembleMean.Logits ? said : said.Exp()).ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(network.Members.Sum(member => member.ParameterCount), network.ParameterCount);
        Assert.Equal(network.Members.Sum(Macs.Count), Macs.Count(network));
    }

    // Where every member is sure of another class, products of probabilities would vanish: the sum must not.
    [Fact]
    public void IsFiniteWhereItsMembersAreSure()
    {
        using var scope = new Scope();
        using var network = new EnsembleNetwork([Sure(1), Sure(2)]);
        double[] expected = [-1000, -Math.Log(2), -Math.Log(2)];
        Assert.All(expected.Zip(network.Call(ZooTests.Waves(1, small)).ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        static Network Sure(int of)
        {
            var network = Zoo.Create("mlp", 3, small, of);
            network.Head.Weight.Assign(Tensor.Zeros(network.Head.Weight.Value.Shape));
            network.Head.Bias!.Assign(Tensor.From<float>([0, of == 1 ? 1000 : 0, of == 2 ? 1000 : 0]));
            return network;
        }
    }

    [Theory]
    [InlineData("mean(3 resnet-8)", "resnet-8", "resnet-8", "resnet-8")]
    [InlineData("mean(resnet-8)", "resnet-8")]
    [InlineData("mean(2 mlp, lenet, mlp)", "mlp", "mlp", "lenet", "mlp")]
    [InlineData("logit-mean(mlp, 2 lenet)", "mlp", "lenet", "lenet")]
    public void ItsNameMakesItAgain(string name, params string[] members)
    {
        Assert.Equal(name, EnsembleNetwork.NameOf(members, name.StartsWith("logit", StringComparison.Ordinal) ? EnsembleMean.Logits : EnsembleMean.Probabilities));
        Assert.True(Zoo.Has(name));
        using var network = Zoo.Create(name, classes: 3);
        Assert.Equal(name, network.Name);
        Assert.Equal(members, ((EnsembleNetwork)network).Members.Select(member => member.Name));
        Assert.Distinct(((EnsembleNetwork)network).Members.Select(member => member.Parameters().First().Value.ToArray<float>()[0]));
    }

    [Theory]
    [InlineData("mean(resnet-9)", "no model 'resnet-9'; did you mean 'resnet-8'?")]
    [InlineData("mean(two mlp)", "no model 'two mlp'")]
    [InlineData("mean()", "no model ''")]
    public void NoOtherNameDoes(string name, string expected)
    {
        Assert.False(Zoo.Has(name));
        Assert.Contains(expected, Assert.Throws<KeyNotFoundException>(() => Zoo.Create(name)).Message);
    }

    [Fact]
    public void MembersOfOtherClassesAreRefused()
    {
        using var one = Zoo.Create("mlp", 3, small);
        using var other = Zoo.Create("mlp", 4, small);
        Assert.Contains("mlp has 3 classes of images 1x12x12, mlp 4 of 1x12x12", Assert.Throws<ArgumentException>(() => new EnsembleNetwork([one, other])).Message);
    }

    [Fact]
    public void TeachesByItsAnswerAndNotByMaps()
    {
        using var data = DataSplit.From(Synthetic.Make(new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 64, Test = 20, Noise = 30 }));
        using var teacher = Zoo.Create("mean(2 resnet-8)", 4, small);
        using var student = Zoo.Create("resnet-8", 4, small, seed: 5);
        var fit = Fit.Distil(student, data, teacher, [new SoftTargets(new()).Weigh(1)], new() { Epochs = 1, Batch = 32 });
        Assert.NotNull(fit.Test.Agreement);
        foreach (var objective in new IObjective[] { new Fsp(new()), new Hint(new()) })
            Assert.Contains("name its members in 'from'", Assert.Throws<FitException>(() => Fit.Distil(student, data, teacher, [objective.Weigh(1)])).Message);
        using var grafted = Zoo.Create("resnet-8+head-of-resnet-8", 4, small);
        Assert.Contains("no last layer of its own", Assert.Throws<FitException>(() => Fit.Distil(grafted, data, teacher, [new SoftTargets(new()).Weigh(1)])).Message);
    }
}
