using Limbeck.Evaluation.Projections;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Evaluation.Projections;

public sealed class PcaTests
{
    // numpy 1.24: u s of svd(x - x.mean(0)), the entry of each direction that is largest in size made positive.
    static readonly double[] Points = [1, 2, 0.5, 3, -1, 2, 0, 0.25, -1.5, -2, 4, 1, 1.5, 1, -3.25];
    static readonly double[] Expected = [0.3556370166549725, 0.782815846846862, -3.1259620107614734, 2.3741475797951614, -0.27440139324443297, -1.3151141054279478, 3.899974132286549, 1.0950046839403196, -0.8552477449356148, -2.9368540051543963];

    [Fact]
    public void Agrees_with_numpy()
    {
        using var scope = new Scope();
        Assert.Equal(Expected, Pca.Project(Tensor.From<double>(Points, [5, 3])).ToArray<double>(), Near);
    }

    // Points on a line through (3, −4) / 5: all of their variance is along it.
    [Fact]
    public void Points_on_a_line_keep_their_distances()
    {
        using var scope = new Scope();
        double[] along = [-3, -1, 0.5, 3.5];
        var map = Pca.Project(Tensor.From<double>([.. along.SelectMany(t => new[] { 7 + 0.6 * t, 2 - 0.8 * t })], [4, 2])).ToArray<double>();
        // The entry of −0.8 is the larger one: it is made positive, so that the line turns round.
        Assert.Equal(along.SelectMany(t => new[] { -t, 0 }), map, Near);
    }

    [Fact]
    public void Mirrored_points_give_a_mirrored_map()
    {
        using var scope = new Scope();
        var pointsND = Tensor.From<double>(Points, [5, 3]);
        Assert.Equal(Pca.Project(-pointsND).ToArray<double>(), Pca.Project(pointsND).ToArray<double>().Select(x => -x), Near);
    }

    [Fact]
    public void More_directions_than_there_are_are_refused()
    {
        using var scope = new Scope();
        Assert.Contains("Float64[5, 3]", Assert.Throws<ArgumentException>(() => Pca.Project(Tensor.From<double>(Points, [5, 3]), 4)).Message, StringComparison.Ordinal);
    }

    static bool Near(double one, double other) => Math.Abs(one - other) < 1e-9;
}
