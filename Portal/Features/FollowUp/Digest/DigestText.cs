using System.Text;
using Portal.Ingestion.Letters;
using Portal.Platform.Mail;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.FollowUp.Digest;

/// <summary>The text of the daily mail: counts and links, never a citizen's name, a case number or a CPR number. In Danish. Pure.</summary>
internal static class DigestText
{
    /// <summary>The mail to a person; null when there is nothing to report.</summary>
    public static MailMessage? Of(
        string to, string personId, string address, IReadOnlyDictionary<FollowUpReason, long> own, long old, long nobodys)
    {
        var total = own.Values.Sum();
        if (total + nobodys == 0) return null;
        var text = new StringBuilder();
        var list = $"{address}{PortalUrls.FollowUp}";
        text.Append("God morgen\n\n");
        text.Append(total == 0 ? "Du har ingen åbne rækker på opfølgningslisten.\n" : $"Du har {Rows(total)} på opfølgningslisten:\n");
        foreach (var (reason, count) in own.Where(o => o.Value > 0))
        {
            text.Append(DanishFormat.Danish, $"  {DanishFormat.Number(count)}  {NameOf(reason)}: {list}?grund="
                + $"{reason.ToWire()}&ejer={Uri.EscapeDataString(personId)}\n");
        }
        if (old > 0)
        {
            text.Append(DanishFormat.Danish,
                $"\n{Rows(old)} af dem har ventet i mere end fem arbejdsdage: {list}?ejer={Uri.EscapeDataString(personId)}&alder=5\n");
        }
        if (nobodys > 0) text.Append(DanishFormat.Danish, $"\n{Rows(nobodys)} er ingens endnu: {list}?ejer=ingen\n");
        text.Append("\nMailen nævner hverken sager eller personer. Du slår den fra på opfølgningslisten.\n");
        return new MailMessage(
            to, $"Opfølgning: {DanishFormat.Number(total)} hos dig, {DanishFormat.Number(nobodys)} hos ingen", text.ToString());
    }

    private static string Rows(long count) => count == 1 ? "1 række" : $"{DanishFormat.Number(count)} rækker";

    // The worklist's word for the reason, with a lower-case first letter.
    private static string NameOf(FollowUpReason reason)
    {
        var word = TextResources.Danish<FollowUpTexts>($"Reason{reason}");
        return char.ToLower(word[0], DanishFormat.Danish) + word[1..];
    }
}
