namespace Portal.Ingestion.Letters;

/// <summary>
/// How a registration reached the portal. A document names the one who said it: a person who typed, a file that a person read in, or a
/// system.
/// </summary>
public enum RegistrationSource
{
    /// <summary>Registered before the source was stored.</summary>
    Unknown = 0,

    /// <summary>Typed by a signed-in person.</summary>
    Person = 1,

    /// <summary>Read from a file that a signed-in person chose.</summary>
    File = 2,

    /// <summary>Sent by a system with an API key, or by the portal's own demonstration.</summary>
    System = 3,
}
