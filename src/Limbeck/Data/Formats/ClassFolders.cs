namespace Limbeck.Data.Formats;

/// <summary><c>train/CLASS/*</c> and <c>test/CLASS/*</c>, or <c>val</c> or <c>valid</c> in its place. Classes are numbered in the order of their folders' names, files stand in that of theirs.</summary>
static class ClassFolders
{
    static readonly string[] extensions = [".jpg", ".jpeg", ".png", ".bmp"];

    internal static ImageListing Read(string path)
    {
        var train = Path.Combine(path, "train");
        var test = new[] { "test", "val", "valid" }.Select(name => Path.Combine(path, name)).FirstOrDefault(Directory.Exists);
        if (!Directory.Exists(train) || test is null)
            throw new DataFormatException(path, null, "train/CLASS/* with test/CLASS/* or val/CLASS/*, or images.txt as in CUB-200-2011", Found(Directory.GetFileSystemEntries(path)));
        var classNames = Classes(train);
        if (classNames.Length == 0) throw new DataFormatException(train, null, "a folder for each class", Found(Directory.GetFileSystemEntries(train)));
        if (Classes(test) is var tested && !tested.SequenceEqual(classNames, StringComparer.Ordinal))
            throw new DataFormatException(test, null, $"the {classNames.Length} classes of {train}", $"{tested.Length}, {Difference(classNames, tested)}");
        return new(classNames, Images(train, classNames), Images(test, classNames));
    }

    static string[] Classes(string split) => [.. Directory.GetDirectories(split).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    static (string, int)[] Images(string split, string[] classNames) => [.. classNames.Index().SelectMany(entry => Images(Path.Combine(split, entry.Item)).Select(file => (file, entry.Index)))];

    // Tiny-ImageNet has its images one folder deeper.
    static string[] Images(string folder)
    {
        string[] images = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        return images.Length > 0 ? images : throw new DataFormatException(folder, null, $"images ({string.Join(", ", extensions)})", Found(Directory.GetFileSystemEntries(folder)));
    }

    static string Difference(string[] train, string[] test) =>
        train.Except(test).FirstOrDefault() is { } missing ? $"without '{missing}'" : $"with '{test.Except(train).First()}', which nobody learns";

    static string Found(string[] entries) => entries.Length == 0 ? "nothing" : string.Join(", ", entries.Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(8)) + (entries.Length > 8 ? ", …" : "");
}
