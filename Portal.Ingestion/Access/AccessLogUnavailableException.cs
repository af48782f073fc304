namespace Portal.Ingestion.Access;

/// <summary>
/// The access log cannot be written, so personal data is not given out: what nobody can account for is not shown. The message is one Danish
/// sentence for people.
/// </summary>
public sealed class AccessLogUnavailableException(Exception? inner = null) : Exception(
    "Adgangsloggen kan ikke skrives lige nu, og derfor udleveres oplysningerne ikke.", inner);
