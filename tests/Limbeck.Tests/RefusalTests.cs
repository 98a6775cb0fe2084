namespace Limbeck.Tests;

public sealed class RefusalTests
{
    [Fact]
    public void NothingOfTheCodeIsSaid() => Assert.Equal("tea has 3 leaves", Refusal.Words(new ArgumentException("tea has 3 leaves", "leaves")));

    [Fact]
    public void WhatWasGivenIsSaid() => Assert.Equal("tea has 3 leaves; got 4.5", Refusal.Words(new ArgumentOutOfRangeException("leaves", 4.5, "tea has 3 leaves")));

    [Fact]
    public void AMessageAloneStaysAsItIs() => Assert.Equal("no tea", Refusal.Words(new ArgumentException("no tea")));
}
