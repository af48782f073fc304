namespace Portal.Ingestion.Storage;

/// <summary>What the database does by itself after each row that is changed. The texts are SQL that every database has.</summary>
/// <param name="Name">One name a database.</param>
/// <param name="Change">E.g. <c>INSERT</c>, or <c>UPDATE OF "SolvedAt"</c>.</param>
/// <param name="Table">Its table, without quotes.</param>
/// <param name="Statement">What it does, without a semicolon; the row is <c>NEW</c>.</param>
/// <param name="Condition">Of the row <c>NEW</c>; null: every row.</param>
internal sealed record RowTrigger(string Name, string Change, string Table, string Statement, string? Condition = null);
