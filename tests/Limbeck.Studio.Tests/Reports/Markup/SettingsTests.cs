using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Tests.Reports.Markup;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("0.766535455581747", "0.767")]
    [InlineData("0.0024438761830", "0.00244")]
    [InlineData("-12.3456", "−12.3")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("1234567", "1234567")]
    [InlineData("true", "true")]
    [InlineData("attention", "attention")]
    public void LongNumbersHaveThreeDigitsAndAllElseIsAsItIs(string written, string expected) => Assert.Equal(expected, Settings.Value(written));

    [Theory]
    [InlineData("weight = 0.35", "student.objectives[1].weight")]
    [InlineData("objectives[1].weight = 0.35, objectives[0].weight = 0.35", "student.objectives[1].weight", "student.objectives[0].weight")]
    [InlineData("lr = 0.35, lr-decay = 0.35", "student.optimizer.lr", "student.optimizer.lr-decay")]
    [InlineData("epochs = 0.35, teacher.epochs = 0.35", "epochs", "teacher.epochs")]
    [InlineData("")]
    public void NamesLeaveOutWhatAllBeginWith(string expected, params string[] names) =>
        Assert.Equal(expected, Settings.Text(names.ToDictionary(name => name, _ => "0.35", StringComparer.Ordinal)));

    [Fact]
    public void OfManySixAreShown()
    {
        var all = Enumerable.Range(0, 16).ToDictionary(i => $"student.lambda[{i}]", i => $"{i}", StringComparer.Ordinal);
        Assert.Equal("lambda[0] = 0, lambda[1] = 1, lambda[2] = 2, lambda[3] = 3, lambda[4] = 4, lambda[5] = 5 and 10 more", Settings.Text(all));
    }
}
