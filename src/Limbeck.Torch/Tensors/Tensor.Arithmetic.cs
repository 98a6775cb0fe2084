using Limbeck.Torch.Interop;

namespace Limbeck.Torch.Tensors;

/// <content>Element by element: sums, products, powers, comparisons.</content>
public sealed partial class Tensor
{
    static readonly Operator addTensor = new("aten::add.Tensor");

    /// <summary>Sum, broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => addTensor.Call(left, right);

    static readonly Operator addScalar = new("aten::add.Scalar");

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(Tensor left, double right) => addScalar.Call(left, right);

    /// <summary>Sum with a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator +(Tensor left, long right) => addScalar.Call(left, right);

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(double left, Tensor right) => addScalar.Call(right, left);

    /// <summary>Sum with a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator +(long left, Tensor right) => addScalar.Call(right, left);

    static readonly Operator subTensor = new("aten::sub.Tensor");

    /// <summary>Difference, broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => subTensor.Call(left, right);

    static readonly Operator subScalar = new("aten::sub.Scalar");

    /// <summary>Difference with a number.</summary>
    public static Tensor operator -(Tensor left, double right) => subScalar.Call(left, right);

    /// <summary>Difference with a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator -(Tensor left, long right) => subScalar.Call(left, right);

    static readonly Operator rsubScalar = new("aten::rsub.Scalar");

    /// <summary>A number minus a tensor.</summary>
    public static Tensor operator -(double left, Tensor right) => rsubScalar.Call(right, left);

    /// <summary>A number minus a tensor. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator -(long left, Tensor right) => rsubScalar.Call(right, left);

    static readonly Operator neg = new("aten::neg");

    /// <summary>Negative.</summary>
    public static Tensor operator -(Tensor tensor) => neg.Call(tensor);

    static readonly Operator mulTensor = new("aten::mul.Tensor");

    /// <summary>Product, broadcast.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => mulTensor.Call(left, right);

    static readonly Operator mulScalar = new("aten::mul.Scalar");

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(Tensor left, double right) => mulScalar.Call(left, right);

    /// <summary>Product with a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator *(Tensor left, long right) => mulScalar.Call(left, right);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(double left, Tensor right) => mulScalar.Call(right, left);

    /// <summary>Product with a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator *(long left, Tensor right) => mulScalar.Call(right, left);

    static readonly Operator divTensor = new("aten::div.Tensor");

    /// <summary>Quotient, broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => divTensor.Call(left, right);

    static readonly Operator divScalar = new("aten::div.Scalar");

    /// <summary>Quotient with a number.</summary>
    public static Tensor operator /(Tensor left, double right) => divScalar.Call(left, right);

    static readonly Operator reciprocal = new("aten::reciprocal");

    /// <summary>1 / x.</summary>
    public Tensor Reciprocal() => reciprocal.Call(this);

    /// <summary>A number over a tensor.</summary>
    public static Tensor operator /(double left, Tensor right) => right.Reciprocal() * left;

    static readonly Operator pow = new("aten::pow.Tensor_Scalar");

    /// <summary>x to a power.</summary>
    public Tensor Pow(double exponent) => pow.Call(this, exponent);

    static readonly Operator square = new("aten::square");

    /// <summary>x².</summary>
    public Tensor Square() => square.Call(this);

    static readonly Operator sqrt = new("aten::sqrt");

    /// <summary>Square root.</summary>
    public Tensor Sqrt() => sqrt.Call(this);

    static readonly Operator rsqrt = new("aten::rsqrt");

    /// <summary>1 / √x.</summary>
    public Tensor Rsqrt() => rsqrt.Call(this);

    static readonly Operator exp = new("aten::exp");

    /// <summary>e to the x.</summary>
    public Tensor Exp() => exp.Call(this);

    static readonly Operator log = new("aten::log");

    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => log.Call(this);

    static readonly Operator log1p = new("aten::log1p");

    /// <summary>log(1 + x), exact near 0.</summary>
    public Tensor Log1p() => log1p.Call(this);

    static readonly Operator erf = new("aten::erf");

    /// <summary>2/√π ∫₀ˣ exp(−u²) du.</summary>
    public Tensor Erf() => erf.Call(this);

    static readonly Operator abs = new("aten::abs");

    /// <summary>Absolute value.</summary>
    public Tensor Abs() => abs.Call(this);

    static readonly Operator round = new("aten::round");

    /// <summary>The nearest whole number; of two as near, the even one.</summary>
    public Tensor Round() => round.Call(this);

    static readonly Operator sign = new("aten::sign");

    /// <summary>−1, 0 or 1.</summary>
    public Tensor Sign() => sign.Call(this);

    static readonly Operator floor = new("aten::floor");

    /// <summary>The whole number below, or x where it is one.</summary>
    public Tensor Floor() => floor.Call(this);

    static readonly Operator clamp = new("aten::clamp");

    /// <summary>Limits to [min, max]; null is no limit.</summary>
    public Tensor Clamp(double? min = null, double? max = null) => clamp.Call(this, min, max);

    static readonly Operator maximum = new("aten::maximum");

    /// <summary>The larger, element by element.</summary>
    public Tensor Maximum(Tensor other) => maximum.Call(this, other);

