using Limbeck.Synthesis.Generation;
using Limbeck.Synthesis.Implicit;
using Limbeck.Synthesis.Matching;
using Limbeck.Synthesis.Regression;
using Limbeck.Synthesis.Selection;
using Limbeck.Torch.Optim;

namespace Limbeck.Synthesis;

/// <summary>Every method of dataset distillation, under the name that recipes use.</summary>
public static class SynthesisCatalog
{
    static readonly SynthesisEntry[] matching =
    [
        SynthesisEntry.Of<Dc, Dc.Options>("dc", "Gradients of the loss, class by class: Σ over output units of 1 − cos(g(S_c), g(T_c)).", "Zhao, Mopuri, Bilen 2021 (ICLR), algorithm 1",
            new() { Initial = InitialImages.Noise, Iterations = 10_000, ImageOptimizer = Slow(0.1) }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Dsa, Dsa.Options>("dsa", "As dc, real and synthetic images augmented alike: Σ 1 − cos(g(A(S_c)), g(A(T_c))).", "Zhao, Bilen 2021 (ICML), algorithm 1",
            new() { Iterations = 10_000, ImageOptimizer = Slow(0.1) }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Idc, Idc.Options>("idc", "Images that hold f² smaller ones: Σ (g(A(decode(S_c))) − g(A(T_c)))², on networks that learn from real images.", "Kim et al. 2022 (ICML)",
            new() { Iterations = 200_000, ImageOptimizer = Slow(0.08), Clamp = true }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Dm, Dm.Options>("dm", "Mean features of random networks, class by class: ‖mean f(A(S_c)) − mean f(A(T_c))‖².", "Zhao, Bilen 2023 (WACV), equation 6",
            new() { Iterations = 20_000, ImageOptimizer = Slow(1) }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Cafe, Cafe.Options>("cafe", "Mean features of every stage, and whether synthetic centres tell real images apart: Σ w ‖mean f(S_c) − mean f(T_c)‖² − β Σ log softmax(f(t)·c)_y.", "Wang et al. 2022 (CVPR), equations 3 to 8",
            new() { Initial = InitialImages.Noise, Iterations = 20_000, ImageOptimizer = Slow(0.1) }, (options, from) => new(options, from)),
        SynthesisEntry.Of<FRePo, FRePo.Options>("frepo", "Kernel ridge regression on the features of a pool of networks, images and labels learned: ½ ‖y_t − K_ts (K_ss + λI)⁻¹ y_s‖².", "Zhou, Nezhadarya, Ba 2022 (NeurIPS), algorithm 1",
            new() { Iterations = 500_000, ImageOptimizer = new LambOptions { Lr = 3e-4 }, LabelOptimizer = new LambOptions { Lr = 3e-4 } }, (options, from) => new(options, from)),
    ];

    static readonly SynthesisEntry[] unrolled =
    [
        SynthesisEntry.Of<Dd, Dd.Options>("dd", "Ordered steps with a step size each, to a low loss on real images: −log softmax(f(x; θ_N))_y.", "Wang et al. 2018, section 3",
            new() { Iterations = 400, Initial = InitialImages.Noise, ImageOptimizer = Dd.Adam, StepSizeOptimizer = Dd.Adam }, (options, from) => new(options, from)) with { IsOrdered = true },
        SynthesisEntry.Of<Gtn, Gtn.Options>("gtn", "As dd, in one pass, with images that a generator makes, whose weights and noise are learned: x = G_φ(z, y).", "Such et al. 2020 (ICML), section 3",
            new() { Iterations = 2000, Initial = InitialImages.Noise, ImageOptimizer = new AdamOptions { Lr = 0.02 }, StepSizeOptimizer = new AdamOptions { Lr = 0.02 } }, (options, from) => new(options, from)) with { IsOrdered = true },
        SynthesisEntry.Of<ImplicitDifferentiation, ImplicitDifferentiation.Options>("implicit", "A low loss on real images where training on the synthetic ones ends: −∂²L_T/∂x∂w (∂²L_T/∂w²)⁻¹ ∇_w L_V.", "Lorraine, Vicol, Duvenaud 2020 (AISTATS), algorithms 1 to 3",
            new() { Iterations = 2000, ImageOptimizer = new AdamOptions { Lr = 0.01 } }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Mtt, Mtt.Options>("mtt", "N steps to where M epochs on real images led: ‖θ_N − θ*_{t+M}‖² / ‖θ*_t − θ*_{t+M}‖².", "Cazenavette et al. 2022, section 3.2",
            new(), (options, from) => new(options, from)),
        SynthesisEntry.Of<Datm, Datm.Options>("datm", "As mtt, from ever later starts and with learned soft labels.", "Guo et al. 2024, section 3",
            new() { Iterations = 10_000, SkipAbove = 1, Average = 0.9995 }, (options, from) => new(options, from)),
    ];

    static readonly SynthesisEntry[] selections =
    [
        SynthesisEntry.Of<RandomSelection, RandomSelection.Options>("random", "Real images of each class, drawn at random; with soft labels those of a teacher: softmax(v(x)).", "the control; Qin, Deng, Alvarez-Melis 2024 (NeurIPS) for soft labels",
            new() { Iterations = 0 }, (options, from) => new(options, from)),
        SynthesisEntry.Of<FeatureSelection, FeatureSelection.Options>("herding", "Real images whose mean feature keeps nearest to their class's: argmin_x ‖μ − (f(x) + Σ f of those before) / k‖.", "Welling 2009; Rebuffi et al. 2017, algorithm 4",
            new() { Iterations = 0 }, (options, from) => new(options, from, ClassSelection.Herding)),
        SynthesisEntry.Of<FeatureSelection, FeatureSelection.Options>("k-centre", "Real images that leave none of their class far away: argmax_x min ‖f(x) − f of those before‖.", "Gonzalez 1985; Sener, Savarese 2018, algorithm 1",
            new() { Iterations = 0 }, (options, from) => new(options, from, ClassSelection.KCentre)),
    ];

    /// <summary>All of them, by what they compare: one step's gradients or features, a whole training, or nothing.</summary>
    public static IReadOnlyList<(string Compares, IReadOnlyList<SynthesisEntry> Entries)> Groups { get; } = [("steps", matching), ("trainings", unrolled), ("nothing", selections)];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SynthesisEntry> All { get; } = [.. Groups.SelectMany(group => group.Entries)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static SynthesisEntry Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind)
        ?? throw new KeyNotFoundException($"there is no method of dataset distillation '{kind}'. There are: {string.Join(", ", All.Select(entry => entry.Kind))}.");

    static SgdOptions Slow(double rate) => new() { Lr = rate, Momentum = 0.5 };
}
