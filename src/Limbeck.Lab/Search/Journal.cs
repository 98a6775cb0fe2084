using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Limbeck.Lab.Search;

/// <summary>
/// The studies of a file in the format of Optuna's journal storage, a JSON object a line, only ever appended to and on the disk before anything else is done; so that
/// <c>optuna-dashboard FILE</c> shows them, and a search killed at any time goes on where it was.
/// </summary>
/// <remarks>Studies and trials are numbered in the order of their lines, over the whole file.</remarks>
sealed class Journal : IDisposable
{
    static readonly JsonNode Maximise = 2;
    readonly FileStream file;
    readonly List<Study> studies = [];
    readonly List<(Study Study, int Number)> trials = [];

    /// <summary>Opens a journal, or begins one. A line that a killed process left half-written is cut off.</summary>
    /// <exception cref="InvalidDataException">A line is not understood.</exception>
    /// <exception cref="IOException">It cannot be opened; another process may be at it.</exception>
    internal Journal(string path)
    {
        Path = path;
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Replay();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The study of a name, begun where there is none.</summary>
    /// <exception cref="InvalidDataException">There is one, of another space.</exception>
    internal Study Open(string name, IReadOnlyList<Parameter> space)
    {
        var study = studies.Find(known => known.Name == name);
        if (study is null)
        {
            Append(JournalOperation.CreateStudy, ("study_name", name), ("directions", new JsonArray(Maximise.DeepClone())));
            study = studies[^1];
        }

        study.TakeSpace(space);
        return study;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    internal void BeginTrial(Study study) =>
        Append(JournalOperation.CreateTrial, ("study_id", studies.IndexOf(study)), ("datetime_start", Now()));

    internal void SetValue(Study study, int number, Parameter parameter, double value) => Append(JournalOperation.SetTrialParam,
        ("trial_id", trials.IndexOf((study, number))), ("param_name", parameter.Name), ("param_value_internal", value), ("distribution", Distribution.Of(parameter.Domain)));

    internal void Report(Study study, int number, int epoch, double value) => Append(JournalOperation.SetTrialIntermediateValue,
        ("trial_id", trials.IndexOf((study, number))), ("step", epoch), ("intermediate_value", value));

    internal void End(Study study, int number, TrialState state, double? value) => Append(JournalOperation.SetTrialStateValues,
        ("trial_id", trials.IndexOf((study, number))), ("state", (int)state), ("values", value is { } known ? new JsonArray(known) : null), ("datetime_complete", Now()));

    void Append(JournalOperation operation, params (string Key, JsonNode? Value)[] fields)
    {
        var line = new JsonObject { ["op_code"] = (int)operation, ["worker_id"] = $"limbeck-{Environment.ProcessId}" };
        foreach (var (key, value) in fields) line.Add(key, value);
        file.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        file.Flush(flushToDisk: true);
        Apply(line);
    }

    void Replay()
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        foreach (var (index, text) in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            try
            {
                Apply(JsonNode.Parse(text) as JsonObject ?? throw new FormatException("it is no JSON object"));
            }
            catch (Exception odd) when (odd is JsonException or InvalidOperationException or ArgumentException or FormatException)
            {
                throw new InvalidDataException($"{Path}, line {index + 1} is no line of a journal: {odd.Message}", odd);
            }
        }
    }

    void Apply(JsonObject line)
    {
        switch ((JournalOperation)(int)line["op_code"]!)
        {
            case JournalOperation.CreateStudy:
                studies.Add(new Study(this, (string)line["study_name"]!));
                break;
            case JournalOperation.CreateTrial:
                var study = studies[(int)line["study_id"]!];
                trials.Add((study, study.Trials.Count));
                study.Take(new Trial(study.Trials.Count));
                break;
            case JournalOperation.SetTrialParam:
                Change(line, trial => trial with { Values = With(trial.Values, (string)line["param_name"]!, (double)line["param_value_internal"]!) });
                break;
            case JournalOperation.SetTrialStateValues:
                Change(line, trial => trial with { State = (TrialState)(int)line["state"]!, Value = (double?)line["values"]?[0] });
                break;
            case JournalOperation.SetTrialIntermediateValue:
                Change(line, trial => trial with { Reports = With(trial.Reports, (int)line["step"]!, (double)line["intermediate_value"]!) });
                break;
            case var other:
                throw new FormatException($"it has op_code {(int)other}, which no search of Limbeck writes");
        }
    }

    void Change(JsonObject line, Func<Trial, Trial> change)
    {
        var (study, number) = trials[(int)line["trial_id"]!];
        study.Take(change(study.Trials[number]));
    }

    static Dictionary<TKey, double> With<TKey>(IReadOnlyDictionary<TKey, double> values, TKey key, double value) where TKey : notnull =>
        new(values) { [key] = value };

    // Optuna's dates are local and name no zone.
    static string Now() => DateTime.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
