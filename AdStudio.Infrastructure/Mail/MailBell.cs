using AdStudio.Core.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Mail;

/// <summary>Sends at once what somebody waits for. What fails here, the job tries again.</summary>
internal sealed class MailBell(Outbox outbox, IServiceScopeFactory scopes, ILogger<MailBell> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await outbox.WaitAsync(stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SendOutgoingMail>().RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogError(exception, "The mail that is due could not be sent at once; the job tries again");
            }
        }
    }
}
