using System.Diagnostics;
using System.Globalization;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Bench;

/// <summary>Memory and time of the gradient through N inner steps: the adjoint sweep against the graph of all steps, each in a process of its own.</summary>
static class UnrolledSteps
{
    const int Rounds = 3, Images = 10;
    const double Mib = 1024 * 1024;

    static readonly int[] counts = [5, 10, 20, 40, 80];
    static readonly (string Name, GradientMethod Method, bool KeepAll)[] ways =
        [("adjoint", GradientMethod.Adjoint, false), ("adjoint, all graphs kept", GradientMethod.Adjoint, true), ("full unroll", GradientMethod.FullUnroll, false)];

    internal static void Measure(Table table)
    {
        var rows = new List<string>();
        foreach (var steps in counts)
        {
            var (seconds, memory) = (new double[ways.Length][], new double[ways.Length][]);
            for (var way = 0; way < ways.Length; way++) (seconds[way], memory[way]) = (new double[Rounds], new double[Rounds]);
            for (var round = 0; round < Rounds; round++)
            {
                for (var way = 0; way < ways.Length; way++) (seconds[way][round], memory[way][round]) = Ask(way, steps);
            }

            var full = Table.Median(seconds[^1]);
            rows.Add($"| {steps} | {string.Join(" | ", seconds.Select(all => $"{Table.Median(all):0.00}"))} | {Table.Median(seconds[0]) / full:0.00} | {string.Join(" | ", memory.Select(all => $"{Table.Median(all):0}"))} | {steps * Parameters() * 4 / Mib:0.0} |");
        }

        table.Save("unrolled-steps", [$"# The gradient of trajectory matching through N steps (ConvNet-3 of width 32, {Images} images of 3x32x32, float32)", "",
            $"{DateTime.UtcNow:yyyy-MM-dd}. {Table.Processor()}; libtorch {Engine.Version}, 1 thread. {Rounds} rounds in turns, each a process of its own; medians. Time is the processor's, of one iteration, in seconds; memory is the peak resident size, in MiB, with everything that the runtime and libtorch hold.", "",
            $"| N | {string.Join(" | ", ways.Select(way => $"s, {way.Name}"))} | adjoint / full | {string.Join(" | ", ways.Select(way => $"MiB, {way.Name}"))} | MiB of N parameter vectors |", $"|---|{string.Concat(Enumerable.Repeat("---|", (2 * ways.Length) + 2))}", .. rows]);
    }

    /// <summary>What the process of one measurement does: prints seconds and MiB.</summary>
    internal static void Once(int way, int steps)
    {
        Engine.Threads = 1;
        using var random = new Generator(1);
        using var network = Student(random);
        using var scope = new Scope();
        var student = new FlatParameters(network);
        var start = student.Gather();
        var goal = start + (0.01 * Tensor.Randn(start.Shape, random));
        var images = Tensor.Randn([Images, 3, 32, 32], random);
        var size = Tensor.Full([1], 0.01);
        images.RequiresGrad = size.RequiresGrad = true;
        var inputs = new UnrollInputs(images, Tensor.Arange(0, Images), null, size, null);
        var unroll = new Unroll(student, new LabelLoss(), new(ways[way].Method, ways[way].KeepAll ? steps : 0));
        Run(1);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        Run(steps);
        self.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(self.TotalProcessorTime - before).TotalSeconds} {self.PeakWorkingSet64 / Mib}"));

        void Run(int count)
        {
            using var inner = new Scope();
            unroll.Run(start, inputs, [.. Enumerable.Repeat(new InnerStep(), count)], theta => (theta - goal).Square().Sum());
        }
    }

    static ConvNet Student(Generator random) => new(new(Width: 32), 10, new ImageShape(3, 32, 32), random);

    static long Parameters()
    {
        using var random = new Generator(1);
        using var network = Student(random);
        return network.ParameterCount;
    }

    static (double Seconds, double Mib) Ask(int way, int steps)
    {
        var start = new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], ".", ".", "unrolled-once", $"{way}", $"{steps}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the benchmark did not start itself");
        double[] printed = [.. process.StandardOutput.ReadToEnd().Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        process.WaitForExit();
        return process.ExitCode == 0 ? (printed[0], printed[1]) : throw new InvalidOperationException($"{steps} steps of {ways[way].Name} ended with {process.ExitCode}");
    }
}
