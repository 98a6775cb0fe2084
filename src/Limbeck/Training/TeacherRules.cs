using Limbeck.Models;
using Limbeck.Objectives;

namespace Limbeck.Training;

/// <summary>What must hold between a student's terms and its teachers, whatever the networks answer.</summary>
static class TeacherRules
{
    internal static void Check(FitJob job)
    {
        if (job.Teachers.Count == 0 && job.Terms.FirstOrDefault(term => term.Objective.NeedsTeacher) is { } asking)
            throw new FitException($"{asking.Name} learns from a teacher, and there is none");
        if (job.Teachers.CountBy(teacher => teacher.Name).FirstOrDefault(name => name.Value > 1) is { Value: > 1, Key: { } twice })
            throw new FitException($"{job.Stage}: two teachers are called {twice}: give them different names");
        if (job is { Student: GraftedNetwork grafted, Teachers.Count: > 1 })
            throw new FitException($"{job.Stage}: {grafted.Name} answers with the last layer of its teacher, and there are {job.Teachers.Count}: name one");
        foreach (var teacher in job.Teachers) CheckClasses(job, teacher);
        foreach (var term in job.Terms) CheckTerm(job, term);
    }

    static void CheckClasses(FitJob job, Teacher teacher)
    {
        if (teacher.Classes is not { } known) return;
        var classes = job.Data.Train.Classes;
        foreach (var odd in known.Where(label => label < 0 || label >= classes))
            throw new FitException($"{job.Stage}: the teacher {teacher.Name} says to know class {odd}, and {job.Data.Train.Name} has classes 0 to {classes - 1}");
        if (known.CountBy(label => label).FirstOrDefault(label => label.Value > 1) is { Value: > 1, Key: var twice })
            throw new FitException($"{job.Stage}: two logits of the teacher {teacher.Name} stand for class {twice}: name each class once");
    }

    static void CheckTerm(FitJob job, Term term)
    {
        if (term.Teacher is { } name && job.Teachers.All(teacher => teacher.Name != name))
            throw new FitException($"{job.Stage}: {term.Name} reads the teacher {name}, and there is none of that name: there are {string.Join(", ", job.Teachers.Select(teacher => teacher.Name))}");
        if (term.Teacher is not null && term.Objective.TeachesTogether)
            throw new FitException($"{job.Stage}: {term.Name} reads all teachers together, and is told to read {term.Teacher}: leave 'teacher' out, or take an objective that compares with one");
        if (term.Objective.TeachesTogether && job.Teachers.FirstOrDefault(teacher => teacher.Classes is []) is { } foreign)
            throw new FitException($"{job.Stage}: {term.Name} combines what teachers know of the student's classes, and {foreign.Name} knows none of them: leave it out, or name it in objectives that read places inside");
    }
}
