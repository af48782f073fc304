using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>What statuses mean, who sends them and who carries letters: read by many, edited by administrators.</summary>
public interface IMeaningCatalogue
{
    /// <summary>The tables with volumes within the viewer's authorities. Needs <see cref="ViewerRights.Catalogue"/>.</summary>
    [Demands(ViewerRights.Operate)]
    Task<MeaningTables> ReadAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Stores what an action or an event code means; letters that are stored are then folded by it. Needs
    /// <see cref="ViewerRights.Administer"/>, as the other edits do. Returns why it was refused; null when it is stored.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit.</exception>
    [Demands(ViewerRights.Administer)]
    Task<MeaningProblem?> SaveAsync(Viewer viewer, MeaningEdit edit, CancellationToken cancellationToken);

    /// <summary>Stores a sender.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit.</exception>
    [Demands(ViewerRights.Administer)]
    Task<MeaningProblem?> SaveAsync(Viewer viewer, SenderEdit edit, CancellationToken cancellationToken);

    /// <summary>Stores the carrier of a period, or removes it.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit.</exception>
    [Demands(ViewerRights.Administer)]
    Task<MeaningProblem?> SaveAsync(Viewer viewer, CarrierEdit edit, CancellationToken cancellationToken);
}

/// <summary>The tables as a page shows them.</summary>
/// <param name="Statuses">Actions, then event codes, then the codes that nobody has mapped, most seen first.</param>
/// <param name="Changes">The newest edits first.</param>
public sealed record MeaningTables(
    ValueList<MeaningRow> Statuses, ValueList<SenderRow> Senders, ValueList<CarrierRow> Carriers, ValueList<MeaningChange> Changes);

/// <summary>What an action or an event code means.</summary>
/// <param name="Kind"><see cref="StoredMeaning.Action"/> or <see cref="StoredMeaning.EventCode"/>.</param>
/// <param name="Key">UUID or code.</param>
/// <param name="Name">As on the wire.</param>
/// <param name="Meaning">One of <see cref="MeaningNames"/>.</param>
/// <param name="Source">Where it is known from.</param>
/// <param name="Confirmed">The supplier has confirmed it.</param>
/// <param name="Messages">Messages with it in the last 30 days that the viewer may count.</param>
/// <param name="Version">To be sent back with an edit; 0 for a row that is not stored.</param>
/// <param name="Editable">False for one that the configuration, or the program itself, decides.</param>
/// <param name="Mapped">False for an event code that was seen and that nobody has mapped.</param>
public sealed record MeaningRow(
    string Kind, string Key, string Name, string Meaning, string Source, bool Confirmed, long Messages, int Version, bool Editable,
    bool Mapped);

/// <summary>A sender of statuses.</summary>
/// <param name="Messages">Its messages in the last 30 days that the viewer may count.</param>
/// <param name="Version">To be sent back with an edit.</param>
public sealed record SenderRow(string Uuid, string Name, string Source, bool Confirmed, long Messages, int Version);

/// <summary>The company that carries ordinary letters in a period.</summary>
/// <param name="Sender">A sender's UUID; null for every sender without a row of its own.</param>
/// <param name="From">The first day; null when it is not known.</param>
/// <param name="To">The last day; null while it goes on.</param>
/// <param name="Version">To be sent back with an edit.</param>
public sealed record CarrierRow(int Id, string? Sender, DateOnly? From, DateOnly? To, string Name, string Source, int Version);

/// <summary>An edit of one of the tables, in Danish.</summary>
public sealed record MeaningChange(long Id, DateTimeOffset At, string By, string What, string? Before, string? After, string? Why);

/// <summary>An edit of what an action or an event code means.</summary>
/// <param name="Version">The version that was shown; 0 for a code that has no row.</param>
public sealed record MeaningEdit(
    string Kind, string Key, int Version, string Meaning, string Source, bool Confirmed, string? Why);

/// <summary>An edit of a sender.</summary>
/// <param name="Version">The version that was shown; 0 for a new one.</param>
public sealed record SenderEdit(string Uuid, int Version, string Name, string Source, bool Confirmed, string? Why);

/// <summary>An edit of a carrier's period.</summary>
/// <param name="Id">0 for a new one.</param>
/// <param name="Version">The version that was shown; 0 for a new one.</param>
/// <param name="Remove">Removes the row instead.</param>
public sealed record CarrierEdit(
    int Id, int Version, string? Sender, DateOnly? From, DateOnly? To, string Name, string Source, string? Why, bool Remove = false);

/// <summary>Why an edit was refused.</summary>
/// <param name="Field">The field: <c>meaning</c>, <c>key</c>, <c>name</c>, <c>source</c>, <c>why</c>, <c>sender</c>, <c>from</c>,
/// <c>to</c>; <c>row</c> for the row as a whole.</param>
/// <param name="Words">One sentence.</param>
public sealed record MeaningProblem(string Field, LocalizedText Words);
