namespace Portal.Ingestion.Transports.Simulator;

/// <summary>Where on a broker simulated messages go.</summary>
/// <param name="Broker">Host, port, virtual host and user.</param>
/// <param name="Queue">A plain queue, for local use; null: the distributor's own exchange.</param>
public sealed record AmqpTarget(Uri Broker, string? Queue)
{
    /// <summary>The exchange that the distributor takes messages from, with an empty routing key.</summary>
    public const string Exchange = "AFSEND_BESKED_EXCHANGE";

    /// <summary>
    /// Parses <c>amqp(s)://user:password@host:port/virtual-host</c>, with an optional <c>?queue=name</c>. Null when it is not valid.
    /// </summary>
    public static AmqpTarget? Parse(Uri uri, string? queue)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0 || uri.Segments.Length > 2) return null;
        var written = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query);
        if (written.Count > 1 || (written.Count == 1 && !written.ContainsKey("queue"))) return null;
        return new AmqpTarget(new UriBuilder(uri) { Query = "" }.Uri, queue ?? written.GetValueOrDefault("queue").FirstOrDefault());
    }
}
