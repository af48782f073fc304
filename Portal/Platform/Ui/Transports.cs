namespace Portal.Platform.Ui;

/// <summary>The transports' names as people say them.</summary>
public static class Transports
{
    /// <summary>"AMQP", "Push", "Mappe", "Genindlæst"; another as it is.</summary>
    public static string Name(string transport) => transport switch
    {
        "amqp" => "AMQP",
        "push" => "Push",
        "folder" => "Mappe",
        "replay" => "Genindlæst",
        _ => transport,
    };
}
