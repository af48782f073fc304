return await Portal.Ingestion.Commands.CommandLine.RunAsync(args, Portal.Ingestion.Commands.StopSignals.Hear());
