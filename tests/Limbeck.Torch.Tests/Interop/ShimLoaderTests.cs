namespace Limbeck.Torch.Tests.Interop;

/// <summary>A shim that is missing, broken or from elsewhere, each met by a process of its own.</summary>
public sealed class ShimLoaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AMissingShimIsNamed() =>
        AssertRefused(folder["none.so"], $"the native shim liblimbeck.so is not built. Looked at: {folder["none.so"]}. Run ./limbeck doctor.");

    [Fact]
    public void AFileThatIsNoLibraryIsRefused()
    {
        File.WriteAllText(folder["text.so"], "not a library");
        AssertRefused(folder["text.so"], $"{folder["text.so"]} does not load: ");
    }

    [Fact]
    public void AnotherLibraryIsRefused() => AssertRefused(Built("other.so", "int other(void) { return 1; }"), "is some other library, not Limbeck's shim");

    [Fact]
    public void AnotherAbiIsRefused() =>
        AssertRefused(Built("old.so", "int lmb_abi_version(void) { return 99; }"), $"{folder["old.so"]} speaks ABI 99, this Limbeck speaks 3: it was built from other sources");

    [Fact(Explicit = true)]
    public void Load() => Assert.NotEmpty(Engine.Version);

    string Built(string name, string code)
    {
        File.WriteAllText(folder["code.c"], code);
        var (failed, _, error) = External.Run("cc", ["-shared", "-fPIC", folder["code.c"], "-o", folder[name]]);
        Assert.True(failed == 0, error);
        return folder[name];
    }

    void AssertRefused(string shim, string complaint)
    {
        var (code, output, _) = Child.Run($"{GetType().FullName}.{nameof(Load)}", ("LIMBECK_SHIM", shim));
        Assert.NotEqual(0, code);
        Assert.Contains(nameof(TorchUnavailableException), output);
        Assert.Contains(complaint, output);
    }
}
