using System.Globalization;

namespace Limbeck.Data.Formats;

/// <summary>
/// The text files of CUB-200-2011 (Wah et al. 2011), each line a number and a value: images.txt (file under images/), image_class_labels.txt (class from 1), train_test_split.txt
/// (1 to learn from, 0 to report on) and classes.txt (name).
/// </summary>
static class CubListing
{
    const string Images = "images.txt";

    internal static bool IsAt(string path) => File.Exists(Path.Combine(path, Images));

    internal static ImageListing Read(string path)
    {
        var classNames = Lines(path, "classes.txt").Select(line => line.Value).ToList();
        var labels = Numbers(path, "image_class_labels.txt", 1, classNames.Count);
        var learned = Numbers(path, "train_test_split.txt", 0, 1);
        var images = Lines(path, Images).Select(line => (line.Id, File: Path.Combine(path, "images", line.Value))).ToList();
        if (images.FirstOrDefault(image => !labels.ContainsKey(image.Id) || !learned.ContainsKey(image.Id)) is { Id: { } odd })
            throw new DataFormatException(Path.Combine(path, Images), null, "a class and a split for each image", $"none for image {odd}");
        if (images.FirstOrDefault(image => !File.Exists(image.File)) is { File: { } missing }) throw new DataFormatException(missing, null, $"an image that {Images} names", "no such file");
        return new(classNames, Of(1), Of(0));

        (string, int)[] Of(int split) => [.. images.Where(image => learned[image.Id] == split).Select(image => (image.File, labels[image.Id] - 1))];
    }

    static Dictionary<string, int> Numbers(string path, string name, int least, int most) => Lines(path, name).ToDictionary(line => line.Id, line =>
        int.TryParse(line.Value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new DataFormatException(Path.Combine(path, name), null, $"a number from {least} to {most} for {line.Id}", $"'{line.Value}'"));

    static IEnumerable<(string Id, string Value)> Lines(string path, string name)
    {
        var file = Path.Combine(path, name);
        if (!File.Exists(file)) throw new DataFormatException(file, null, $"the file that stands beside {Images} in CUB-200-2011", "no such file");
        return File.ReadLines(file).Where(line => line.Length > 0).Select((line, row) => line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var id, var value]
            ? (id, value)
            : throw new DataFormatException(file, null, $"a number and a value in line {row + 1}", $"'{line}'"));
    }
}
