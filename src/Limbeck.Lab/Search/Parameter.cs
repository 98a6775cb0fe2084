namespace Limbeck.Lab.Search;

/// <summary>One dimension of a search.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Domain">What it may be.</param>
sealed record Parameter(string Name, Domain Domain);
