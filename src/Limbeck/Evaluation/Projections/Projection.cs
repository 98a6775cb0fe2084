namespace Limbeck.Evaluation.Projections;

/// <summary>A way from many dimensions to two.</summary>
public enum Projection
{
    /// <summary>The two directions of largest variance: linear, so that distances keep a meaning.</summary>
    Pca,

    /// <summary>t-SNE: near points stay near; distances between clusters and sizes of clusters mean nothing.</summary>
    TSne,
}
