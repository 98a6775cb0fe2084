namespace Limbeck.Lab.Search;

/// <summary>The trials of one search: what to try next is asked here, and what came of it told. All of it is in the journal before it counts.</summary>
sealed class Study(Journal journal, string name)
{
    readonly List<Trial> trials = [];
    IReadOnlyList<Parameter> space = [];

    /// <summary>Its name.</summary>
    internal string Name { get; } = name;

    /// <summary>Its trials, in their order.</summary>
    internal IReadOnlyList<Trial> Trials => trials;

    /// <summary>The trial that is worth the most; null while none is complete.</summary>
    internal Trial? Best => Trial.Ranked(trials).FirstOrDefault(trial => trial.State == TrialState.Complete);

    /// <summary>The trial to make now: one that is not at its end, or a new one.</summary>
    internal Trial Next(ISampler sampler)
    {
        var number = trials.FindIndex(trial => trial.State == TrialState.Running);
        if (number < 0)
        {
            number = trials.Count;
            journal.BeginTrial(this);
        }

        // A process may have been killed between the values of a trial: the same ones are proposed again.
        if (trials[number].Values.Count < space.Count)
        {
            foreach (var (parameter, value) in space.Zip(sampler.Propose(space, trials[..number], number))) journal.SetValue(this, number, parameter, value);
        }

        return trials[number];
    }

    /// <summary>Tells the value of a trial at an epoch.</summary>
    internal void Report(int number, int epoch, double value) => journal.Report(this, number, epoch, value);

    /// <summary>Tells how a trial ended.</summary>
    internal Trial End(int number, TrialState state, double? value = null)
    {
        journal.End(this, number, state, value);
        return trials[number];
    }

    /// <summary>Takes a trial as a line of the journal has it.</summary>
    internal void Take(Trial trial)
    {
        if (trial.Number == trials.Count) trials.Add(trial);
        else trials[trial.Number] = trial;
    }

    /// <summary>Takes the parameters, after a look at whether the trials so far are of them.</summary>
    internal void TakeSpace(IReadOnlyList<Parameter> parameters)
    {
        var domains = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Domain, StringComparer.Ordinal);
        foreach (var (trial, (parameter, value)) in trials.SelectMany(trial => trial.Values.Select(value => (trial, value))))
        {
            if (!domains.TryGetValue(parameter, out var domain) || !domain.Contains(value))
                throw new InvalidDataException($"{journal.Path}: trial {trial.Number} of '{Name}' has {parameter} = {value}, which this search may not choose: the journal is of another search. Move it away to start anew.");
        }

        space = parameters;
    }}
