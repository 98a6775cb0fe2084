using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>The ways into the latent space of <see cref="LatentTriplets"/>: F_i and G_i from each teacher's features, F from the student's.</summary>
/// <remarks>B batch, P features of a network, H numbers of a code, D of the latent space. Rows come with length 1.</remarks>
public sealed class LatentMaps : PartSet
{
    readonly Sequential own;
    readonly Sequential[] encoders, decoders, aligners;

    internal LatentMaps(long studentFeatures, IReadOnlyList<long> teacherFeatures, int codeSize, int size, Generator random)
    {
        encoders = [.. teacherFeatures.Select((features, i) => Add($"{i}.encoder", Layers(features, features, codeSize)))];
        decoders = [.. teacherFeatures.Select((features, i) => Add($"{i}.decoder", Layers(codeSize, features, features)))];
        aligners = [.. teacherFeatures.Select((_, i) => Add($"{i}.aligner", Layers(codeSize, size, size)))];
        own = Add("student", Layers(studentFeatures, size, size));

        Sequential Layers(long inputs, long hidden, long outputs) => new(new Linear(inputs, hidden, random), new Relu(), new Linear(hidden, outputs, random));
    }

    internal IEnumerable<Parameter> Autoencoders => encoders.Concat(decoders).SelectMany(network => network.Parameters());

    /// <summary>h^i / ‖h^i‖, h^i = F_i(φ_i), B×H: a teacher's code of its features, in a space of its own. What is there before alignment.</summary>
    /// <param name="teacher">i, in the order of the stage's teachers.</param>
    /// <param name="features">φ_i: what passed the tap of that teacher, maps flattened.</param>
    public Tensor Code(int teacher, Tensor features) => Pairwise.Directions(Encode(teacher, features));

    /// <summary>u^i = G_i(h^i) / ‖G_i(h^i)‖, B×D: the same in the latent space. F_i has learned before and is held constant.</summary>
    /// <inheritdoc cref="Code"/>
    public Tensor OfTeacher(int teacher, Tensor features) => Pairwise.Directions(aligners[teacher].Call(Held(teacher, features)));

    /// <summary>v = F(φ) / ‖F(φ)‖, B×D: the student's features in the latent space.</summary>
    /// <param name="features">φ: what passed the student's tap, maps flattened.</param>
    public Tensor OfStudent(Tensor features) => Pairwise.Directions(own.Call(features.Flatten(1)));

    /// <summary>A teacher's code as it is, and what the decoder makes of it.</summary>
    internal (Tensor CodeBH, Tensor DecodedBP) Reconstruct(int teacher, Tensor features)
    {
        var codeBH = Encode(teacher, features);
        return (codeBH, decoders[teacher].Call(codeBH));
    }

    Tensor Held(int teacher, Tensor features)
    {
        using var off = Grad.Off();
        return Encode(teacher, features);
    }

    Tensor Encode(int teacher, Tensor features) => encoders[teacher].Call(features.Flatten(1));
}
