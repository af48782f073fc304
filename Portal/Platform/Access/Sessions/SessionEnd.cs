using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Access.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out in that browser.</summary>
    SignedOut,

    /// <summary>The person signed in anew in that browser.</summary>
    Replaced,

    /// <summary>The person ended it from another page.</summary>
    Owner,

    /// <summary>An administrator ended it.</summary>
    Administrator,

    /// <summary>The provider ended it.</summary>
    Provider,

    /// <summary>Nothing was done for <c>Auth:Session:IdleMinutes</c>.</summary>
    Idle,

    /// <summary>It lasted <c>Auth:Session:MaxHours</c>.</summary>
    Longest,

    /// <summary>The person has other roles or authorities now, or the portal's settings give others.</summary>
    Rights,
}

/// <summary>
/// Stores <see cref="SessionEnd"/> by name. An unknown name, written by a newer version, is read as <see cref="SessionEnd.Owner"/>. A named
/// class, because the compiled models need one.
/// </summary>
internal sealed class SessionEndConverter()
    : ValueConverter<SessionEnd, string>(end => end.ToString(), text => StoredName.Of<SessionEnd>(text) ?? SessionEnd.Owner);
