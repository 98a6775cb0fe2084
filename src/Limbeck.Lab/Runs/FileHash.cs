using System.Security.Cryptography;

namespace Limbeck.Lab.Runs;

/// <summary>What a file is known by, wherever it lies.</summary>
public static class FileHash
{
    /// <summary>SHA-256 of its bytes, as 64 hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
