using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Regression;

/// <summary>Kernel ridge regression on features, with the linear kernel k(x, y) = f(x) · f(y).</summary>
public static class KernelRidge
{
    /// <summary>K_ts (K_ss + λ tr(K_ss)/S · I)⁻¹ y_s: what S labelled features predict for R others. Differentiable by all. Zhou, Nezhadarya, Ba 2022 (FRePo), equation 4; the ridge is the code's.</summary>
    /// <param name="featuresSD">S features with labels.</param>
    /// <param name="labelsSK">Their labels, any numbers.</param>
    /// <param name="othersRD">R features.</param>
    /// <param name="ridge">λ, relative to the mean of the kernel's diagonal.</param>
    public static Tensor Predict(Tensor featuresSD, Tensor labelsSK, Tensor othersRD, double ridge)
    {
        var count = featuresSD.Size(0);
        var transposedDS = featuresSD.Transpose(0, 1);
        var kernelSS = featuresSD.Matmul(transposedDS);
        var damped = kernelSS + (Tensor.Eye(count, featuresSD.DType, featuresSD.Device) * (kernelSS.Trace() * (ridge / count)));
        return othersRD.Matmul(transposedDS).Matmul(damped.Solve(labelsSK));
    }

    /// <summary>−mean min(y₁ − y₂, 1/K) over rows, y₁ and y₂ a row's largest: keeps learned labels apart from ambiguity, and no more than that.</summary>
    public static Tensor Margin(Tensor labelsSK)
    {
        var (largestS2, _) = labelsSK.Topk(2, dim: 1);
        return -(largestS2.Select(1, 0) - largestS2.Select(1, 1)).Clamp(max: 1.0 / labelsSK.Size(1)).Mean();
    }
}
