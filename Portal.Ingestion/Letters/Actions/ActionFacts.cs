using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>
/// What the log of actions says of a stored row. The same facts are entered when a person acts and are computed again from the row when the
/// log is verified, so each is a function of the row alone. Person numbers are masked; a registration has a keyed hash of its whole text
/// besides, so that a changed number is found and the log is never the one place where a number survives.
/// </summary>
internal static class ActionFacts
{
    /// <summary>A registration of a letter: the one in force, or an earlier version.</summary>
    /// <param name="hash">The keyed hash of the text of the registration; null when the key is not here.</param>
    public static JournalDraft Of(StoredLetter letter, StoredLetterVersion? version, byte[]? hash)
    {
        var text = version?.RegistrationJson ?? letter.RegistrationJson;
        var (number, at, by, source) = version is null
            ? (letter.Version, letter.RegisteredAt, letter.RegisteredBy, letter.RegisteredFrom)
            : (version.Version, version.RegisteredAt, version.RegisteredBy, version.RegisteredFrom);
        var facts = Facts(("authority", letter.Authority), ("version", number), ("registeredAt", Time(at)), ("by", Text(by)),
            ("source", source == RegistrationSource.Unknown ? null : source.ToString()),
            ("registration", hash is null ? null : Convert.ToHexStringLower(hash)));
        if (RegistrationJson.TryRead(text) is { } registration) AddRegistration(facts, registration);
        return new JournalDraft(
            number == 1 ? ActionKinds.LetterRegistered : ActionKinds.LetterCorrected, Id($"letter/{letter.Key}/{number}"), at, facts)
        {
            Authority = letter.Authority, CaseKey = letter.CaseNumberKey, LetterKey = letter.Key,
        };
    }

    /// <summary>A status assigned to a letter by hand, or unassigned at <paramref name="undoneAt"/>.</summary>
    public static JournalDraft Of(StoredHandMatch match, StoredLetter letter, DateTimeOffset? undoneAt = null, string? undoneBy = null)
    {
        var facts = Facts(("authority", letter.Authority), ("case", Text(letter.CaseNumber)), ("letter", Text(letter.LetterId)),
            ("letterKey", match.LetterKey), ("sequence", match.Sequence), ("part", match.Part), ("assignedAt", Time(match.At)),
            ("by", Text(match.ByName)), ("byId", Text(match.ById)));
        if (undoneAt is { } undone) (facts["undoneAt"], facts["undoneBy"]) = (Time(undone), Text(undoneBy));
        return new JournalDraft(
            undoneAt is null ? ActionKinds.StatusAssigned : ActionKinds.StatusUnassigned, MatchId(match.Sequence, match.Part),
            undoneAt ?? match.At, facts)
        {
            Authority = letter.Authority, CaseKey = letter.CaseNumberKey, LetterKey = letter.Key,
            StatusKey = WorkRow.KeyOf(match.Sequence, match.Part),
        };
    }

    /// <summary>An action on a worklist row.</summary>
    /// <param name="letter">The letter of the row, or to which its status was assigned; null for none.</param>
    public static JournalDraft Of(StoredWorkEntry entry, StoredLetter? letter) => new(
        ActionKinds.OfWork(entry.Action), Id($"work/{entry.Id}"), entry.At,
        Facts(("row", new WorkRow(entry.Rank, entry.Key).ToString()), ("authority", entry.Authority), ("action", entry.Action),
            ("doneAt", Time(entry.At)), ("by", Text(entry.ByName)), ("byId", Text(entry.ById)), ("text", Text(entry.Text)),
            ("other", Text(entry.Other)), ("case", Text(letter?.CaseNumber)), ("letter", Text(letter?.LetterId))))
    {
        Authority = entry.Authority, CaseKey = letter?.CaseNumberKey, LetterKey = letter?.Key,
        StatusKey = entry.Rank == WorkRow.Status ? entry.Key : null,
    };

    /// <summary>A letter that was sent again as another.</summary>
    public static JournalDraft Of(StoredReplacement replacement, StoredLetter letter) => new(
        ActionKinds.LetterReplaced, Id($"replacement/{replacement.LetterKey}"), replacement.At,
        Facts(("letterKey", replacement.LetterKey), ("byKey", replacement.ByKey), ("replacedAt", Time(replacement.At)),
            ("by", Text(replacement.ByName)), ("authority", letter.Authority), ("case", Text(letter.CaseNumber)),
            ("letter", Text(letter.LetterId))))
    {
        Authority = letter.Authority, CaseKey = letter.CaseNumberKey, LetterKey = letter.Key,
    };

