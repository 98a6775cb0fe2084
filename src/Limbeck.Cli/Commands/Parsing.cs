using System.Globalization;
using Limbeck.Data;
using Limbeck.Models;

namespace Limbeck.Cli.Commands;

/// <summary>What several commands read alike.</summary>
static class Parsing
{
    /// <summary>The name of a network of the zoo.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    internal static string Model(string name) =>
        Zoo.Has(name) ? name : throw new UsageException($"there is no model '{name}'{(Spelling.Nearest(name, Zoo.Names) is { } meant ? $"; did you mean '{meant}'?" : ".")} All names: limbeck models --json");

    /// <summary>The shape of images: <c>3x32x32</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal static ImageShape Shape(string text) => text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray() is [> 0 and var channels, > 0 and var height, > 0 and var width]
        ? new ImageShape(channels, height, width)
        : throw new UsageException($"--input: expected channels x height x width as in 3x32x32, found '{text}'");

    /// <summary>Does what fails with an <see cref="ArgumentException"/> where a network cannot be made for such classes or images, and says so to the user.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    internal static T Made<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException unfit)
        {
            throw new UsageException(Refusal.Words(unfit));
        }
    }
}
