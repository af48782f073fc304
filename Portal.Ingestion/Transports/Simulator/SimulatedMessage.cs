namespace Portal.Ingestion.Transports.Simulator;

/// <summary>A message of the simulated traffic.</summary>
/// <param name="Bytes">The envelope.</param>
/// <param name="At">How long after the traffic's start it would arrive at nature's pace.</param>
public sealed record SimulatedMessage(byte[] Bytes, TimeSpan At);
