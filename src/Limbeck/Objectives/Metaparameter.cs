using Limbeck.Torch.Nn;

namespace Limbeck.Objectives;

/// <summary>Numbers that say how others are trained, such as the weight of a loss. The training loss cannot choose them, for it would switch off whatever is hard; they learn from images held out.</summary>
/// <param name="Value">The numbers: of the objective's parts, and left alone by the training's optimizer.</param>
/// <param name="Lowest">Least value of each.</param>
/// <param name="Highest">Largest value of each.</param>
public sealed record Metaparameter(Parameter Value, double Lowest = double.NegativeInfinity, double Highest = double.PositiveInfinity);
