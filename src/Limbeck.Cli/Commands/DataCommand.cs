using System.CommandLine;
using Limbeck.Data.Sources;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck data</c>: the group of its three commands.</summary>
sealed class DataCommand : Command
{
    /// <summary>Makes the commands.</summary>
    public DataCommand(Terminal terminal) : base("data", "List, get and verify datasets.")
    {
        Subcommands.Add(new DataListCommand(terminal));
        Subcommands.Add(new DataGetCommand(terminal));
        Subcommands.Add(new DataVerifyCommand(terminal));
    }

    /// <summary>The dataset that an argument names.</summary>
    /// <param name="name">What the argument says.</param>
    /// <param name="others">What it could have said as well.</param>
    internal static DatasetInfo Find(string name, params string[] others) => Datasets.All.FirstOrDefault(known => known.Name == name)
        ?? throw new UsageException($"there is no dataset '{name}'. There are: {string.Join(", ", [.. Datasets.All.Select(known => known.Name), .. others])}");

    /// <summary>Lets an argument name a dataset.</summary>
    internal static void Complete(Argument<string> name) => name.CompletionSources.Add(_ => Datasets.All.Select(known => known.Name));
}
