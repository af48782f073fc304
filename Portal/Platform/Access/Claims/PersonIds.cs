using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Platform.Access.Claims;

/// <summary>
/// A person's stable id from the provider's subject. Readable where the subject is a plain name or number; hashed where it is long, holds
/// other characters (a distinguished name), or looks like a person number.
/// </summary>
internal sealed class PersonIds(CprHash hash)
{
    private const string Prefix = "oidc:";
    private const int Longest = 64;
    private const int HashCharacters = 32;

    /// <summary>The id: the same for the same subject, on every node.</summary>
    public string Of(string subject)
    {
        if (CprNumber.IsIn(subject) || CprNumber.TryParse(subject, out _)) return Prefix + Short(hash.OfText(subject));
        return subject.Length <= Longest && subject.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@')
            ? Prefix + subject
            : Prefix + Short(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
    }

    private static string Short(byte[] bytes) => $"#{Convert.ToHexStringLower(bytes)[..HashCharacters]}";
}
