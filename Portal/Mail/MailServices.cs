namespace Portal.Mail;

/// <summary>Registers mail.</summary>
public static class MailServices
{
    /// <summary><see cref="IMailer"/> by <c>Smtp:*</c>.</summary>
    /// <exception cref="Ingestion.Configuration.ConfigurationProblemException">A key is wrong.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(SmtpSettings.Read(configuration))
        .AddSingleton<IMailer, SmtpMailer>();
}
