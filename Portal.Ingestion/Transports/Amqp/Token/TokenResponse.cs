using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>Parses the answer of a token service, in either form. It is not trusted: no DTD, bounded size and depth.</summary>
internal static class TokenResponse
{
    /// <summary>A token is a few KB.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxDepth = 64;
    private const string Saml = "urn:oasis:names:tc:SAML:2.0:assertion";
    private const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null,
        MaxCharactersInDocument = MaxBytes, MaxCharactersFromEntities = 1024 };

    private static readonly XmlWriterSettings Writing = new()
    {
        Encoding = new UTF8Encoding(false),
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        // The signature covers every character: nothing may be normalised.
        NewLineHandling = NewLineHandling.Entitize,
        NamespaceHandling = NamespaceHandling.Default,
    };

    /// <summary>The decoded token and its expiry, UTC; null expiry when neither the answer nor the token has one.</summary>
    /// <exception cref="FormatException">There is no token in it.</exception>
    public static (byte[] Decoded, DateTimeOffset? ExpiresAt) Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            return FirstCharacter(answer.Span) == '{' ? ReadJson(answer) : ReadSoap(answer);
        }
        catch (Exception problem)
            when (problem is XmlException or JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            // No inner exception: its text may contain parts of the token.
            throw new FormatException("The answer holds no token.");
        }
    }

    /// <summary>The reason in a SOAP fault, shortened; null when there is none.</summary>
    public static string? FaultOf(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var xml = Open(answer);
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Fault") continue;
                while (xml.Read())
                {
                    if (xml.NodeType != XmlNodeType.Element || xml.LocalName is not ("Text" or "faultstring")) continue;
                    var text = xml.ReadElementContentAsString().Trim();
                    return TextCut.At(text, 200, "…");
                }
            }
        }
        catch (Exception problem) when (problem is XmlException or InvalidOperationException)
        {
            // Not a readable fault; the caller reports the status code.
        }

        return null;
    }

    private static (byte[] Decoded, DateTimeOffset? ExpiresAt) ReadSoap(ReadOnlyMemory<byte> answer)
    {
        // Read once to check the depth before anything is copied.
        using (var walk = Open(answer))
        {
            while (walk.Read()) Bound(walk);
        }

        using var xml = Open(answer);
        byte[]? token = null;
        DateTimeOffset? expires = null;
        xml.MoveToContent();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "RequestedSecurityToken" && token is null && !xml.IsEmptyElement)
            {
                var depth = xml.Depth;
                while (xml.Read() && xml.NodeType != XmlNodeType.Element && xml.Depth > depth)
                {
                }

                if (xml.NodeType == XmlNodeType.Element && xml.Depth > depth) token = Copy(xml);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Expires" && xml.NamespaceURI == Utility)
            {
                expires = Earliest(expires, Moment(xml.ReadElementContentAsString()));
            }
            else
            {
                xml.Read();
            }
        }

        return token is null ? throw new FormatException("The answer holds no token.") : (token, Earliest(expires, ExpiryOf(token)));
    }

    private static (byte[] Decoded, DateTimeOffset? ExpiresAt) ReadJson(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = MaxDepth });
        var text = json.RootElement.GetProperty("RequestedSecurityToken").GetProperty("Assertion").GetString()
            ?? throw new FormatException("The answer holds no token.");
        var token = Convert.FromBase64String(text);
        if (token.Length == 0) throw new FormatException("The answer holds no token.");
        // The Lifetime field has no time zone, so the expiry inside the token is preferred where it can be read.
        var expires = ExpiryOf(token);
        if (expires is null && json.RootElement.TryGetProperty("Lifetime", out var lifetime) && lifetime.ValueKind == JsonValueKind.String)
            expires = Moment(lifetime.GetString());
        return (token, expires);
    }

    /// <summary>
    /// Copies the current element with the namespace prefixes it inherits from the answer, so that its signature stays valid.
    /// </summary>
    private static byte[] Copy(XmlReader xml)
    {
        var scope = ((IXmlNamespaceResolver)xml).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml);
        using var part = xml.ReadSubtree();
        var element = XElement.Load(part, LoadOptions.PreserveWhitespace);
        foreach (var (prefix, ns) in scope.Where(n => n.Key.Length > 0))
        {
            if (element.Attribute(XNamespace.Xmlns + prefix) is null && Uses(element, prefix, ns))
                element.Add(new XAttribute(XNamespace.Xmlns + prefix, ns));
        }

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Writing)) element.WriteTo(writer);
        xml.Read();
        return bytes.ToArray();
    }

    /// <summary>True when the prefix is used in a name, in a value such as <c>xsi:type="xs:string"</c>, or in a PrefixList.</summary>
    private static bool Uses(XElement element, string prefix, string ns) => element.DescendantsAndSelf().Any(e =>
        e.Name.NamespaceName == ns
        || e.Attributes().Any(a => a.Name.NamespaceName == ns || a.Value.StartsWith(prefix + ":", StringComparison.Ordinal)
            || (a.Name.LocalName == "PrefixList" && a.Value.Split(' ').Contains(prefix))));

    private static DateTimeOffset? ExpiryOf(byte[] token)
    {
        try
        {
            using var xml = Open(token);
            while (xml.Read())
            {
                Bound(xml);
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Conditions" && xml.NamespaceURI == Saml)
                    return Moment(xml.GetAttribute("NotOnOrAfter"));
            }
        }
        catch (XmlException)
        {
            // Not XML, or encrypted for the broker: only the answer around it may have the expiry.
        }

        return null;
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static XmlReader Open(ReadOnlyMemory<byte> bytes) =>
        XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Reading);

    private static void Bound(XmlReader xml)
    {
        if (xml.Depth > MaxDepth) throw new XmlException("Too deep.");
    }

    private static char FirstCharacter(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF)) return (char)b;
        }

        return '\0';
    }
}
