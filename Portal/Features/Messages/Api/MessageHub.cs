using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Access.Limits;
using Portal.Platform.Http;

namespace Portal.Features.Messages.Api;

/// <summary>Streams the log over SignalR, for programs.</summary>
public sealed class MessageHub(MessageTail tail) : Hub
{
    /// <summary>The hub's path.</summary>
    public const string Path = "/hubs/beskeder";

    /// <summary>
    /// Messages after the sequence number <paramref name="after"/> (0: from the beginning; null: from now), until the caller cancels.
    /// </summary>
    public async IAsyncEnumerable<MessageJson> Stream(
        MessageFilter? filter, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = Cleaned(filter ?? MessageFilter.Everything);
        if (QueryValues.FilterProblem(wanted) is var (_, message)) throw new HubException(message);
        if (after < 0) throw new HubException("after skal være et løbenummer: et helt tal fra 0.");
        using var place = HubStreams.Open(Context);
        await foreach (var slice in tail.ReadAsync(ViewerClaims.Read(Context.User), wanted, after, cancellationToken))
        {
            foreach (var found in slice) yield return MessageJson.Of(found);
        }
    }

    // An empty text means no condition, as in the query of the other calls.
    private static MessageFilter Cleaned(MessageFilter filter) => filter with
    {
        Type = Text(filter.Type), Status = Text(filter.Status), CaseNumber = Text(filter.CaseNumber), Text = Text(filter.Text),
    };

    private static string? Text(string? value) => value?.Trim() is { Length: > 0 } text ? text : null;
}
