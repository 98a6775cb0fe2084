using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Models;

public class ZooTests
{
    const long ReferenceSeed = 3;

    static Regex LargeName { get; } = new(@"^(convnet-d\d-w(?!32\b)|wrn-\d+-([3-9]|10)$|resnet-\d\d+x4$|(imagenet-resnet|resnetv2)-1\d\d$)", RegexOptions.None, TimeSpan.FromSeconds(1));

    static readonly HashSet<string> NamedByAll = new(["stem", "stem.pre", "stage1", "stage1.pre", "pooled", "logits"], StringComparer.Ordinal);

    public static TheoryData<string> References => [.. ReferenceNetwork.All.Keys];

    // The others differ from these in width or in the number of equal blocks.
    public static TheoryData<string> SmallNames => [.. Zoo.Names.Where(name => !LargeName.IsMatch(name))];

    [Theory, MemberData(nameof(References))]
    public void ParametersKeysAndFirstAnswersArePyTorchs(string which)
    {
        using var scope = new Scope();
        var expected = ReferenceNetwork.All[which];
        using var network = Zoo.Create(expected.Name, expected.Classes, expected.Shape, ReferenceSeed);
        Assert.Equal(expected.Parameters, network.ParameterCount);
        var state = string.Join('\n', network.State().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.Shape)}]"));
        Assert.Equal(expected.State, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state))));

        var logits = network.Call(Waves(2, expected.Shape));
        Assert.Equal([2, expected.Classes], logits.Shape);
        // The first bits differ with the machine's vector width, and 110 layers amplify them.
        Assert.All(expected.Logits.Zip(logits.Detach().ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
    }

    // Mirzadeh et al. 2020: counted from its architectures. ResNets with projection shortcuts.
    [Theory]
    [InlineData("plain-cnn-2", 13_082, 215_172)]
    [InlineData("plain-cnn-4", 37_338, 475_652)]
    [InlineData("plain-cnn-6", 82_778, 1_107_204)]
    [InlineData("plain-cnn-8", 327_962, 1_246_276)]
    [InlineData("plain-cnn-10", 2_487_850, 2_931_460)]
    [InlineData("resnet-8", 78_042, 83_892)]
    [InlineData("resnet-14", 175_258, 181_108)]
    [InlineData("resnet-20", 272_474, 278_324)]
    [InlineData("resnet-26", 369_690, 375_540)]
    [InlineData("resnet-32", 466_906, 472_756)]
    [InlineData("resnet-44", 661_338, 667_188)]
    [InlineData("resnet-56", 855_770, 861_620)]
    [InlineData("resnet-110", 1_730_714, 1_736_564)]
    [InlineData("convnet-d3-w128", 320_010, 504_420)]
    public void ParametersForTenAndForAHundredClasses(string name, long ten, long hundred)
    {
        using var small = Zoo.Create(name, classes: 10);
        using var large = Zoo.Create(name, classes: 100);
        Assert.Equal((ten, hundred), (small.ParameterCount, large.ParameterCount));
    }

    [Theory, MemberData(nameof(SmallNames))]
    public void EveryNameMakesANetworkOfThatNameThatLearns(string name)
    {
        using var scope = new Scope();
        using var network = Zoo.Create(name, classes: 7, RoomFor(name));
        Assert.Equal(name, network.Name);
        var logits = network.Call(Waves(2, network.Input));
        Assert.Equal([2, 7], logits.Shape);
        var gradients = Grad.Of(Functional.CrossEntropy(logits, Tensor.From<long>([0, 6])), [.. network.Parameters().Select(parameter => parameter.Value)]);
        Assert.All(gradients, gradient => Assert.True(gradient.IsFinite().All()));
    }

    [Fact]
    public void ASeedDeterminesANetwork()
    {
        using var scope = new Scope();
        using var first = Zoo.PlainCnn(2, seed: 5);
        using var again = Zoo.PlainCnn(2, seed: 5);
        using var other = Zoo.PlainCnn(2, seed: 6);
        Assert.All(first.State().Zip(again.State()), pair => Assert.True(pair.First.Value.SameAs(pair.Second.Value)));
        Assert.False(first.State()[0].Value.SameAs(other.State()[0].Value));
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheNearestAndTheList()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Zoo.Create("resnet_21"));
        Assert.Contains("no model 'resnet_21'; did you mean 'resnet-20'?", error.Message);
        Assert.All(Zoo.Families, family => Assert.Contains(family.Pattern, error.Message));
        Assert.DoesNotContain("did you mean", Assert.Throws<KeyNotFoundException>(() => Zoo.Create("transformer")).Message);
    }

    [Fact]
    public void WhatCannotBeMadeIsRefusedWithAReason()
    {
        using var random = new Generator(1);
        Assert.Contains("2, 4, 6, 8, 10", Assert.Throws<ArgumentOutOfRangeException>(() => new PlainCnn(3, 10, Zoo.Cifar, random)).Message);
        Assert.Contains("6n + 2", Assert.Throws<ArgumentOutOfRangeException>(() => new CifarResNet(18, wide: false, 10, Zoo.Cifar, random)).Message);
        Assert.Contains("6n + 4", Assert.Throws<ArgumentOutOfRangeException>(() => new WideResNet(20, 2, 10, Zoo.Cifar, random)).Message);
        Assert.Contains("8, 11, 13, 16, 19", Assert.Throws<ArgumentOutOfRangeException>(() => new Vgg(12, 10, Zoo.Cifar, random)).Message);
        Assert.Contains("18, 34, 50, 101, 152", Assert.Throws<ArgumentOutOfRangeException>(() => new ResNetV2(20, 10, Zoo.Cifar, random)).Message);
        Assert.Contains("images of 3x8x8 are too small for plain-cnn-10", Assert.Throws<ArgumentException>(() => Zoo.PlainCnn(10, input: new(3, 8, 8))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Zoo.Create("mlp", classes: 0));
    }

    [Fact]
    public void NamesAreUniqueAndTell()
    {
        Assert.Equal(Zoo.Names.Count, Zoo.Names.Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(Zoo.Names.ToHashSet(StringComparer.Ordinal), new HashSet<string>(["plain-cnn-2", "resnet-110", "conv-tiny", "conv-very-tiny", "convnet-d8-w1024-batch", "convnet-d3-w128", "lenet", "mlp", "alexnet"], StringComparer.Ordinal));
        Assert.All(Zoo.Families, family => Assert.False(string.IsNullOrWhiteSpace(family.Summary) || string.IsNullOrWhiteSpace(family.Source)));
        Assert.Equal("convnet-d2-w64-none-leakyrelu-max-pool", new ConvNet.Options(2, 64, ConvNet.NormKind.None, ConvNet.ActivationKind.LeakyRelu, ConvNet.PoolKind.Max).Name);
    }

    [Fact]
    public void EveryKindOfNetworkIsInTheZoo()
    {
        using var random = new Generator(1);
        var made = Zoo.Families.Where(family => family.Members.Count > 0).Select(family => family.Members.First().Value(10, Zoo.Cifar, random)).ToList();
        made.AddRange([Zoo.Create($"lenet{GraftedNetwork.Joint}resnet-8"), Zoo.Create("mean(2 lenet)")]);
        var kinds = typeof(Network).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Network)) && type != typeof(RenormalisedNetwork));
        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), made.Select(network => network.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(made.Where(network => network is not EnsembleNetwork), network => Assert.Superset(NamedByAll, network.Stages.Keys.ToHashSet(StringComparer.Ordinal)));
        made.ForEach(network => network.Dispose());
    }

    // Eight halvings need 256 pixels.
    static ImageShape RoomFor(string name)
    {
        var size = name.StartsWith("convnet-d", StringComparison.Ordinal) ? Math.Max(32, 1 << (name["convnet-d".Length] - '0')) : 32;
        return new(3, size, size);
    }

    // The batch of Fixtures/models.py.
    internal static Tensor Waves(int count, ImageShape shape) => Tensor.From<float>(
        [.. Enumerable.Range(0, count * shape.Count).Select(i => (float)Math.Sin(i * 0.1))], [count, shape.Channels, shape.Height, shape.Width]);
}
