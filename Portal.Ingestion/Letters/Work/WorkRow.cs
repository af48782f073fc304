using System.Globalization;

namespace Portal.Ingestion.Letters.Work;

/// <summary>The id of a worklist row: <c>l-12</c> for a letter, <c>s-34</c> for a status.</summary>
internal readonly record struct WorkRow(int Rank, long Key)
{
    public const int Letter = 0;
    public const int Status = 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Rank == Letter ? 'l' : 's')}-{Key}");

    /// <summary>Parses an id; null for any other text.</summary>
    public static WorkRow? Parse(string? id) =>
        id is ['l' or 's', '-', ..] && long.TryParse(id.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? new WorkRow(id[0] == 'l' ? Letter : Status, key)
            : null;
}
