namespace Limbeck;

/// <summary>What a refused argument says to somebody who reads no code.</summary>
public static class Refusal
{
    /// <summary>The message without the parameter's name in the code; with the value that was given, where the exception knows it: "CIFAR-10 has 50000 images to take from; given: 60000". Of other exceptions the message as it is.</summary>
    public static string Words(Exception refused)
    {
        if (refused is not ArgumentException) return refused.Message;
        var said = refused.Message.Split([" (Parameter '", $"{Environment.NewLine}Actual value was "], StringSplitOptions.None)[0];
        return refused is ArgumentOutOfRangeException { ActualValue: { } given } ? FormattableString.Invariant($"{said}; given: {given}") : said;
    }
}
