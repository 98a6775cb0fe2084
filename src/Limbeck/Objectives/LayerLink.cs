namespace Limbeck.Objectives;

/// <summary>How much one place of a student learns from one place of its teacher.</summary>
/// <param name="Teacher">The teacher's place.</param>
/// <param name="Student">The student's place.</param>
/// <param name="Weight">Its coefficient λ, in [0, 1].</param>
public sealed record LayerLink(string Teacher, string Student, double Weight);
