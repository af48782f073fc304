using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Access.Sessions;

/// <summary>A sign-in of a person in one browser.</summary>
public sealed class StoredSession
{
    /// <summary>SHA-256 of the cookie's value in lower-case hex: the row does not let anybody in.</summary>
    public required string Id { get; set; }

    public required string ViewerId { get; set; }
    public required string Name { get; set; }

    /// <summary>Names of <see cref="PortalRoles"/>, with commas.</summary>
    public required string Roles { get; set; }

    /// <summary>CVR numbers, with commas.</summary>
    public required string Authorities { get; set; }

    /// <summary>Marks the rights at each authority with their limits; empty in rows of earlier versions.</summary>
    public string Grants { get; set; } = "";

    /// <summary>The provider's id of its own session; null for a persona.</summary>
    public string? Sid { get; set; }

    /// <summary>Browser and system in two words.</summary>
    public required string Device { get; set; }

    public required string Address { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ends at the latest.</summary>
    public DateTimeOffset EndsAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Id of who ended it; null when a limit did.</summary>
    public string? EndedBy { get; set; }

    public SessionEnd? Why { get; set; }

    /// <summary>Marks the settings that the rights were given under.</summary>
    public required string Mark { get; set; }

    /// <summary>Principal and properties, protected; emptied when the session ends.</summary>
    public required byte[] Ticket { get; set; }
}

/// <summary>A logout token that the provider has sent: it counts once.</summary>
public sealed class StoredLogoutToken
{
    /// <summary>SHA-256 of the token's id, in lower-case hex.</summary>
    public required string Id { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
}

internal sealed class SessionModel : IEntityTypeConfiguration<StoredSession>, IEntityTypeConfiguration<StoredLogoutToken>
{
    public void Configure(EntityTypeBuilder<StoredSession> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Grants).HasDefaultValue("");
        builder.Property(s => s.Why).HasConversion<SessionEndConverter>();
        builder.HasIndex(s => s.EndedAt);
        builder.HasIndex(s => s.ViewerId);
        builder.HasIndex(s => s.Sid);
    }

    public void Configure(EntityTypeBuilder<StoredLogoutToken> builder)
    {
        builder.ToTable("LogoutTokens");
        builder.HasKey(t => t.Id);
        builder.HasIndex(t => t.ReceivedAt);
    }
}
