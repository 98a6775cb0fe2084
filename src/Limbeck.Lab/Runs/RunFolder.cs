using System.Text.Json;
using Limbeck.Lab.Recipes;

namespace Limbeck.Lab.Runs;

/// <summary>The folder of one run. It describes itself: resolved recipe, events, networks, result, report.</summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The resolved recipe, which runs again.</summary>
    public string Recipe => In("recipe.yaml");

    /// <summary>What happened, a JSON object a line.</summary>
    public string Events => In("events.jsonl");

    /// <summary>What it came to; there once the run is finished.</summary>
    public string Result => In("result.json");

    /// <summary>The report.</summary>
    public string Report => In("report.html");

    /// <summary>The trials of its searches, in the format of Optuna's journal.</summary>
    public string Journal => In("search.journal");

    /// <summary>The recipe with what its searches found in their place.</summary>
    public string Found => In("found.yaml");

    /// <summary>What began the run: scale and time.</summary>
    public string Start => In("start.json");

    /// <summary>Whether the run came to its end.</summary>
    public bool IsFinished => File.Exists(Result);

    /// <summary>Makes the folder of a new run, named after the recipe and the time.</summary>
    public static RunFolder Create(string runs, Recipe recipe, Scale? scale, DateTimeOffset now, int jobs = 1)
    {
        var name = $"{recipe.Name}-{now.LocalDateTime:yyyyMMdd-HHmmss}";
        var folder = Enumerable.Range(1, int.MaxValue).Select(n => System.IO.Path.Combine(runs, n == 1 ? name : $"{name}-{n}")).First(Claim);
        var made = new RunFolder(folder);
        AtomicText.Write(made.Recipe, RecipeFile.Write(recipe));
        AtomicText.Write(made.Start, JsonSerializer.Serialize(new RunStart(scale?.ToString().ToLowerInvariant(), now, jobs), Format));
        return made;
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <exception cref="FileNotFoundException">It is no run folder.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.Recipe) && File.Exists(folder.Start)
            ? folder
            : throw new FileNotFoundException($"{folder.Path} is no run folder: it has no recipe.yaml and start.json", folder.Path);
    }

    /// <summary>Where a stage's network is.</summary>
    public string Network(string stage, int seed) => In(System.IO.Path.Combine("networks", $"{stage}-{seed}.safetensors"));

    /// <summary>Where the images are that a stage has synthesised.</summary>
    public string Images(string stage, int seed) => In(System.IO.Path.Combine("images", $"{stage}-{seed}.safetensors"));

    /// <summary>Reads what began the run.</summary>
    public RunStart ReadStart() => Read<RunStart>(Start);

    /// <summary>Reads what the run came to.</summary>
    /// <exception cref="FileNotFoundException">It is not finished.</exception>
    public RunResult ReadResult() => IsFinished
        ? Read<RunResult>(Result)
        : throw new FileNotFoundException($"{Path} is not finished: it has no result.json. Go on with: limbeck resume {Path}", Result);

    /// <summary>Writes what the run came to.</summary>
    public void WriteResult(RunResult result) => AtomicText.Write(Result, JsonSerializer.Serialize(result, Format));

    // Making a folder succeeds for everybody; only one process can be the first to make a file in it.
    static bool Claim(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using var first = new FileStream(System.IO.Path.Combine(folder, "recipe.yaml"), FileMode.CreateNew);
            return true;
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(folder, "recipe.yaml")))
        {
            return false;
        }
    }

    static T Read<T>(string path) => JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format) ?? throw new InvalidDataException($"{path} is empty");

    string In(string name) => System.IO.Path.Combine(Path, name);
}
