using AdStudio.Core.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Mail;

public static class MailSetup
{
    /// <summary>Mail by SMTP when configured, else into a folder.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Mail").Get<MailSettings>() ?? new MailSettings();
        services.AddSingleton(settings);
        if (settings.SmtpHost.Length > 0)
        {
            services.AddSingleton<IMailSender, SmtpMailSender>();
            services.AddSingleton(new MailPlace(null));
        }
        else
        {
            services.AddSingleton<IMailSender, FolderMailSender>();
            services.AddSingleton(new MailPlace(settings.Folder));
        }
        services.AddSingleton<Outbox>();
        services.AddHostedService<MailBell>();
        return services;
    }
}

/// <summary>The settings <c>Mail:*</c>.</summary>
public sealed record MailSettings
{
    public string From { get; init; } = "AdStudio <studio@adstudio.example>";
    public string SmtpHost { get; init; } = "";
    public int SmtpPort { get; init; } = 587;

    /// <summary>Off only for a server on the same machine that speaks no TLS.</summary>
    public bool StartTls { get; init; } = true;
    public string User { get; init; } = "";
    public string Password { get; init; } = "";
    public string Folder { get; init; } = "data/mail";
}
