namespace Portal.Ingestion.Transports.Simulator;

/// <summary>The course of a simulated letter, or a message that is not about a letter.</summary>
internal enum StoryKind
{
    Digital,
    InvalidMemo,
    RecipientExempt,
    RecipientNotFound,
    RecipientDeceased,
    FailedThenPhysical,
    Physical,
    PhysicalReturned,
    PhysicalNewAddress,
    PhysicalReceipt,
    PhysicalTracked,
    Recalled,
    PersonEvent,
    UnknownType,
}
