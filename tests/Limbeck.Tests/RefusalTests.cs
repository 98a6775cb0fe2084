namespace Limbeck.Tests;

public sealed class RefusalTests
{
    [Fact]
    public void NothingOfTheCodeIsSaid() => Assert.Equal("tea has 3 leaves", Refusal.Words(new ArgumentException("tea has 3 leaves", "leaves")));

    [Fact]
    public void WhatWasGivenIsSaid()
    {
        Assert.Equal("tea has 3 leaves; given: 4.5", Refusal.Words(new ArgumentOutOfRangeException("leaves", 4.5, "tea has 3 leaves")));
        Assert.Equal("tea has 3 leaves; given: 4.5", Refusal.Words(new ArgumentOutOfRangeException(paramName: null, 4.5, "tea has 3 leaves")));
    }

    [Fact]
    public void OtherMessagesStayAsTheyAre() => Assert.Equal("no tea (Parameter 'tea')", Refusal.Words(new InvalidOperationException("no tea (Parameter 'tea')")));
}
