namespace AdStudio.Web.Features.Insights;

public static class InsightsSetup
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services.AddScoped<SyncWatch>();

    /// <summary>The numbers as a file.</summary>
    public static WebApplication MapInsights(this WebApplication app)
    {
        app.MapGet(CsvExport.Path, CsvExport.AnswerAsync).RequireAuthorization().ExcludeFromDescription();
        return app;
    }
}
