using Portal.Platform.Mail.Outbox;

namespace Portal.Platform.Mail;

/// <summary>Registers mail.</summary>
public static class MailServices
{
    /// <summary>
    /// <see cref="IMailer"/> as <c>Smtp:*</c> configures it, and the outbox, which needs the portal's storage and every
    /// <see cref="IMailWriter"/>.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException">A key of <c>Smtp:*</c> is invalid.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SmtpSettings.Read(configuration))
        .AddSingleton<IMailer, SmtpMailer>()
        .AddSingleton<MailOutbox>()
        .AddHostedService<MailOutboxService>();
}
