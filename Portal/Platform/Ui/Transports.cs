using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>Display names of transports.</summary>
public static class Transports
{
    /// <summary>"AMQP", "Push", "Mappe", "Genindlæst" in the language of the page; any other name unchanged.</summary>
    public static string Name(string transport) => In(CultureInfo.CurrentUICulture, transport);

    /// <summary>The same in Danish, for files and the health check.</summary>
    public static string Danish(string transport) => In(DanishFormat.Danish, transport);

    private static string In(CultureInfo language, string transport) => transport switch
    {
        "amqp" => "AMQP",
        "push" => "Push",
        "folder" => TextResources.Find(typeof(UiTexts), "TransportFolder", language),
        "replay" => TextResources.Find(typeof(UiTexts), "TransportReplay", language),
        _ => transport,
    };
}
