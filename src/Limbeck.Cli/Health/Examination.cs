using System.Diagnostics;
using System.Runtime.InteropServices;
using Limbeck.Data.Storage;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Torch;
using Limbeck.Torch.Images;

namespace Limbeck.Cli.Health;

/// <summary>Looks at all that Limbeck needs of a machine.</summary>
static class Examination
{
    const long LittleSpace = 2_000_000_000;

    /// <summary>Everything, in the order in which one needs it.</summary>
    public static IEnumerable<Finding> All(string runs) => [Limbeck(), Runtime(), Processor(), .. Native(), .. Datasets(), Room("runs", runs), Room("datasets", DataStoreOptions.FromEnvironment().Roots[0])];

    static Finding Limbeck() => new("Limbeck", Verdict.Fine, typeof(Examination).Assembly.GetName().Version!.ToString(3));

    static Finding Runtime() => new(".NET", Verdict.Fine, $"{Environment.Version}, {RuntimeInformation.RuntimeIdentifier}");

    static Finding Processor() => new("processor", Verdict.Fine, $"{Environment.ProcessorCount} cores, {Numbers.Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} of memory");

    static IEnumerable<Finding> Native()
    {
        if (NativeBuild.Shim is not { } shim)
        {
            yield return new("shim", Verdict.Missing, $"not built; looked at {string.Join(", ", NativeBuild.LookedIn)}",
                "Start Limbeck by ./limbeck, which builds it, or unset LIMBECK_SHIM if it names another file.");
            yield break;
        }

        yield return new("shim", Verdict.Fine, shim);
        var build = NativeBuild.Read();
        if (build is null) yield return new("libtorch", Verdict.Note, "the shim has no build-info.json beside it, which would say what it was built against", "Build it again: ./limbeck does.");
        yield return Loaded(build);
        if (ReferenceBlas() is { } slow) yield return slow;
        yield return Devices(build);
        if (build is not null) yield return Gloo(build);
        yield return ImageCodec.IsThere ? new("image files", Verdict.Fine, "JPEG, PNG and BMP can be read") : new("image files", Verdict.Note, "cannot be read: image-folder does not work", "Debian: apt-get install libstb0.");
    }

    static Finding Loaded(NativeBuild? build)
    {
        var from = build is null ? "" : $" in {build.Libtorch}, built by {build.Compiler}";
        try
        {
            return new("libtorch", Verdict.Fine, $"{Engine.Version}{from}; {Engine.Threads} threads");
        }
        catch (TorchUnavailableException refused)
        {
            var remedy = build is not null && !Directory.Exists(build.Libtorch)
                ? $"{build.Libtorch} is gone: install libtorch again or name one in LIMBECK_LIBTORCH, then start ./limbeck, which builds the shim anew."
                : "Start ./limbeck, which builds the shim anew when its sources or its libtorch have changed.";
            return new("libtorch", Verdict.Missing, refused.Message, remedy);
        }
    }

    // Debian's libtorch takes the BLAS that the system has. Another libtorch brings its own; the reference one is the only one known to be slow.
    static Finding? ReferenceBlas()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().FirstOrDefault(module => module.ModuleName.StartsWith("libblas.so", StringComparison.Ordinal) && module.FileName.Contains("/blas/", StringComparison.Ordinal)) is { } module
            ? new("BLAS", Verdict.Note, $"{module.FileName}, the reference implementation: linear layers take 8 to 22 times as long as with OpenBLAS", "Debian: apt-get install libopenblas0-openmp. Nothing need be built again.")
            : null;
    }

    static Finding Devices(NativeBuild? build)
    {
        const string Subject = "CUDA";
        try
        {
            return Engine.CudaDevices switch
            {
                0 when build is { Cuda: true } => new(Subject, Verdict.Note, "this libtorch has CUDA, and finds no device", "nvidia-smi says whether the driver sees one."),
                0 => new(Subject, Verdict.Fine, "none: this libtorch computes on the processor"),
                var count => new(Subject, Verdict.Fine, $"{count} devices"),
            };
        }
        catch (TorchUnavailableException)
        {
            return new(Subject, Verdict.Note, "not known while libtorch does not load");
        }
    }

    static Finding Gloo(NativeBuild build) => build.Gloo
        ? new("Gloo", Verdict.Fine, "there: several processes can train together")
        : new("Gloo", Verdict.Note, "not in this libtorch: several processes cannot train together", "Debian: apt-get install libgloo-dev, then start ./limbeck again.");

    // Which of them one needs is one's own affair: none is missing until a recipe asks for it.
    static IEnumerable<Finding> Datasets() => new DataStore().List().Select(known => known.Location is { } there
        ? new Finding(known.Dataset.Name, Verdict.Fine, there.Path ?? there.Format)
        : new Finding(known.Dataset.Name, Verdict.Note, $"not here; limbeck data get {known.Dataset.Name}{Package(known.Dataset.SystemPackage)} would get it"));

    static string Package(string? package) => package is null ? "" : $" or apt-get install {package}";

    static Finding Room(string what, string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there)) there = Path.GetDirectoryName(there)!;
        var free = new DriveInfo(there).AvailableFreeSpace;
        return free < LittleSpace
            ? new($"disk ({what})", Verdict.Note, $"{Numbers.Memory(free)} free in {folder}", "Make room, or use a folder on another disk.")
            : new($"disk ({what})", Verdict.Fine, $"{Numbers.Memory(free)} free in {folder}");
    }
}
