using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Mail;

public static class MailSetup
{
    /// <summary>Mail by SMTP when configured, else into a folder.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        return services;
    }
}
