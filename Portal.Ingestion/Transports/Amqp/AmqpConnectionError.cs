using System.Net.Sockets;
using System.Security.Authentication;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp.Token;
using RabbitMQ.Client.Exceptions;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>Why a connection failed, in Danish for people.</summary>
/// <param name="Refused">True when the broker or the token service refused; false when it cannot be reached.</param>
internal sealed record AmqpConnectionError(bool Refused, string Why, string? Remedy)
{
    private const int AccessRefused = 403, NotFound = 404, ResourceLocked = 405, NotAllowed = 530;

    /// <summary>True when the exception means a closed connection or channel, not a bug.</summary>
    public static bool IsConnectionGone(Exception problem) =>
        problem is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException or SocketException
            or System.Threading.Channels.ChannelClosedException;

    /// <summary>True for exceptions that connecting and consuming may throw.</summary>
    public static bool IsKnown(Exception problem) =>
        problem is RabbitMQClientException or IOException or SocketException or TimeoutException or AuthenticationException
            or SecurityTokenException or ObjectDisposedException
            or OperationCanceledException or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException
            or NotSupportedException
            or System.Threading.Channels.ChannelClosedException;

    /// <summary>Explains an exception.</summary>
    public static AmqpConnectionError Of(Exception problem, AmqpSettings settings)
    {
        var address = AmqpConnecting.AddressOf(settings.Uri);
        var all = Flatten(problem).ToList();
        if (all.OfType<SecurityTokenException>().FirstOrDefault() is { } token) return new(token.Refused, token.Message, token.Remedy);
        if (all.OfType<AmqpStepException>().FirstOrDefault() is { } step) return OfStep(step, settings, address);
        if (all.OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason is { } reason
            && OfCode(reason.ReplyCode, settings) is { } error)
        {
            return error;
        }
        if (all.Any(p => p is PossibleAuthenticationFailureException)) return LoginRefused(settings);
        if (all.OfType<AuthenticationException>().Any())
        {
            return new(true, $"Den sikre forbindelse (TLS) til {address} kunne ikke oprettes.",
                "Kontrollér, at brokerens certifikat er gyldigt og udstedt af en, maskinen stoler på (eller "
                    + "Ingestion:Amqp:CaCertificatePath), og at eget certifikat i Ingestion:Amqp:ClientCertificatePath ikke er udløbet.");
        }

        if (all.Any(p => p is System.Security.Cryptography.CryptographicException or UnauthorizedAccessException))
        {
            return new(true, "Certifikatfilen kan ikke læses.", "Kontrollér Ingestion:Amqp:ClientCertificatePath og adgangen til filen.");
        }

        return all.OfType<SocketException>()
            .Any(p => p.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData)
            ? new(false, $"Brokeren {address} kan ikke nås: navnet kan ikke slås op.",
                "Kontrollér værten i Ingestion:Amqp:Uri og maskinens navneopslag (DNS).")
            : new(false, $"Brokeren {address} kan ikke nås.", Away);
    }

    private const string Away = "Se efter, om brokeren kører, og om adressen i Ingestion:Amqp:Uri passer. Beskederne bliver i køen, "
        + "og forbindelsen oprettes af sig selv, når brokeren svarer.";

