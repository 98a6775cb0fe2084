using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Data.Storage;

namespace Limbeck.Cli.Commands;

/// <summary>What a network or a distilled set is tested on: a dataset by its name, or a folder of image files.</summary>
/// <param name="Info">What is known of it before it is read.</param>
/// <param name="Load">Reads it.</param>
sealed record TestImages(DatasetInfo Info, Func<RawDataset> Load)
{
    /// <summary>Every name that there is.</summary>
    internal static IEnumerable<string> Names => Datasets.All.Select(known => known.Name).Append(ImageFolder.Name);

    /// <summary>Finds it. Images of a folder are brought to the size that was learned from.</summary>
    internal static TestImages Of(string name, string? path, ImageShape learned)
    {
        if (name != ImageFolder.Name)
        {
            var known = DataCommand.Find(name, ImageFolder.Name);
            return new(known, () => new DataStore().Load(known, path));
        }

        if (path is null) throw new UsageException("the images are files in a folder, which the file does not name: say where they are with --path, or name a dataset with --data");
        var read = ImageFolder.Load(path, new(learned.Height));
        return new(read.Info, () => read);
    }
}
