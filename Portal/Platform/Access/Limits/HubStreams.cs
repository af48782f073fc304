using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Portal.Platform.Access.Limits;

/// <summary>Bounds the streams of one hub connection, each of which reads the log for itself. Every hub method that streams asks.</summary>
internal static class HubStreams
{
    /// <summary>Streams of one connection at once: a program that follows every filter of its own has a few.</summary>
    public const int PerConnection = 20;

    // By the connection's items, which live as long as the connection.
    private static readonly ConditionalWeakTable<IDictionary<object, object?>, Places> ByConnection = [];

    /// <summary>Counts one more stream until the result is disposed.</summary>
    /// <exception cref="HubException">The connection has as many as it may; they go on.</exception>
    public static IDisposable Open(HubCallerContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ByConnection.GetOrCreateValue(connection.Items).TryTake() ?? throw new HubException(string.Create(
            CultureInfo.InvariantCulture,
            $"Forbindelsen har allerede {PerConnection} strømme åbne. De fortsætter uændret; kun denne blev ikke åbnet. "
                + $"Afslut en af dem, eller brug en forbindelse mere."));
    }

    private sealed class Places
    {
        private int _taken;

        public IDisposable? TryTake()
        {
            if (Interlocked.Increment(ref _taken) <= PerConnection) return new Place(this);
            Interlocked.Decrement(ref _taken);
            return null;
        }

        private sealed class Place(Places owner) : IDisposable
        {
            private Places? _owner = owner;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _owner, null) is { } places) Interlocked.Decrement(ref places._taken);
            }
        }
    }
}
