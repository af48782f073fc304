using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Profile;

/// <summary>A role that an authority gave, with its limits.</summary>
/// <param name="Authority">The authority's CVR number, eight digits.</param>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Source">The privilege as written: the URI of the role.</param>
public sealed record PrivilegeGrant(string Authority, string Role, AccessLimits Limits, string Source);

/// <summary>Why a part of a privilege list gives nothing.</summary>
public enum PrivilegeFault
{
    /// <summary>The whole list is no privilege list: not base64 of XML, too large, or another root.</summary>
    Unreadable,

    /// <summary>A group's scope is not an authority's CVR number.</summary>
    Scope,

    /// <summary>The portal has no such role.</summary>
    Role,

    /// <summary>A constraint's name is not in <c>Auth:ConstraintMap</c>: the group is closed.</summary>
    ConstraintName,

    /// <summary>A constraint's value cannot be read: the group is closed.</summary>
    ConstraintValue,

    /// <summary>Constraints of the same kind have nothing in common: the group is closed.</summary>
    ConstraintEmpty,
}

/// <summary>A part of a privilege list that gives nothing.</summary>
/// <param name="Text">The scope, role or constraint as written, shortened; empty for the whole list.</param>
public sealed record PrivilegeNote(PrivilegeFault Fault, string Text);

/// <summary>What a privilege list gives, and what in it gives nothing.</summary>
public sealed record PrivilegeReading(ValueList<PrivilegeGrant> Grants, ValueList<PrivilegeNote> Notes)
{
    /// <summary>Gives nothing and says nothing: there is no list.</summary>
    public static PrivilegeReading Empty { get; } = new([], []);
}