    /// <summary>An operating incident, noted or withdrawn.</summary>
    public static JournalDraft Of(StoredIncident incident) => new(
        incident.WithdrawnAt is null ? ActionKinds.IncidentNoted : ActionKinds.IncidentWithdrawn, Id($"incident/{incident.Id}"),
        incident.WithdrawnAt ?? incident.NotedAt,
        Facts(("authority", incident.Authority), ("from", Time(incident.From)), ("to", Time(incident.To)), ("channel", incident.Channel),
            ("text", Text(incident.Text)), ("notedAt", Time(incident.NotedAt)), ("by", Text(incident.NotedBy)),
            ("withdrawnAt", Time(incident.WithdrawnAt)), ("withdrawnBy", Text(incident.WithdrawnBy))))
    {
        Authority = incident.Authority,
    };

    /// <summary>A hold on a case, set or lifted.</summary>
    public static JournalDraft Of(StoredHoldEntry hold) => new(
        hold.On ? ActionKinds.HoldSet : ActionKinds.HoldLifted, Id($"hold/{hold.Id}"), hold.At,
        Facts(("authority", hold.Authority), ("case", Text(hold.CaseNumber)), ("on", hold.On), ("doneAt", Time(hold.At)),
            ("by", Text(hold.ByName)), ("byId", Text(hold.ById)), ("reason", Text(hold.Reason))))
    {
        Authority = hold.Authority, CaseKey = IdentifierKey.Of(hold.CaseNumber),
    };

    /// <summary>A sender, muted or unmuted.</summary>
    public static JournalDraft Of(StoredMutedSender mute) => new(
        mute.LiftedAt is null ? ActionKinds.SenderMuted : ActionKinds.SenderUnmuted, Id($"mute/{mute.Id}"), mute.LiftedAt ?? mute.MutedAt,
        Facts(("authority", mute.Authority), ("sender", Text(mute.Sender)), ("reason", Text(mute.Reason)),
            ("mutedAt", Time(mute.MutedAt)), ("by", Text(mute.MutedBy)), ("liftedAt", Time(mute.LiftedAt)),
            ("liftedBy", Text(mute.LiftedBy))))
    {
        Authority = mute.Authority,
    };

    /// <summary>An edit of the meanings of statuses.</summary>
    public static JournalDraft Of(StoredMeaningChange change) => new(
        ActionKinds.MeaningChanged, Id($"meaning/{change.Id}"), change.At,
        Facts(("doneAt", Time(change.At)), ("by", Text(change.ByName)), ("what", Text(change.What)), ("before", Text(change.Before)),
            ("after", Text(change.After)), ("why", Text(change.Why))));

    /// <summary>The id of a match by hand.</summary>
    public static string MatchId(long sequence, int part) => Id($"match/{sequence}/{part}");

    private static void AddRegistration(Dictionary<string, object?> facts, LetterRegistration registration)
    {
        facts["case"] = Text(registration.CaseNumber);
        facts["caseType"] = Text(registration.CaseType);
        facts["letter"] = Text(registration.LetterId);
        facts["title"] = Text(registration.Title);
        facts["recipient"] = Text(registration.Recipient.Name);
        facts["recipientId"] = Text(registration.Recipient.Id);
        facts["recipientIdType"] = Text(registration.Recipient.IdType);
        facts["channel"] = registration.Channel.ToString();
        facts["decision"] = registration.Decision;
        facts["sentAt"] = Time(registration.SentAt);
        facts["receipts"] = registration.Receipts.ToWire();
        facts["postCategory"] = Text(registration.PostCategory);
        // Left out when they are not set: so entries of earlier versions stay what they were.
        if (registration.Kle is { } kle) facts["kle"] = kle;
        if (registration.OrganisationUnit is { } unit) facts["organisationUnit"] = unit;
        facts["identifiers"] = registration.Identifiers.Known().ToDictionary(i => i.Name, i => (object?)Text(i.Value));
        facts["documents"] = registration.Documents
            .Select(d => (object?)Facts(("name", Text(d.Name)), ("sha256", d.Sha256))).ToList();
    }

    private static string Id(FormattableString id) => id.ToString(CultureInfo.InvariantCulture);

    private static string? Text(string? text) => CprNumber.MaskInOrNull(StorableText.Clean(text));

    private static string Time(DateTimeOffset at) => JournalTime.Text(at);

    private static string? Time(DateTimeOffset? at) => at is { } time ? JournalTime.Text(time) : null;

    // What is not set is left out, so that a later version may say more without changing what is the same.
    private static Dictionary<string, object?> Facts(params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var set = new Dictionary<string, object?>(facts.Length + 16, StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (value is not null) set[name] = value;
        }

        return set;
    }
}
