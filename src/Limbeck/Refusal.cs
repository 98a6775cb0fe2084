namespace Limbeck;

/// <summary>What a refused argument says to somebody who reads no code.</summary>
public static class Refusal
{
    /// <summary>The message without the parameter's name in the code; with the value that was given, where the exception knows it: "CIFAR-10 has 50000 images to take from; got 60000".</summary>
    public static string Words(ArgumentException refused)
    {
        var said = refused.ParamName is { Length: > 0 } name ? refused.Message.Split($" (Parameter '{name}')")[0] : refused.Message;
        return refused is ArgumentOutOfRangeException { ActualValue: { } got } ? FormattableString.Invariant($"{said}; got {got}") : said;
    }
}
