namespace Portal.Ingestion.Settings;

/// <summary>How the broker of the dueslag authenticates the client.</summary>
public enum AmqpAuthentication
{
    /// <summary>User and password of the URI (SASL PLAIN).</summary>
    Password,

    /// <summary>A security token (SASL EXTERNAL), fetched from the token service in <c>Ingestion:Token:*</c>.</summary>
    Token,
}

/// <summary>The keys <c>Ingestion:Amqp:*</c> and <c>Ingestion:Token:*</c>, validated. Paths are absolute.</summary>
public sealed record AmqpSettings
{
    /// <summary><c>Ingestion:Amqp:Uri</c>: host, port, virtual host, and user information that no log may show.</summary>
    public required Uri Uri { get; init; }

    /// <summary><c>Ingestion:Amqp:Queue</c>: the dueslag's UUID.</summary>
    public required string Queue { get; init; }

    /// <summary><c>Ingestion:Amqp:Authentication</c>.</summary>
    public AmqpAuthentication Authentication { get; init; }

    /// <summary><c>Ingestion:Amqp:ClientCertificatePath</c>: PFX, or PEM with certificate and key; null when not set.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary><c>Ingestion:Amqp:ClientCertificatePassword</c>; null when not set.</summary>
    public string? ClientCertificatePassword { get; init; }

    /// <summary>
    /// <c>Ingestion:Amqp:CaCertificatePath</c>: PEM file of the certificate authorities trusted for the broker and the token service; null:
    /// those of the machine.
    /// </summary>
    public string? CaCertificatePath { get; init; }

    /// <summary><c>Ingestion:Amqp:Prefetch</c>: most unacknowledged messages at a time.</summary>
    public ushort Prefetch { get; init; } = 1000;

    /// <summary>
    /// <c>Ingestion:Token:Endpoint</c>; null unless <see cref="Authentication"/> is <see cref="AmqpAuthentication.Token"/>.
    /// </summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary><c>Ingestion:Token:EntityId</c>: the URI of the service that the token is for.</summary>
    public string? TokenEntityId { get; init; }

    /// <summary><c>Ingestion:Token:Cvr</c>: the authority that the token is for, eight digits.</summary>
    public string? TokenCvr { get; init; }
}
