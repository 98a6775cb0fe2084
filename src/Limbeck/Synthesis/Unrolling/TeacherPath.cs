namespace Limbeck.Synthesis.Unrolling;

/// <summary>Whether synthetic images are also changed for what the teacher then says of them.</summary>
public enum TeacherPath
{
    /// <summary>The gradient goes through the teacher: images may move to where its answer suits the student. One backward pass of the teacher a step.</summary>
    Through,

    /// <summary>The teacher's answer counts as given.</summary>
    Detached,
}
