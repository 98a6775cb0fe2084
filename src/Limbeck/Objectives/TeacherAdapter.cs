using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What <see cref="Amtml"/> trains: a latent vector θ of each teacher, the vector w that reads them, and a regressor for each stage that a teacher has in its care.</summary>
sealed class TeacherAdapter : PartSet
{
    readonly Parameter thetaMD, w;

    internal TeacherAdapter(long width, IReadOnlyList<IReadOnlyList<MapPair>> groups, Generator random)
    {
        using var scope = new Scope();
        thetaMD = Add("theta", new Parameter(Tensor.Randn([groups.Count, width], random)) { Decays = false });
        w = Add("w", new Parameter(Tensor.Randn([width], random)) { Decays = false });
        Regressors = [.. groups.Select((pairs, m) => pairs.Select((pair, k) => Add($"regressor{m}_{k}", new Linear(pair.Student.Size(1), pair.Teacher.Size(1), random, bias: false))).ToArray())];
    }

    /// <summary>By teacher, then by stage.</summary>
    internal IReadOnlyList<IReadOnlyList<Linear>> Regressors { get; }

    /// <summary>B×M: wᵀ(θ_m ⊙ A), A the largest value of each map.</summary>
    internal Tensor Scores(Tensor mapsBDHW) => mapsBDHW.Amax([2, 3]).Matmul((thetaMD.Value * w).Transpose(0, 1));

    /// <summary>‖w‖² + Σ ‖θ_m‖².</summary>
    internal Tensor SquaredLength() => w.Value.Square().Sum() + thetaMD.Value.Square().Sum();

    /// <summary>B: mean of (r(ŝ) − t̂)² over channels and positions, with the vectors over channels at each position brought to length 1.</summary>
    internal static Tensor Distance(Linear regressor, MapPair pair) => (regressor.Call(Directions(pair.Student)) - Directions(pair.Teacher)).Square().Mean([1, 2, 3]);

    static Tensor Directions(Tensor mapsBCHW) => Pairwise.Directions(mapsBCHW.Permute(0, 2, 3, 1));
}
