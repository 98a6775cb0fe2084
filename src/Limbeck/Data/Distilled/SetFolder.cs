using Limbeck.Data.PyTorch;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.Distilled;

/// <summary>Distilled sets to and from the folders of other codes.</summary>
/// <remarks>
/// Such a folder says neither what its images are normalised with nor what they stand for: who reads one has to know, and who writes one has to say it elsewhere. Images stay as they are normalised.
/// Soft labels are logits on both sides: those codes take their softmax, as this one does.
/// </remarks>
public static class SetFolder
{
    /// <summary>Writes a set into a folder, which is made if it is not there.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="InvalidDataException">The layout has no room for what the set holds.</exception>
    public static IReadOnlyList<string> Write(DistilledSet set, string folder, SetLayout layout)
    {
        if (set.StepSizes.Count > 1)
            throw new InvalidDataException($"the set was made for {set.StepSizes.Count} ordered steps, each with a step size of its own{(set.Momenta.Count > 0 ? " and a momentum" : "")}, and the layout has room for one step size: it means nothing in other codes");
        using var off = Grad.Off();
        using var scope = new Scope();
        var files = new Files(folder, layout);
        var orderN = layout == SetLayout.DdRanking ? ClassByClass(set) : null;
        var written = new List<(string Name, Tensor Tensor)>
        {
            (files.Images, InOrder(set.Images)),
            (files.Labels, InOrder(set.Labels)),
        };
        if (set.StepSize is { } step) written.Add((files.Step, Tensor.From<float>([(float)step]).Reshape()));
        Directory.CreateDirectory(folder);
        foreach (var (name, tensor) in written) TensorFile.Write(name, tensor);
        return [.. written.Select(file => file.Name)];

        Tensor InOrder(Tensor rows) => orderN is null ? rows : rows.IndexSelect(0, orderN);
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="layout">Whose it is.</param>
    /// <param name="card">Where the images come from, and what they are normalised with.</param>
    /// <exception cref="InvalidDataException">Its parts do not fit together, or not the card.</exception>
    /// <exception cref="DataFormatException">A file holds something else than one tensor.</exception>
    /// <exception cref="FileNotFoundException">It has no images.</exception>
    public static DistilledSet Read(string folder, SetLayout layout, DistilledCard card)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var files = new Files(folder, layout);
        if (!File.Exists(files.Images)) throw new FileNotFoundException($"there is no {files.Images}: {folder} is no folder of {(layout == SetLayout.Mtt ? "MTT" : "DD-Ranking")}", files.Images);
        try
        {
            var images = TensorFile.Read(files.Images);
            double[] steps = File.Exists(files.Step) ? [TensorFile.Read(files.Step).To(DType.Float64).Reshape(-1).Item()] : [];
            return new DistilledSet(images.To(DType.Float32), Labels(files, images, card.ClassNames.Count), steps, card);
        }
        catch (Exception misfit) when (misfit is ArgumentException or Limbeck.Torch.TorchException)
        {
            throw new InvalidDataException($"{folder} is no usable set: {Refusal.Words(misfit)}", misfit);
        }
    }

    // Where there are none, the images come class by class, as many of each.
    static Tensor Labels(Files files, Tensor images, int classes)
    {
        if (File.Exists(files.Labels))
        {
            var labels = TensorFile.Read(files.Labels);
            return labels.To(labels.Dim == 2 ? DType.Float32 : DType.Int64);
        }

        var count = images.Size(0);
        return count % classes == 0 && files.Layout == SetLayout.DdRanking
            ? Tensor.From<long>([.. Enumerable.Range(0, (int)count).Select(image => image / (count / classes))])
            : throw new InvalidDataException($"there is no {files.Labels}, and {count} images are not as many of each of {classes} classes in their order");
    }

    static Tensor ClassByClass(DistilledSet set)
    {
        var classes = set.Classes();
        return Tensor.From<long>([.. Enumerable.Range(0, set.Count).OrderBy(image => classes[image]).Select(image => (long)image)]);
    }

    sealed record Files(string Folder, SetLayout Layout)
    {
        internal string Images => In("images_best.pt", "images.pt");

        internal string Labels => In("labels_best.pt", "labels.pt");

        internal string Step => In("lr_best.pt", "lr.pt");

        string In(string mtt, string ranking) => Path.Combine(Folder, Layout == SetLayout.Mtt ? mtt : ranking);
    }
}
