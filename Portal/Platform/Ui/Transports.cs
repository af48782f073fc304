namespace Portal.Platform.Ui;

/// <summary>Display names of transports.</summary>
public static class Transports
{
    /// <summary>"AMQP", "Push", "Mappe", "Genindlæst"; any other name unchanged.</summary>
    public static string Name(string transport) => transport switch
    {
        "amqp" => "AMQP",
        "push" => "Push",
        "folder" => "Mappe",
        "replay" => "Genindlæst",
        _ => transport,
    };
}
