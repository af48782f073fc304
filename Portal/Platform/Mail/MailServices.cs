using Portal.Platform.Mail.Outbox;

namespace Portal.Platform.Mail;

/// <summary>Registers mail.</summary>
public static class MailServices
{
    /// <summary>
    /// <see cref="IMailer"/> by <c>Smtp:*</c>, and the outbox, which needs the portal side's storage and the writers of mail.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException">A key is wrong.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SmtpSettings.Read(configuration))
        .AddSingleton<IMailer, SmtpMailer>()
        .AddSingleton<MailOutbox>()
        .AddHostedService<MailOutboxService>();
}
