namespace Portal.Features.Chains.Storage;

/// <summary>A chain, with what lists show of it; its content is in its operations.</summary>
public sealed class StoredChain
{
    public required string Id { get; set; }

    /// <summary>CVR number of the authority that owns it.</summary>
    public required string Authority { get; set; }
    public required string Title { get; set; }
    public required string Department { get; set; }
    public required string Stage { get; set; }
    public int Boxes { get; set; }
    public long LastNumber { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }

    /// <summary>When it was moved to the trash; null when it is not in the trash.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
    public string? DeletedBy { get; set; }
}

/// <summary>An operation of a chain's log. Chain and number are its key: two nodes cannot both take a number.</summary>
public sealed class StoredChainOperation
{
    public required string ChainId { get; set; }
    public long Number { get; set; }
    public required string Author { get; set; }
    public required string AuthorName { get; set; }
    public required string Hand { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Cause { get; set; }
    public int Steps { get; set; }

    /// <summary>The list of changes, as <see cref="StoredJson"/> writes it.</summary>
    public required string Json { get; set; }
}

/// <summary>A chain's state after an operation, so that opening need not read all of them. Can be deleted without loss.</summary>
public sealed class StoredChainSnapshot
{
    public required string ChainId { get; set; }
    public long Number { get; set; }
    public required string Json { get; set; }
}

/// <summary>A named version of a chain (»før workshop«).</summary>
public sealed class StoredChainVersion
{
    public Guid Id { get; set; }
    public required string ChainId { get; set; }
    public required string Name { get; set; }
    public long Number { get; set; }
    public DateTimeOffset At { get; set; }
    public required string By { get; set; }
    public required string Json { get; set; }
}

/// <summary>A dismissed hint, and why.</summary>
public sealed class StoredHintDismissal
{
    public required string ChainId { get; set; }

    /// <summary>The hint's key: its kind and its box.</summary>
    public required string Hint { get; set; }
    public required string Reason { get; set; }
    public DateTimeOffset At { get; set; }
    public required string By { get; set; }
}

/// <summary>A code with which guests join a workshop.</summary>
public sealed class StoredWorkshop
{
    public required string Code { get; set; }
    public required string ChainId { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public required string OpenedBy { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
}
