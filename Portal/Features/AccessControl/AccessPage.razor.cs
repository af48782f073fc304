using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Profile;
using Portal.Platform.Access.Sessions;

namespace Portal.Features.AccessControl;

/// <summary>Who is signed in where, sessions ended by hand, and what one's own rights are and where they came from.</summary>
public sealed partial class AccessPage
{
    private static readonly TimeSpan KeyNotice = TimeSpan.FromDays(30);
    private Viewer _viewer = Viewer.Nobody;
    private IReadOnlyList<GrantedRole> _roles = [];
    private IReadOnlyList<PrivilegeNote> _notes = [];
    private IReadOnlyList<ListedKey> _keys = [];
    private IReadOnlyList<Session>? _sessions;
    private ClaimsPrincipal _user = new();
    private string? _current;
    private string? _asked;
    private string? _outcome;
    private bool _busy;

    private bool Still => !RendererInfo.IsInteractive;

    private bool IsAdministrator => _viewer.May(ViewerRights.Operate);

    protected override async Task OnInitializedAsync()
    {
        var user = _user = (await Authentication.GetAuthenticationStateAsync()).User;
        _viewer = await Model.Viewer.GetAsync();
        (_roles, _notes) = (ViewerClaims.RolesOf(user), ViewerClaims.NotesOf(user));
        _current = Session.Of(user);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var read = Reads.Begin();
        var sessions = await Model.Sessions.ReadAsync(_viewer, PageGone);
        var keys = await Model.Keys.ReadAsync(_viewer, PageGone);
        if (Reads.TryShow(read)) (_sessions, _keys) = (sessions, keys);
    }

    private async Task EndAsync(Session row)
    {
        if (_busy || !IsProved(row)) return;
        (_busy, _outcome) = (true, null);
        try
        {
            // Also when the page is left meanwhile.
            var ended = await Model.Sessions.EndAsync(_viewer, row.Id, CancellationToken.None);
            _outcome = ended ? L["Ended", row.Name] : L["EndedAlready", row.Name];
            await ReadAsync();
        }
        finally
        {
            (_busy, _asked) = (false, null);
        }
    }

    // Whoever finds an unlocked computer must not put its owner, or a whole office, out. One's own session can always be ended: signing out
    // does the same.
    private bool IsProved(Session row) => row.Id == _current
        || Model.Time.GetUtcNow() - Session.ProvedAt(_user, SignedInAt) <= Session.ProofLasts;

    private DateTimeOffset SignedInAt => _sessions?.FirstOrDefault(s => s.Id == _current)?.CreatedAt ?? DateTimeOffset.MinValue;

    // What stands beside the period: only what somebody has to do something about.
    private (string Style, string Text)? KeyState(ListedKey key)
    {
        var now = Model.Time.GetUtcNow();
        if (now < key.ValidFrom) return ("info", L["KeyNotYet"]);
        if (key.ValidTo is not { } end || end - now > KeyNotice) return null;
        if (now >= end) return ("bad", L["KeyExpired"]);
        var days = (int)Math.Ceiling((end - now).TotalDays);
        return ("warn", days == 1 ? L["KeyExpiresSoon"] : L["KeyExpires", days]);
    }

    private LocalizedString RoleName(string role) => L[$"Role_{role}"];
}
