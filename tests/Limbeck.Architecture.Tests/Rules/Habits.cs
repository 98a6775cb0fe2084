namespace Limbeck.Architecture.Tests.Rules;

static class Habits
{
    static readonly Func<SourceFile, bool> Any = _ => true;
    static readonly Func<SourceFile, bool> AnyCSharp = file => file.Is(".cs");

    public static Rule NoRegions { get; } = new(
        "no regions", Rule.Forbid(AnyCSharp, @"^\s*#region.*", "a file that needs regions is two files"))
    {
        Breaks = [new("src/A/B.cs", "  #region Fields")],
        Obeys = [new("src/A/B.cs", "// #region Fields")],
    };

    public static Rule NoSuppressions { get; } = new(
        "no warning is suppressed in place",
        Rule.Forbid(AnyCSharp, @"^\s*#pragma\s+warning.*|\[[^\]\n]*SuppressMessage",
            "mend the cause, or set the rule's severity in .editorconfig with a reason"))
    {
        Breaks = [new("src/A/B.cs", "#pragma warning disable CA1000")],
        Obeys = [new("src/A/B.cs", "#if NET10_0_OR_GREATER")],
    };

    public static Rule OwnersNotFinalizers { get; } = new(
        "owners, not finalizers",
        Rule.Forbid(AnyCSharp, @"^\s*~[A-Z]\w*\s*\(\s*\)|\bGC\.(Collect|WaitForPendingFinalizers|AddMemoryPressure)\b",
            "tensors are freed by the scope, module or optimizer that owns them"))
    {
        Breaks = [new("src/A/B.cs", "  ~Tensor() => Release();")],
        Obeys = [new("src/A/B.cs", "var mask = ~Bits(); var used = GC.GetAllocatedBytesForCurrentThread();")],
    };

    public static Rule NothingUnfinished { get; } = new(
        "nothing is left unfinished",
        files => Rule.Forbid(Any, file => file.Comments, @"\b(TODO|FIXME|HACK|XXX)\b", "do it, or write down why not")(files)
            .Concat(Rule.Forbid(AnyCSharp, @"\bNotImplementedException\b", "write it, or leave it out")(files)))
    {
        Breaks = [new("src/A/B.cs", "int a; // TODO: more")],
        Obeys = [new("src/A/B.cs", "var text = \"TODO\";")],
    };

    public static Rule NothingSwallowed { get; } = new(
        "no exception is swallowed",
        Rule.Forbid(AnyCSharp, @"\bcatch\s*(\([^)\n]*\)\s*)?(when\s*\([^\n]*\)\s*)?\{\s*\}", "handle it, say it, or let it pass"))
    {
        Breaks = [new("src/A/B.cs", "try { Go(); } catch (IOException) { /* fine */ }")],
        Obeys = [new("src/A/B.cs", "try { Go(); } catch (IOException refused) { return refused.Message; }")],
    };

    public static Rule RangesAsTheyAreMeant { get; } = new(
        "the range of a real number is of real numbers",
        Rule.Forbid(AnyCSharp, @"\bRange\(-?[\d_]+,\s*-?[\d_]+\)[^\]\n]*\]\s*(public\s+)?(required\s+)?double\b.*", "write 0.0: RangeAttribute rounds the value to a whole number before it compares, so that 1.4 lies in [0, 1]"))
    {
        Breaks = [new("src/A/B.cs", "[Range(0, 1)] public double Weight { get; init; }"), new("src/A/C.cs", "record Options([property: Range(0, 1000), Incidental] double? Alpha = 1);")],
        Obeys = [new("src/A/B.cs", "[Range(0.0, 1.0)] public double Weight { get; init; }"), new("src/A/C.cs", "[Range(0, 1)] public int Steps { get; init; }"), new("src/A/D.cs", "[Range(0, 0.5)] public double Share { get; init; }")],
    };
}
