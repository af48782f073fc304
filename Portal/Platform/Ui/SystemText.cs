using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>
/// The portal's own sentences that are stored in Danish (why a message is in quarantine, why a transport stands still and what to do, what
/// a message type tells), in the language of the page. They are known by their Danish text in <c>UiTexts.resx</c>; any other text is shown
/// as it is.
/// </summary>
public static class SystemText
{
    private static readonly string[] Keys =
    [
        "SystemNotXml", "SystemPlace", "SystemNoRoot", "SystemCharset", "SystemSeveral", "SystemNoId", "SystemLongId", "SystemNoType",
        "SystemConflict", "SystemNotRead", "SystemNotStored", "SystemTooLargeCut", "SystemTooLarge", "SystemOffFolder", "SystemOffAmqp",
        "SystemOffPush", "SystemElsewhere", "SystemStopped", "SystemSilent", "SystemTellsStatus", "SystemTellsTest", "SystemUnknownType",
        "SystemOtherTypes", "SystemUnforeseen", "SystemDatabaseSilent", "SystemNotNow", "SystemNoMemory", "SystemNoMemoryToStore",
        "SystemQuarantineRefuses", "SystemClosing", "SystemPartly", "SystemNotHandled", "SystemRowDamaged", "SystemStaysInQueue",
        "SystemQueueOpens", "SystemNotRenewed", "SystemBrokerLost", "SystemQueueFailed", "SystemBrokerNoName", "SystemBrokerNoAnswer",
        "SystemBrokerAway", "SystemBrokerAwayDo", "SystemBrokerRefuses", "SystemBrokerPassword", "SystemBrokerPasswordDo",
        "SystemBrokerToken", "SystemQueueMissing", "SystemQueueMissingDo", "SystemTls", "SystemCertificateFile", "SystemFolderAway",
        "SystemFolderAwayDo", "SystemFilesUnmoved", "SystemFilesUnread",
    ];

    private static readonly Lazy<(Regex Danish, string Key)[]> Known = new(() => [.. Keys.Select(k => (Pattern(k), k))]);

    /// <summary>The text in the language of the page; null for null.</summary>
    public static string? Localized(string? danish)
    {
        if (danish is null || !LanguageFormat.IsEnglish(CultureInfo.CurrentUICulture)) return danish;
        foreach (var (pattern, key) in Known.Value)
        {
            if (pattern.Match(danish) is not { Success: true } match) continue;
            var parts = match.Groups.Values.Skip(1).Select(g => (object?)Localized(g.Value)).ToArray();
            return string.Format(LanguageFormat.English, TextResources.Find(typeof(UiTexts), key, LanguageFormat.English), parts);
        }

        return danish;
    }

    // The Danish text with what stands for {0}, {1} and so on.
    private static Regex Pattern(string key) => new(
        $@"\A{Regex.Replace(Regex.Escape(TextResources.Danish<UiTexts>(key)), @"\\\{\d\}", "(.*)")}\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
}
