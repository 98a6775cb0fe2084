namespace Limbeck.Data.Formats;

/// <summary>Which image files a dataset has, and of which class each is.</summary>
/// <param name="ClassNames">In the order of the labels.</param>
/// <param name="Train">Files and labels to learn from.</param>
/// <param name="Test">Files and labels to report on.</param>
sealed record ImageListing(IReadOnlyList<string> ClassNames, IReadOnlyList<(string File, int Label)> Train, IReadOnlyList<(string File, int Label)> Test);
