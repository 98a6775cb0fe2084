using System.Reflection;

namespace Limbeck.Architecture.Tests.Rules;

/// <summary>Every rule of this folder, by its name.</summary>
static class Catalog
{
    public static IReadOnlyDictionary<string, Rule> Rules { get; } = typeof(Catalog).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Catalog).Namespace)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Where(property => property.PropertyType == typeof(Rule))
        .Select(property => (Rule)property.GetValue(null)!)
        .ToDictionary(rule => rule.Name);
}