    private static AmqpConnectionError OfStep(AmqpStepException step, AmqpSettings settings, string address)
    {
        var tls = settings.Uri.Scheme == "amqps";
        switch (step.Peer)
        {
            case AmqpPeer.Tls when !tls:
                return new(true, $"{address} taler TLS, men Ingestion:Amqp:Uri begynder med amqp://.",
                    "Skriv amqps:// i Ingestion:Amqp:Uri, eller ret porten (uden TLS er den oftest 5672).");
            case AmqpPeer.Amqp or AmqpPeer.OtherAmqp when tls:
                return new(true, $"{address} er en broker uden TLS, men Ingestion:Amqp:Uri begynder med amqps://.", "Ret porten i "
                    + "Ingestion:Amqp:Uri (med TLS er den oftest 5671), eller skriv amqp://, hvis forbindelsen skal være uden TLS.");
            case AmqpPeer.Other:
                return new(true, tls ? $"{address} taler hverken TLS eller AMQP." : $"{address} taler ikke AMQP.",
                    "Kontrollér vært og port i Ingestion:Amqp:Uri (amqps: oftest 5671, amqp: 5672).");
            case AmqpPeer.OtherAmqp:
                return new(true, $"{address} taler en anden version af AMQP end 0-9-1.",
                    "Kontrollér porten i Ingestion:Amqp:Uri, og at brokeren tillader AMQP 0-9-1.");
            default:
                break;
        }

        var seconds = (int)(step.Limit ?? AmqpAttempt.Limit).TotalSeconds;
        return step switch
        {
            { Step: AmqpStep.Connect, Peer: AmqpPeer.Unreached } => new(false, $"Brokeren {address} kan ikke nås: intet svar på {seconds} "
                + "s.", "Kontrollér vært og port i Ingestion:Amqp:Uri, og om en firewall holder forbindelsen tilbage."),
            { Step: AmqpStep.Connect } => new(
                false, $"{address} tog imod forbindelsen, men svarede ikke på {seconds} s.",
                "Se efter, om brokeren kører og ikke er standset, og om porten i Ingestion:Amqp:Uri er den rigtige (amqps: oftest 5671, "
                    + "amqp: 5672). Der prøves igen af sig selv."),
            _ => new(false, $"Brokeren {address} svarede ikke på {seconds} s, da {InWords(step.Step, settings)}.",
                "Se efter, om brokeren er overbelastet eller standset. Der prøves igen af sig selv."),
        };
    }

    private static string InWords(AmqpStep step, AmqpSettings settings) => step switch
    {
        AmqpStep.Channel => "en kanal skulle åbnes",
        AmqpStep.Queue => $"køen »{settings.Queue}« skulle slås op",
        AmqpStep.Prefetch => "antallet af beskeder ad gangen skulle sættes",
        _ => $"der skulle tages fra køen »{settings.Queue}«",
    };

    private static AmqpConnectionError? OfCode(int code, AmqpSettings settings) => code switch
    {
        AccessRefused => settings.Authentication == AmqpAuthentication.Password && !string.IsNullOrEmpty(settings.Queue)
            ? new(true, "Brokeren nægter adgang.",
                "Kontrollér bruger og adgangskode i Ingestion:Amqp:Uri, og at brugeren må læse fra køen i Ingestion:Amqp:Queue.")
            : LoginRefused(settings),
        NotFound => new(true, $"Køen »{settings.Queue}« findes ikke på brokeren.", "Kontrollér dueslagets UUID i Ingestion:Amqp:Queue og "
            + "den virtuelle vært i Ingestion:Amqp:Uri; modtagelsen begynder af sig selv, når køen findes."),
        ResourceLocked => new(true, $"Køen »{settings.Queue}« er optaget af en anden forbindelse alene.",
            "Luk den anden forbindelse, eller lav køen uden »exclusive«."),
        NotAllowed => new(true, "Brokeren tillader ikke den virtuelle vært.",
            "Kontrollér den virtuelle vært sidst i Ingestion:Amqp:Uri, og at brugeren har adgang til den."),
        _ => null,
    };

    private static AmqpConnectionError LoginRefused(AmqpSettings settings) => settings.Authentication == AmqpAuthentication.Token
        ? new(true, "Brokeren afviste sikkerhedstokenet.", "Kontrollér Ingestion:Token:EntityId og Ingestion:Token:Cvr, "
            + "og at systemets certifikat er tilsluttet tjenesten i administrationsmodulet.")
        : new(true, "Brokeren afviste bruger eller adgangskode.", "Ret bruger og adgangskode i Ingestion:Amqp:Uri.");

    private static IEnumerable<Exception> Flatten(Exception problem)
    {
        for (Exception? next = problem; next is not null; next = next.InnerException)
        {
            yield return next;
            if (next is not AggregateException many) continue;
            foreach (var inner in many.InnerExceptions.Skip(1).SelectMany(Flatten)) yield return inner;
        }
    }
}
