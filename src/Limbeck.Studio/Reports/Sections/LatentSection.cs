using Limbeck.Evaluation;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Where the networks of a stage put the same test images, before and after.</summary>
internal static class LatentSection
{
    public static Section? Of(RunResult run)
    {
        StageResult[] stages = [.. run.Stages.Where(stage => stage.Latent is { Embeddings.Count: > 0 })];
        return stages.Length == 0 ? null : new("latent", "Latent space", $"""
            <p class="note">What the last layers read of the same test images, of the first seed, on a plane; colour and shape are the class. Planes of different drawings have nothing to do with each other, those of aligned spaces excepted, and their axes mean nothing. On a map of t-SNE near points are alike, but neither the sizes of clusters nor the distances between them can be read.</p>
            {stages.Select(stage => Draw(stage.Name, stage.Latent!))}
            """);
    }

    static Html Draw(string stage, LatentSpace space)
    {
        Embedding[] aligned = [.. space.Embeddings.Where(embedding => embedding.When == Embedding.Aligned)];
        var (across, along) = (Range(aligned.SelectMany(embedding => embedding.X)), Range(aligned.SelectMany(embedding => embedding.Y)));
        var charts = space.Embeddings.Select(embedding => new ScatterChart($"{embedding.Network}, {embedding.When}", embedding.X, embedding.Y, space.Labels, space.ClassNames)
        {
            Across = aligned.Contains(embedding) ? across : null,
            Along = aligned.Contains(embedding) ? along : null,
        });
        return $"""
            <h3>{stage}: {space.Labels.Count} test images, {space.Method}</h3>
            {ScatterChart.Key(space.ClassNames)}
            <div class="charts small">{charts.Select(chart => chart.Render())}</div>

            """;
    }

    static (float, float)? Range(IEnumerable<float> values) => values.Any() ? (values.Min(), values.Max()) : null;
}
