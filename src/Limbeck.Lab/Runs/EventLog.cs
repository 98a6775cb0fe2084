using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>The append-only log of a run: one JSON object a line, each written whole and at once. Everything that tells of a run reads this.</summary>
public sealed class EventLog : IDisposable
{
    static readonly (Type Event, string Name)[] OfSearches =
    [
        (typeof(TrialStarted), "trial-started"), (typeof(TrialDone), "trial-done"), (typeof(TrialPruned), "trial-pruned"), (typeof(TrialFailed), "trial-failed"),
    ];

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddSearches } } };
    readonly FileStream file;
    readonly Lock writing = new();

    /// <summary>Opens a log to append to. A line that a killed process left half-written is cut off.</summary>
    public EventLog(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(EndOfLastLine(file));
        file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Appends an event.</summary>
    public void Write(TrainingEvent happened)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(happened, Format), (byte)'\n'];
        lock (writing)
        {
            file.Write(line);
            file.Flush();
        }
    }

    /// <summary>The events of a log, also of one that is being written.</summary>
    public static IEnumerable<TrainingEvent> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            // Without its newline the last line may be half-written.
            if (reader.Peek() < 0 && !EndsWithNewline(path)) yield break;
            if (line.Length > 0) yield return JsonSerializer.Deserialize<TrainingEvent>(line, Format)!;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    // The library's events know of no search.
    static void AddSearches(JsonTypeInfo type)
    {
        if (type.Type != typeof(TrainingEvent)) return;
        foreach (var (happened, name) in OfSearches) type.PolymorphismOptions!.DerivedTypes.Add(new JsonDerivedType(happened, name));
    }

    static bool EndsWithNewline(string path)
    {
        using var tail = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return tail.Length == EndOfLastLine(tail);
    }

    static long EndOfLastLine(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return end;
        }

        return 0;
    }
}
