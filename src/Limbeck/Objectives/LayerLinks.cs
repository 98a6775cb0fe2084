using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What <see cref="LayerAlignment"/> trains and remembers: a Gaussian of each place of the teacher given each of the student, and the coefficients of all of them.</summary>
sealed class LayerLinks : PartSet
{
    readonly Torch.Nn.Buffer? lambdaTS;
    readonly Parameter? logitsTS;
    readonly Torch.Nn.Buffer linkedL;

    /// <param name="places">Names of the teacher's places, and of the student's.</param>
    /// <param name="lambda">Coefficients, a row for each place of the teacher; null where they are learned.</param>
    /// <param name="head">Makes the Gaussian of a place of the teacher given a place of the student. It is asked for no link of weight 0.</param>
    internal LayerLinks((IReadOnlyList<string> Teacher, IReadOnlyList<string> Student) places, double[][]? lambda, Func<int, int, VidHead> head)
    {
        Places = places;
        long[] shape = [places.Teacher.Count, places.Student.Count];
        if (lambda is null) logitsTS = Add("logits", new Parameter(Tensor.Zeros(shape)) { Decays = false });
        else lambdaTS = Add("lambda", new Torch.Nn.Buffer(Tensor.From<double>([.. lambda.SelectMany(row => row)], shape)));
        var linked = (from i in Enumerable.Range(0, places.Teacher.Count) from j in Enumerable.Range(0, places.Student.Count) where lambda is null || lambda[i][j] > 0 select (i, j)).ToList();
        linkedL = Add("linked", new Torch.Nn.Buffer(Tensor.From<long>([.. linked.Select(link => (link.i * shape[1]) + link.j)])));
        Heads = [.. linked.Select(link => (link.i, link.j, Add($"{link.i}_{link.j}", head(link.i, link.j))))];
    }

    internal (IReadOnlyList<string> Teacher, IReadOnlyList<string> Student) Places { get; }

    /// <summary>The links that are there, and the Gaussian of each.</summary>
    internal IReadOnlyList<(int Teacher, int Student, VidHead Head)> Heads { get; }

    /// <summary>u, where the coefficients are learned.</summary>
    internal Parameter? Logits => logitsTS;

    /// <summary>T×S: λ. Each column sums to one.</summary>
    internal Tensor LambdaTS => logitsTS is null ? lambdaTS!.Value : logitsTS.Value.Softmax(0);

    /// <summary>The coefficients of <see cref="Heads"/>.</summary>
    internal Tensor LambdaL => LambdaTS.Reshape(-1).IndexSelect(0, linkedL.Value);
}
