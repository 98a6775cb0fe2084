using Limbeck.Torch.Interop;

namespace Limbeck.Torch.Tensors;

/// <content>Views and rearrangements.</content>
public sealed partial class Tensor
{
    static readonly Operator reshape = new("aten::reshape");

    /// <summary>Another shape of the same elements; −1 is worked out.</summary>
    public Tensor Reshape(params long[] shape) => reshape.Call(this, shape);

    static readonly Operator flatten = new("aten::flatten.using_ints");

    /// <summary>Dimensions start to end in one.</summary>
    public Tensor Flatten(long start = 0, long end = -1) => flatten.Call(this, start, end);

    static readonly Operator permute = new("aten::permute");

    /// <summary>Dimensions in another order.</summary>
    public Tensor Permute(params long[] dims) => permute.Call(this, dims);

    static readonly Operator transpose = new("aten::transpose.int");

    /// <summary>Two dimensions exchanged.</summary>
    public Tensor Transpose(long first, long second) => transpose.Call(this, first, second);

    static readonly Operator squeeze = new("aten::squeeze.dim");

    /// <summary>Without a dimension of size 1.</summary>
    public Tensor Squeeze(long dim) => squeeze.Call(this, dim);

    static readonly Operator unsqueeze = new("aten::unsqueeze");

    /// <summary>With a new dimension of size 1.</summary>
    public Tensor Unsqueeze(long dim) => unsqueeze.Call(this, dim);

    static readonly Operator expand = new("aten::expand");

    /// <summary>Broadcast to a shape, without a copy; −1 keeps a size.</summary>
    public Tensor Expand(params long[] shape) => expand.Call(this, shape);

    static readonly Operator contiguous = new("aten::contiguous");

    /// <summary>In row-major memory order.</summary>
    public Tensor Contiguous() => contiguous.Call(this);

    static readonly Operator clone = new("aten::clone");

    /// <summary>A copy.</summary>
    public Tensor Clone() => clone.Call(this);

    const long ChannelsLastFormat = 2;

    /// <summary>A copy of [B, C, H, W] in which the channels of a pixel lie side by side. Shape and values are the same; operators keep the layout.</summary>
    public Tensor ChannelsLast() => clone.Call(this, ChannelsLastFormat);

    static readonly Operator detach = new("aten::detach");

    /// <summary>The same elements, outside of the graph.</summary>
    public Tensor Detach() => detach.Call(this);

    static readonly Operator narrow = new("aten::narrow");

    /// <summary>length entries of a dimension from start on; a view.</summary>
    public Tensor Narrow(long dim, long start, long length) => narrow.Call(this, dim, start, length);

    static readonly Operator asStrided = new("aten::as_strided");

    /// <summary>A view of the storage: element (i, j, …) is the one at offset + i strides₀ + j strides₁ + …</summary>
    public Tensor AsStrided(long[] sizes, long[] strides, long offset = 0) => asStrided.Call(this, sizes, strides, offset);

    static readonly Operator select = new("aten::select.int");

    /// <summary>One entry of a dimension; a view without it.</summary>
    public Tensor Select(long dim, long index) => select.Call(this, dim, index);

    static readonly Operator indexSelect = new("aten::index_select");

    /// <summary>The entries of a dimension that an index vector names.</summary>
    public Tensor IndexSelect(long dim, Tensor indices) => indexSelect.Call(this, dim, indices);

    static readonly Operator gather = new("aten::gather");

    /// <summary>One element per index along a dimension.</summary>
    public Tensor Gather(long dim, Tensor indices) => gather.Call(this, dim, indices);

    static readonly Operator index = new("aten::index.Tensor");

    /// <summary>Elements by index tensors, one per leading dimension; null takes all of it.</summary>
    public Tensor Index(params Tensor?[] indices) => index.Call(this, indices);

    static readonly Operator nonzero = new("aten::nonzero");

    /// <summary>Where elements are not 0 (or hold): one row of indices each, int64.</summary>
    public Tensor Nonzero() => nonzero.Call(this);

    static readonly Operator flip = new("aten::flip");

    /// <summary>Reversed along dimensions.</summary>
    public Tensor Flip(params long[] dims) => flip.Call(this, dims);

    static readonly Operator pad = new("aten::constant_pad_nd");

    /// <summary>Padded with a constant: (left, right, top, bottom, …), last dimension first.</summary>
    public Tensor Pad(long[] padding, double value = 0) => pad.Call(this, padding, value);

    static readonly Operator padReflected = new("aten::reflection_pad2d");

    /// <summary>[B, C, H, W] with a border that mirrors what is inside, the outermost row or column not repeated: (left, right, top, bottom).</summary>
    public Tensor PadReflected(long[] padding) => padReflected.Call(this, padding);

    static readonly Operator split = new("aten::split_with_sizes");

    /// <summary>Consecutive pieces along a dimension.</summary>
    public Tensor[] Split(long[] sizes, long dim = 0) => split.CallList(this, sizes, dim);

    static readonly Operator oneHot = new("aten::one_hot");

    /// <summary>1 at each label, 0 elsewhere; int64.</summary>
    public Tensor OneHot(long classes) => oneHot.Call(this, classes);

    static readonly Operator toDType = new("aten::to.dtype");

    /// <summary>Converted to an element type.</summary>
    public Tensor To(DType dtype) => toDType.Call(this, dtype);

    static readonly Operator toDevice = new("aten::to.device");

    /// <summary>On a device, with an element type.</summary>
    public Tensor To(Device device, DType? dtype = null) => toDevice.Call(this, device, dtype ?? DType);

    static readonly Operator cat = new("aten::cat");

    /// <summary>Joined along a dimension.</summary>
    public static Tensor Cat(Tensor[] tensors, long dim = 0) => cat.Call(tensors, dim);

    static readonly Operator stack = new("aten::stack");

    /// <summary>Joined along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dim = 0) => stack.Call(tensors, dim);
}
