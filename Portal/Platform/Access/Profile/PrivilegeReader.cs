using System.Text;
using System.Xml;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Profile;

/// <summary>
/// Reads the OIO basic privilege profile: base64 of a <c>PrivilegeList</c> in UTF-8, with groups of privileges for authorities. What cannot
/// be read gives less, never more. Taken as seen in use: two namespaces of the root, children with or without one, constraints before or
/// after privileges. Pure.
/// </summary>
public static class PrivilegeReader
{
    /// <summary>The largest list that is read, in characters of base64; a ticket with a larger one gives nothing.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    private const string CvrScope = "urn:dk:gov:saml:cvrNumberIdentifier:";
    private const int MaxDepth = 16;
    private const int MaxText = 200;

    private static readonly string[] Namespaces =
        ["http://itst.dk/oiosaml/basic_privilege_profile", "http://digst.dk/oiosaml/basic_privilege_profile"];

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength, IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>What a list gives. Nothing at all when it is damaged anywhere: a part of a damaged list could give too much.</summary>
    public static PrivilegeReading Read(string? base64, PrivilegeMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (string.IsNullOrWhiteSpace(base64)) return PrivilegeReading.Empty;
        var unreadable = new PrivilegeReading([], [new PrivilegeNote(PrivilegeFault.Unreadable, "")]);
        if (base64.Length > MaxLength || Decode(base64) is not { } text || XmlAttributeLimit.IsExceeded(text)) return unreadable;
        try
        {
            return Parse(text) is { } groups ? Collect(groups, map) : unreadable;
        }
        catch (XmlException)
        {
            // Not well-formed, with a DTD, or too large.
            return unreadable;
        }
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)) return null;
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private sealed record Group(string Scope)
    {
        public List<string> Privileges { get; } = [];
        public List<(string Name, string Value)> Constraints { get; } = [];
    }

    // The groups; null when the document is no privilege list.
    private static List<Group>? Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "PrivilegeList"
            || !IsProfile(reader.NamespaceURI, root: true))
        {
            return null;
        }

        var groups = new List<Group>();
        var root = reader.Depth;
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth) return null;
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.Depth != root + 1 || reader.LocalName != "PrivilegeGroup" || !IsProfile(reader.NamespaceURI)) return null;
            if (ParseGroup(reader) is not { } group) return null;
            groups.Add(group);
        }

        return groups;
    }

    private static Group? ParseGroup(XmlReader reader)
    {
        var group = new Group(reader.GetAttribute("Scope")?.Trim() ?? "");
        if (reader.IsEmptyElement) return group;
        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                if (reader.NodeType == XmlNodeType.Text && !string.IsNullOrWhiteSpace(reader.Value)) return null;
                reader.Read();
                continue;
            }

            if (!IsProfile(reader.NamespaceURI)) return null;
            var (element, name) = (reader.LocalName, reader.GetAttribute("Name")?.Trim() ?? "");

            // Throws for an element inside, which the profile does not have; afterwards the reader is behind the element.
            var value = reader.ReadElementContentAsString().Trim();
            if (element == "Privilege") group.Privileges.Add(value);
            else if (element == "Constraint") group.Constraints.Add((name, value));
            else return null;
        }

        return group;
    }

    private static bool IsProfile(string uri, bool root = false) => (uri.Length == 0 && !root) || Namespaces.Contains(uri);

    private static PrivilegeReading Collect(List<Group> groups, PrivilegeMap map)
    {
        var (grants, notes) = (new List<PrivilegeGrant>(), new List<PrivilegeNote>());
        foreach (var group in groups)
        {
            if (CvrOf(group.Scope) is not { } authority)
            {
                notes.Add(Note(PrivilegeFault.Scope, group.Scope));
                continue;
            }

            var limits = PrivilegeLimits.Of(group.Constraints, map, out var fault);
            if (limits is null)
            {
                notes.Add(Note(fault!.Fault, fault.Text));
                continue;
            }

            foreach (var privilege in group.Privileges)
            {
                if (map.RoleOf(privilege) is { } role) grants.Add(new PrivilegeGrant(authority, role, limits, Short(privilege)));
                else notes.Add(Note(PrivilegeFault.Role, privilege));
            }
        }

        return new([.. grants.Distinct()], [.. notes.Distinct()]);
    }

    private static string? CvrOf(string scope) =>
        scope.StartsWith(CvrScope, StringComparison.OrdinalIgnoreCase) && scope[CvrScope.Length..] is { Length: 8 } cvr
        && cvr.All(char.IsAsciiDigit)
            ? cvr
            : null;

    private static PrivilegeNote Note(PrivilegeFault fault, string text) => new(fault, Short(text));

    // A scope may be a person's number.
    private static string Short(string text) => TextCut.At(CprNumber.MaskIn(text), MaxText, "…");
}
