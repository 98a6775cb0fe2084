using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>How far apart two sets of features of one class are.</summary>
public static class FeatureDistance
{
    /// <summary>‖mean of f(synthetic) − mean of f(real)‖², maps flattened: the empirical maximum mean discrepancy of one class. Zhao, Bilen 2023 (WACV), equation 5.</summary>
    /// <param name="syntheticSD">S features, vectors or maps.</param>
    /// <param name="realRD">R features.</param>
    public static Tensor OfMeans(Tensor syntheticSD, Tensor realRD) => (syntheticSD.Mean(0) - realRD.Mean(0)).Square().Sum();

    /// <summary>−mean log softmax(f · c)_y: whether the class centres c of synthetic features tell real ones apart. Wang et al. 2022 (CAFE), equations 5 to 7.</summary>
    /// <param name="centresKD">The mean synthetic feature of each of K classes.</param>
    /// <param name="realRD">Real features.</param>
    /// <param name="labelsR">Their classes.</param>
    public static Tensor Discrimination(Tensor centresKD, Tensor realRD, Tensor labelsR) => Functional.CrossEntropy(realRD.Matmul(centresKD.Transpose(0, 1)), labelsR);
}
