using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>out[i, j] = x[i + rows, j + columns], 0 outside; whole numbers within ±⌊ratio · size + ½⌋.</summary>
/// <param name="Rows">Rows by which the window is moved down.</param>
/// <param name="Columns">Columns by which it is moved right.</param>
public sealed record Crop(ImmutableArray<double> Rows, ImmutableArray<double> Columns) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW) => PixelGrid.Take(imagesBCHW,
        PixelGrid.RowsH1(imagesBCHW) + Coordinate(Rows, imagesBCHW), PixelGrid.Columns1W(imagesBCHW) + Coordinate(Columns, imagesBCHW));

    internal static Crop Draw(DrawSource source, double ratio)
    {
        var (rows, columns) = (PixelGrid.Part(source.Shape.Height, ratio), PixelGrid.Part(source.Shape.Width, ratio));
        return new(source.Whole(-rows, rows), source.Whole(-columns, columns));
    }
}
