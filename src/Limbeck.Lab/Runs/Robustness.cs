using Limbeck.Evaluation;

namespace Limbeck.Lab.Runs;

/// <summary>How a network bears disturbance, as far as the recipe asks for it.</summary>
/// <param name="Fgsm">Accuracy against the length of an attack's step, in pixels of [0, 1]; null where it was not asked for.</param>
/// <param name="WeightNoise">Accuracy against the standard deviation of noise on all weights; null where it was not asked for.</param>
public sealed record Robustness(RobustnessCurve? Fgsm, RobustnessCurve? WeightNoise);
