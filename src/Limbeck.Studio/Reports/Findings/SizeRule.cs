using Limbeck.Lab.Runs;

namespace Limbeck.Studio.Reports.Findings;

/// <summary>
/// Which one assistant to take, foretold from networks that learned from labels: the one whose accuracy is nearest the mean of teacher's and student's. Mirzadeh et al.
/// 2020, figure 4.
/// </summary>
/// <remarks>The paper reads the test images; here it is the validation images, as for everything that chooses.</remarks>
/// <param name="Teacher">Accuracy of the teacher on the validation images.</param>
/// <param name="Student">Accuracy of the student, trained alone.</param>
/// <param name="Assistant">The assistant that the rule names.</param>
/// <param name="Accuracy">Its own accuracy, trained alone.</param>
internal sealed record SizeRule(double Teacher, double Student, string Assistant, double Accuracy)
{
    /// <summary>What the assistant's accuracy is to be near.</summary>
    public double Mean => (Teacher + Student) / 2;

    /// <summary>The rule for a student; null where there is nothing to choose from, or a network that it reads was not trained alone or not validated.</summary>
    /// <param name="run">The run.</param>
    /// <param name="teacher">Where the paths begin.</param>
    /// <param name="student">The student's network.</param>
    public static SizeRule? Of(RunResult run, PathNode teacher, string student)
    {
        if (teacher.Validation is not { } top || Alone(student) is not { } bottom) return null;
        var assistants = teacher.All.Where(node => node.Model == student).SelectMany(node => node.Before.Skip(1)).Select(node => node.Model).Distinct(StringComparer.Ordinal);
        return assistants.Select(assistant => Alone(assistant) is { } accuracy ? new SizeRule(top.Mean, bottom, assistant, accuracy) : null)
            .OfType<SizeRule>().MinBy(rule => Math.Abs(rule.Accuracy - rule.Mean));

        double? Alone(string model) => run.PlainOf(model)?.Over(seed => seed.Fit.Chosen.Validation?.Accuracy)?.Mean;
    }
}
