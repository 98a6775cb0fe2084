using Limbeck.Data.Distilled;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck export</c>.</summary>
sealed class ExportCommand : Verb
{
    /// <summary>Makes the command.</summary>
    public ExportCommand(Terminal terminal) : base("export", "Write a distilled set as other codes keep theirs: tensors of torch.save in a folder.")
    {
        var file = AddArgument("file", "Distilled set: RUN/images/STAGE-SEED.safetensors.");
        var folder = AddArgument("folder", "Folder to write into; made if it is not there.");
        var layout = ImportCommand.LayoutOption("Whose layout: mtt (also of TESLA, FTD, DATM) or dd-ranking.");
        layout.Required = true;
        Options.Add(layout);
        var json = AddJson();
        Examples =
        [
            ("limbeck export images.safetensors out --layout mtt", "Writes out/images_best.pt, labels_best.pt and, of a learned step size, lr_best.pt."),
            ("limbeck export images.safetensors out --layout dd-ranking", "Writes out/images.pt, class by class, labels.pt and lr.pt."),
        ];
        Does(parsed =>
        {
            using var set = DistilledSet.Open(parsed.GetRequiredValue(file));
            var files = SetFolder.Write(set, parsed.GetRequiredValue(folder), ImportCommand.LayoutOf(parsed.GetRequiredValue(layout)!));
            var (mean, std) = (set.Card.Normalization.Mean, set.Card.Normalization.Std);
            if (parsed.GetValue(json)) terminal.PrintJson(new { Files = files, set.Card.Dataset, set.Card.Network, mean, std, set.Card.Augmentation });
            else
            {
                foreach (var written in files) terminal.Print(written);
                terminal.Say($"{Numbers.Plural(set.Count, "image")} for {set.Card.Dataset}. The layout does not say what they are normalised with: means {string.Join(", ", mean)}, deviations {string.Join(", ", std)}");
            }

            return ExitCode.Done;
        });
    }
}
