using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>0 in a rectangle of ⌊ratio · size + ½⌋ rows and columns around a centre anywhere, clipped at the edges: rows from centre − ⌊height/2⌋ on.</summary>
/// <param name="Rows">Row of the centre.</param>
/// <param name="Columns">Column of the centre.</param>
/// <param name="Height">Rows of the rectangle.</param>
/// <param name="Width">Columns of the rectangle.</param>
/// <remarks>An even rectangle's centre may also lie just behind the last row or column, as in the published code: each edge is then cut equally often.</remarks>
public sealed record Cutout(ImmutableArray<double> Rows, ImmutableArray<double> Columns, int Height, int Width) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW)
    {
        var insideDHW = Near(PixelGrid.RowsH1(imagesBCHW), Coordinate(Rows, imagesBCHW), Height)
            .LogicalAnd(Near(PixelGrid.Columns1W(imagesBCHW), Coordinate(Columns, imagesBCHW), Width));
        return imagesBCHW * insideDHW.LogicalNot().Unsqueeze(1).To(imagesBCHW.Device, imagesBCHW.DType);
    }

    internal static Cutout Draw(DrawSource source, double ratio)
    {
        var (height, width) = (PixelGrid.Part(source.Shape.Height, ratio), PixelGrid.Part(source.Shape.Width, ratio));
        return new(source.Whole(0, source.Shape.Height - (height % 2)), source.Whole(0, source.Shape.Width - (width % 2)), height, width);
    }

    static Tensor Near(Tensor positions, Tensor centres, int size)
    {
        var offset = positions - centres + (size / 2);
        return (offset >= 0).LogicalAnd(offset < size);
    }
}
