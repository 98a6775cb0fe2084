using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Syntax;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class RecipeSchemaTests
{
    private static readonly Lazy<Dictionary<string, bool>?> Ajv = new(AskAjv);

    /// <summary>Patches of the good recipe that the schema must accept as it does the recipe.</summary>
    public static TheoryData<string> Right =>
    [
        "extends: base.yaml",
        "scales: { smoke: { defaults: { epochs: 1 } }, full: }",
        "stages: { board: { ensemble: teacher }, other: { ensemble: [teacher, alone], over: seeds, mean: logits } }",
        "stages: { student: { from: [teacher, a/b.safetensors], load: null, clip: 1.5 } }",
        "stages: { student: { objectives: [cross-entropy, { soft-targets: { temperature: 2, weight: 3 } }] } }",
        "stages: { student: { objectives: [{ kind: soft-targets, reduction: element-mean, weight: { kind: linear, from: 4, to: 1 } }] } }",
        "stages: { student: { objectives: [{ soft-targets: { weight: { until: { epoch: 2 } } } }, { kind: cross-entropy, weight: { kind: from, epoch: 2, value: 0.5 } }] } }",
        "stages: { alone: { optimizer: { lr: 0.5 }, schedule: one-cycle } }",
        "stages: { alone: { schedule: { kind: multi-step, milestones: [1, 2] }, optimizer: { adamw: { weight-decay: 0.1 } } } }",
        "data: { augment: [flip, { crop: { padding: 2 } }, { kind: cutout, length: 8 }], classes: [0, 1], train: null }",
        "published: { student: { test: 73.5, sd: 0.1, at: last, source: me } }",
        "differences: [fewer epochs, no augmentation]",
        "measure: [fgsm, { weight-noise: { draws: 1 } }, { kind: latent-space, projection: pca }]",
        "search: { student: { sampler: grid, prune: { factor: 3 }, space: { student.epochs: { choice: [1, two, true] }, student.batch: { integer: [1, 9], complement: x } } } }",
        "search: { student: { trials: 3, prune: null } }",
    ];

    /// <summary>Patches of the good recipe that the schema must refuse.</summary>
    public static TheoryData<string> Wrong =>
    [
        "epochs: 3",
        "name: a/b",
        "defaults: { epocs: 3 }",
        "defaults: { epochs: 0 }",
        "defaults: { epochs: ten }",
        "defaults: { epochs: 1.5 }",
        "defaults: { optimizer: { kind: sdg } }",
        "defaults: { optimizer: { kind: sgd, beta1: 0.9 } }",
        "defaults: { schedule: consine }",
        "stages: { alone: { train: resnet-9 } }",
        "stages: { alone: { distil: resnet-8 } }",
        "stages: { alone: { ensemble: [teacher] } }",
        "stages: { board: { ensemble: teacher, over: classes } }",
        "stages: { board: { ensemble: [teacher, teacher] } }",
        "stages: { a/b: { train: resnet-8 } }",
        "stages: { student: { objectives: [soft-target] } }",
        "stages: { student: { objectives: [{ kind: soft-targets, temperature: 0 }] } }",
        "stages: { student: { objectives: [{ kind: cross-entropy, temperature: 1 }] } }",
        "stages: { student: { objectives: [{ weight: 1 }] } }",
        "stages: { student: { objectives: [{ kind: cross-entropy, weight: { kind: linear, form: 4 } }] } }",
        "stages: { student: { objectives: [{ kind: cross-entropy, weight: { until: { epoch: -1 } } }] } }",
        "published: { student: { test: 73.5, at: first, source: me } }",
        "measure: [fsgm]",
        "measure: [{ fgsm: { points: 1 } }]",
        "measure: [{ kind: latent-space, projection: umap }]",
        "data: { name: cifar-10 }",
        "data: { augment: [{ crop: { pading: 2 } }] }",
        "data: { classes: [1, 1] }",
        "seeds: []",
        "search: { student: { sampler: tpa } }",
        "search: { student: { space: { student.epochs: { choice: [[1]] } } } }",
        "search: { student: { space: { student.epochs: { normal: [0, 1] } } } }",
        "scales: { tiny: {} }",
        "scales: { smoke: { defaults: { epochs: 0 } } }",
    ];

    [Fact]
    public void Says_what_the_records_say()
    {
        var schema = JsonNode.Parse(RecipeSchema.Write(TestVocabulary.Instance))!;

        Assert.Equal(
            ["extends", "name", "description", "data", "defaults", "paths", "stages", "seeds", "search", "measure", "published", "differences", "scales"],
            schema["properties"]!.AsObject().Select(p => p.Key));
        var validation = schema["properties"]!["data"]!["properties"]!["validation"]!;
        Assert.Equal("""{"type":"integer","minimum":0,"maximum":100000000,"default":5000}""", Without(validation, "description"));
        Assert.StartsWith("Images taken out of the training set", (string?)validation["description"]);
        var models = schema["properties"]!["stages"]!["additionalProperties"]!["properties"]!["train"]!["enum"]!.AsArray();
        Assert.Equal(TestVocabulary.Instance.Models.Append(null), models.Select(n => (string?)n));
    }

    [Fact]
    public void A_model_may_be_made_of_two()
    {
        var schema = JsonNode.Parse(RecipeSchema.Write(TestVocabulary.Instance with { ModelJoint = "+on-" }))!;
        var ways = schema["properties"]!["stages"]!["additionalProperties"]!["properties"]!["distil"]!["anyOf"]!.AsArray();
        Assert.Equal(TestVocabulary.Instance.Models.Append(null), ways[0]!["enum"]!.AsArray().Select(n => (string?)n));
        var pattern = (string)ways[1]!["pattern"]!;
        Assert.Matches(pattern, "lenet+on-mlp");
        Assert.DoesNotMatch(pattern, "lenet-on-mlp");
        Assert.DoesNotMatch(pattern, "lenet+on-mlp+on-mlp");
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var schema = JsonNode.Parse(RecipeSchema.Write(TestVocabulary.Instance))!;
        var references = References(schema).ToList();

        Assert.NotEmpty(references);
        foreach (var steps in references.Select(r => r.Split('/').Skip(1)))
            Assert.NotNull(steps.Aggregate(schema, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void An_independent_validator_accepts(string patch) => Assert.True(Verdicts()[patch]);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_independent_validator_refuses(string patch) => Assert.False(Verdicts()[patch]);

    /// <summary>What ajv says of every patched recipe. Skips the test without node, or without the npm package where node looks for it.</summary>
    private static Dictionary<string, bool> Verdicts()
    {
        Assert.SkipWhen(Ajv.Value is null, "needs node and the npm package ajv");
        return Ajv.Value!;
    }

    private static Dictionary<string, bool>? AskAjv()
    {
        const string Script = """
            const [schema, recipes] = JSON.parse(require('fs').readFileSync(0));
            let ajv; try { ajv = require('ajv') } catch { process.exit() }
            const check = new (ajv.default ?? ajv)({ allowUnionTypes: true }).compile(schema);
            console.log(JSON.stringify(recipes.map(recipe => check(recipe))))
            """;
        var start = new ProcessStartInfo("node", ["-e", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Start(start);
        if (node is null) return null;
        List<string> patches = [.. Right.Concat(Wrong).Select(row => row.Data)];
        var schema = JsonNode.Parse(RecipeSchema.Write(TestVocabulary.Instance));
        node.StandardInput.Write(new JsonArray(schema, new JsonArray([.. patches.Select(Patched)])).ToJsonString());
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEnd();
        return answer.Length == 0 ? null : patches.Zip(JsonSerializer.Deserialize<bool[]>(answer)!).ToDictionary();
    }

    private static JsonNode? Patched(string patch)
    {
        var findings = new Findings();
        var good = (MapNode)NodeReader.Read(Source.File("good.yaml", Good), findings)!;
        var recipe = Patch.Over(good, (MapNode)NodeReader.Read(Source.File("patch.yaml", patch), findings)!);
        findings.ThrowIfAny();
        return Json(recipe);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A tree as the JSON that YAML 1.2 means by it.</summary>
    private static JsonNode? Json(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { Quoted: false, Text: var text } when double.TryParse(text, out var number) => number,
        ScalarNode { IsNull: false, Text: var text } => text,
        _ => null,
    };

    private static string Without(JsonNode node, string key)
    {
        var copy = node.DeepClone().AsObject();
        copy.Remove(key);
        return copy.ToJsonString();
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => e is { Key: "$ref", Value: JsonValue path } ? [(string)path!] : References(e.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
