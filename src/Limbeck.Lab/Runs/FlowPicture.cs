namespace Limbeck.Lab.Runs;

/// <summary>The flow matrices that a stage was taught, for pictures: the teacher's, the student's before and after, and those of the stages that start from it.</summary>
/// <param name="Stage">The stage (first seed).</param>
/// <param name="Images">Test images that the matrices are means over.</param>
/// <param name="Sections">One for each section that the objective compares.</param>
public sealed record FlowPicture(string Stage, int Images, IReadOnlyList<FlowOfSection> Sections);

/// <summary>One section of the networks.</summary>
/// <param name="Name">Places that the flow runs between.</param>
/// <param name="Rows">Channels at its beginning.</param>
/// <param name="Columns">Channels at its end.</param>
/// <param name="Largest">Largest entry of all matrices, sign apart.</param>
/// <param name="Matrices">The teacher's first.</param>
public sealed record FlowOfSection(string Name, int Rows, int Columns, double Largest, IReadOnlyList<FlowMatrix> Matrices);

/// <summary>One network's flow through a section.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Gap">Squared distance to the teacher's over the teacher's squared length, image by image: 0 for the teacher, 1 for a matrix of zeros.</param>
/// <param name="Entries">Row by row, 128 + 127 · sign(g) · √(|g| / largest): the root keeps small entries apart in 8 bits.</param>
public sealed record FlowMatrix(string Of, double Gap, byte[] Entries);
