return await Portal.Hosting.PortalProgram.RunAsync(args, Console.Out, Console.Error);
