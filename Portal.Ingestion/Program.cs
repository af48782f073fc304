using Portal.Ingestion.Commands;

return await CommandLine.RunAsync(args, Terminal.Own, StopSignals.Hear());
