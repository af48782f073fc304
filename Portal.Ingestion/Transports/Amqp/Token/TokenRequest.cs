using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>
/// Builds the request for a SAML 2.0 token by WS-Trust 1.3 (Issue, PublicKey). The token services of the shared infrastructure accept two
/// forms: SOAP 1.2, and the same request as JSON at addresses with <c>rest</c> in their path (<c>…/runtime/api/rest/wstrust/v1/issue</c>).
/// In both the TLS client certificate identifies the caller. The authority's CVR number is in AnvenderKontekst (JSON) or in a claim (SOAP).
/// </summary>
internal static class TokenRequest
{
    /// <summary>The WS-Trust 1.3 namespace.</summary>
    public const string Trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";

    /// <summary>SOAP 1.2.</summary>
    public const string Soap = "http://www.w3.org/2003/05/soap-envelope";

    private const string Addressing = "http://www.w3.org/2005/08/addressing";
    private const string Policy = "http://schemas.xmlsoap.org/ws/2004/09/policy";
    private const string Claims = "http://docs.oasis-open.org/wsfed/authorization/200706";
    private const string SecurityExtension = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private const string SamlToken = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0";
    private const string Issue = Trust + "/Issue";
    private const string PublicKey = Trust + "/PublicKey";
    private const string CvrClaim = "dk:gov:saml:attribute:CvrNumberIdentifier";

    /// <summary>The request for the configured service and authority, in the form that fits the endpoint's address.</summary>
    public static HttpRequestMessage Create(AmqpSettings settings, X509Certificate2 client) => new(HttpMethod.Post, settings.TokenEndpoint)
    {
        Content = settings.TokenEndpoint!.Segments.Any(s => s.TrimEnd('/').Equals("rest", StringComparison.OrdinalIgnoreCase))
            ? Json(settings, client)
            : SoapContent(settings, client),
    };

    private static JsonContent Json(AmqpSettings settings, X509Certificate2 client) => JsonContent.Create(new JsonObject
    {
        ["TokenType"] = SamlToken,
        ["RequestType"] = Issue,
        ["KeyType"] = PublicKey,
        ["AnvenderKontekst"] = new JsonObject { ["Cvr"] = settings.TokenCvr },
        ["UseKey"] = Convert.ToBase64String(client.RawData),
        ["AppliesTo"] = new JsonObject { ["EndpointReference"] = new JsonObject { ["Address"] = settings.TokenEntityId } },
        ["OnBehalfOf"] = null,
    });

    private static ByteArrayContent SoapContent(AmqpSettings settings, X509Certificate2 client)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("s", "Envelope", Soap);
            xml.WriteStartElement("s", "Header", Soap);
            xml.WriteElementString("a", "Action", Addressing, Trust + "/RST/Issue");
            xml.WriteElementString("a", "MessageID", Addressing, "urn:uuid:" + Guid.NewGuid());
            xml.WriteElementString("a", "To", Addressing, settings.TokenEndpoint!.AbsoluteUri);
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", Soap);
            xml.WriteStartElement("t", "RequestSecurityToken", Trust);
            xml.WriteElementString("t", "TokenType", Trust, SamlToken);
            xml.WriteElementString("t", "RequestType", Trust, Issue);
            xml.WriteElementString("t", "KeyType", Trust, PublicKey);
            WriteAppliesTo(xml, settings);
            WriteClaims(xml, settings);
            xml.WriteStartElement("t", "UseKey", Trust);
            xml.WriteElementString("o", "BinarySecurityToken", SecurityExtension, Convert.ToBase64String(client.RawData));
            xml.WriteEndDocument();
        }

        return new ByteArrayContent(bytes.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/soap+xml",
                "utf-8") { Parameters = { new NameValueHeaderValue("action", $"\"{Trust}/RST/Issue\"") } } },
        };
    }

    private static void WriteAppliesTo(XmlWriter xml, AmqpSettings settings)
    {
        xml.WriteStartElement("p", "AppliesTo", Policy);
        xml.WriteStartElement("a", "EndpointReference", Addressing);
        xml.WriteElementString("a", "Address", Addressing, settings.TokenEntityId);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteClaims(XmlWriter xml, AmqpSettings settings)
    {
        xml.WriteStartElement("t", "Claims", Trust);
        xml.WriteAttributeString("Dialect", Claims + "/authclaims");
        xml.WriteStartElement("c", "ClaimType", Claims);
        xml.WriteAttributeString("Uri", CvrClaim);
        xml.WriteElementString("c", "Value", Claims, settings.TokenCvr);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
