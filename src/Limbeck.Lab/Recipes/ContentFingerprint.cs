using System.Security.Cryptography;
using System.Text;

namespace Limbeck.Lab.Recipes;

/// <summary>Says whether files are the same wherever they lie.</summary>
internal static class ContentFingerprint
{
    /// <summary>SHA-256 of a file's bytes; for a folder, of the names and contents of all files in it.</summary>
    /// <remarks>Above a gibibyte sizes stand in for contents: a dataset may be a million files.</remarks>
    public static string Of(string path)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException($"{path}: no such file or folder. A path in a recipe is relative to the file that says so.");
        if (!Directory.Exists(path))
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        var found = new DirectoryInfo(path).GetFiles("*", SearchOption.AllDirectories);
        var isSmall = found.Sum(f => f.Length) <= 1L << 30;
        var files = found.Select(f => $"{Path.GetRelativePath(path, f.FullName)}\0{(isSmall ? Of(f.FullName) : f.Length)}\n").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files))));
    }
}
