using System.Runtime.InteropServices;

namespace Limbeck.Torch.Interop;

/// <summary>limbeck.h, line by line. Every entry that can fail returns 0 or a code; <see cref="Check"/> turns it into an exception.</summary>
static unsafe partial class Native
{
    internal const int Abi = 3;
    internal const string Library = "limbeck";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, ShimLoader.Resolve);

    [LibraryImport(Library)] internal static partial int lmb_abi_version();
    [LibraryImport(Library)] internal static partial int lmb_value_size();
    [LibraryImport(Library)] internal static partial nint lmb_libtorch_version();
    [LibraryImport(Library)] internal static partial nint lmb_error();
    [LibraryImport(Library)] internal static partial void lmb_free(nint memory);
    [LibraryImport(Library)] internal static partial int lmb_threads();
    [LibraryImport(Library)] internal static partial int lmb_set_threads(int count);
    [LibraryImport(Library)] internal static partial int lmb_cuda_devices();
    [LibraryImport(Library)] internal static partial long lmb_live_tensors();
    [LibraryImport(Library)] internal static partial int lmb_set_flush_denormal(int on);
    [LibraryImport(Library)] internal static partial int lmb_use_one_thread();
    [LibraryImport(Library)] internal static partial int lmb_release_memory();

    [LibraryImport(Library)] internal static partial int lmb_meter_begin();
    [LibraryImport(Library)] internal static partial int lmb_meter_read(out long held, out long peak);
    [LibraryImport(Library)] internal static partial int lmb_meter_end();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lmb_operator_find(string name, string overload, out nint op);
    [LibraryImport(Library)] internal static partial nint lmb_operator_schema(nint op);
    [LibraryImport(Library)]
    internal static partial int lmb_operator_call(nint op, NativeValue* args, int argCount, NativeValue* results, int capacity, int* count);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int lmb_tensor_info(nint tensor, long* info, int room);
    [LibraryImport(Library)] internal static partial void lmb_tensor_release(nint tensor);
    [LibraryImport(Library)]
    internal static partial int lmb_tensor_from_bytes(void* bytes, long length, int dtype, long* sizes, int dims, out nint tensor);
    [LibraryImport(Library)] internal static partial int lmb_tensor_memory(nint tensor, out nint memory, out long length);
    [LibraryImport(Library)] internal static partial int lmb_tensor_to_bytes(nint tensor, void* bytes, long length);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int lmb_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void lmb_set_grad_mode(int on);
    [LibraryImport(Library)] internal static partial int lmb_set_requires_grad(nint tensor, int on);
    [LibraryImport(Library)] internal static partial int lmb_tensor_grad(nint tensor, out nint grad);
    [LibraryImport(Library)] internal static partial int lmb_tensor_drop_grad(nint tensor);
    [LibraryImport(Library)]
    internal static partial int lmb_backward(nint* outputs, int outputCount, nint* gradOutputs, int retainGraph, int createGraph);
    [LibraryImport(Library)]
    internal static partial int lmb_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradOutputs,
        int retainGraph, int createGraph, int allowUnused, nint* grads);

    [LibraryImport(Library)] internal static partial int lmb_generator_new(long device, long seed, out nint generator);
    [LibraryImport(Library)] internal static partial void lmb_generator_release(nint generator);
    [LibraryImport(Library)] internal static partial int lmb_generator_state(nint generator, out nint tensor);
    [LibraryImport(Library)] internal static partial int lmb_generator_set_state(nint generator, nint tensor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int lmb_group_new(string host, int port, int rank, int world, long timeoutMs, out nint group);
    [LibraryImport(Library)] internal static partial void lmb_group_release(nint group);
    [LibraryImport(Library)] internal static partial int lmb_group_all_reduce(nint group, nint tensor, int op);
    [LibraryImport(Library)] internal static partial int lmb_group_broadcast(nint group, nint tensor, int root);
    [LibraryImport(Library)] internal static partial int lmb_group_barrier(nint group);

    /// <summary>Throws what the shim reported, with the doing that failed in front.</summary>
    internal static void Check(int code, string doing)
    {
        if (code != 0) throw new TorchException($"{doing}: {LastError()}", outOfMemory: code == 2);
    }

    internal static string LibtorchVersion => Marshal.PtrToStringUTF8(lmb_libtorch_version())!;

    internal static string LastError() => Marshal.PtrToStringUTF8(lmb_error()) ?? "no message";
}
