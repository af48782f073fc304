return await Portal.Ingestion.Commands.CommandLine.RunAsync(args);
