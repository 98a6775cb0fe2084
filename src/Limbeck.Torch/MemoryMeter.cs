using Limbeck.Torch.Interop;

namespace Limbeck.Torch;

/// <summary>Counts the bytes of the tensors that this thread allocates while it lives, on every device, those of autograd's graphs among them. It ends on the thread that began it; one at a time.</summary>
public sealed class MemoryMeter : IDisposable
{
    bool ended;

    /// <summary>Begins to count.</summary>
    /// <exception cref="TorchException">This thread counts already.</exception>
    public MemoryMeter() => Native.Check(Native.lmb_meter_begin(), "measuring memory");

    /// <summary>Bytes that are held now of those allocated since the beginning.</summary>
    public long Held => Read().Held;

    /// <summary>The most bytes that were held at once.</summary>
    public long Peak => Read().Peak;

    /// <summary>Ends to count. Tensors stay.</summary>
    public void Dispose()
    {
        if (ended) return;
        ended = true;
        Native.Check(Native.lmb_meter_end(), "measuring memory");
    }

    (long Held, long Peak) Read()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        Native.Check(Native.lmb_meter_read(out var held, out var peak), "measuring memory");
        return (held, peak);
    }
}