    static readonly Operator minimum = new("aten::minimum");

    /// <summary>The smaller, element by element.</summary>
    public Tensor Minimum(Tensor other) => minimum.Call(this, other);

    static readonly Operator matmul = new("aten::matmul");

    /// <summary>Matrix product of the last two dimensions, batched over the others.</summary>
    public Tensor Matmul(Tensor other) => matmul.Call(this, other);

    static readonly Operator svd = new("aten::linalg_svd");

    /// <summary>U, S and Vᵀ of the last two dimensions: x = U diag(S) Vᵀ, thin, the largest S first. Its gradient is infinite where two of S are equal.</summary>
    public (Tensor U, Tensor S, Tensor Vt) Svd()
    {
        var (u, s, vt) = svd.CallTriple(this, false);
        return (u!, s!, vt!);
    }

    static readonly Operator eigh = new("aten::linalg_eigh");

    /// <summary>Eigenvalues, the smallest first, and eigenvectors (columns) of a symmetric matrix, of which the lower triangle is read.</summary>
    public (Tensor Values, Tensor Vectors) Eigh() => eigh.CallPair(this);

    static readonly Operator solve = new("aten::linalg_solve");

    /// <summary>X of this X = right, for a square matrix of full rank.</summary>
    public Tensor Solve(Tensor right) => solve.Call(this, right);

    static readonly Operator trace = new("aten::trace");

    /// <summary>Sum of the diagonal.</summary>
    public Tensor Trace() => trace.Call(this);

    static readonly Operator eqTensor = new("aten::eq.Tensor");

    /// <summary>Where equal.</summary>
    public Tensor Eq(Tensor other) => eqTensor.Call(this, other);

    static readonly Operator eqScalar = new("aten::eq.Scalar");

    /// <summary>Where equal to a number.</summary>
    public Tensor Eq(double other) => eqScalar.Call(this, other);

    static readonly Operator neTensor = new("aten::ne.Tensor");

    /// <summary>Where different.</summary>
    public Tensor Ne(Tensor other) => neTensor.Call(this, other);

    static readonly Operator gtTensor = new("aten::gt.Tensor");

    /// <summary>Where greater.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => gtTensor.Call(left, right);

    static readonly Operator ltTensor = new("aten::lt.Tensor");

    /// <summary>Where less.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => ltTensor.Call(left, right);

    static readonly Operator gtScalar = new("aten::gt.Scalar");

    /// <summary>Where greater than a number.</summary>
    public static Tensor operator >(Tensor left, double right) => gtScalar.Call(left, right);

    /// <summary>Where greater than a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator >(Tensor left, long right) => gtScalar.Call(left, right);

    static readonly Operator ltScalar = new("aten::lt.Scalar");

    /// <summary>Where less than a number.</summary>
    public static Tensor operator <(Tensor left, double right) => ltScalar.Call(left, right);

    /// <summary>Where less than a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator <(Tensor left, long right) => ltScalar.Call(left, right);

    static readonly Operator geTensor = new("aten::ge.Tensor");

    /// <summary>Where greater or equal.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => geTensor.Call(left, right);

    static readonly Operator leTensor = new("aten::le.Tensor");

    /// <summary>Where less or equal.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => leTensor.Call(left, right);

    static readonly Operator geScalar = new("aten::ge.Scalar");

    /// <summary>Where greater than or equal to a number.</summary>
    public static Tensor operator >=(Tensor left, double right) => geScalar.Call(left, right);

    /// <summary>Where greater than or equal to a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator >=(Tensor left, long right) => geScalar.Call(left, right);

    static readonly Operator leScalar = new("aten::le.Scalar");

    /// <summary>Where less than or equal to a number.</summary>
    public static Tensor operator <=(Tensor left, double right) => leScalar.Call(left, right);

    /// <summary>Where less than or equal to a number. A whole number keeps an integer tensor integer.</summary>
    public static Tensor operator <=(Tensor left, long right) => leScalar.Call(left, right);

    static readonly Operator logicalAnd = new("aten::logical_and");

    /// <summary>Where both hold.</summary>
    public Tensor LogicalAnd(Tensor other) => logicalAnd.Call(this, other);

    static readonly Operator logicalNot = new("aten::logical_not");

    /// <summary>Where it does not hold.</summary>
    public Tensor LogicalNot() => logicalNot.Call(this);

    static readonly Operator isFinite = new("aten::isfinite");

    /// <summary>Where neither infinite nor NaN.</summary>
    public Tensor IsFinite() => isFinite.Call(this);

    static readonly Operator where = new("aten::where.self");

    /// <summary>chosen where this (a bool tensor) holds, otherwise other.</summary>
    public Tensor Where(Tensor chosen, Tensor other) => where.Call(this, chosen, other);

    static readonly Operator allclose = new("aten::allclose");

    /// <summary>Whether all elements agree within atol + rtol · |other|.</summary>
    public bool AllClose(Tensor other, double rtol = 1e-5, double atol = 1e-8) => allclose.CallNumber(this, other, rtol, atol) != 0;

    static readonly Operator equal = new("aten::equal");

    /// <summary>Whether shapes and all elements are the same.</summary>
    public bool SameAs(Tensor other) => equal.CallNumber(this, other) != 0;
}
