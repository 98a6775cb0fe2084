namespace Limbeck.Objectives;

/// <summary>One summand of the training loss.</summary>
/// <param name="Name">What logs and reports call it.</param>
/// <param name="Objective">The loss.</param>
/// <param name="Weight">Its weight over the epochs.</param>
public sealed record Term(string Name, IObjective Objective, WeightSchedule Weight)
{
    /// <summary>Name of the teacher that it reads. Null: each of them in turn, or all together where the objective says so.</summary>
    public string? Teacher { get; init; }
}
