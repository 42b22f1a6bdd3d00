using AdStudio.Core;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Mail;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Web.Api;
using AdStudio.Web.App;
using AdStudio.Web.Auth;
using AdStudio.Web.Features.Connections;
using AdStudio.Web.Features.Insights;
using AdStudio.Web.Features.Leads;
using AdStudio.Web.Features.Settings;
using AdStudio.Web.Features.Creatives;
using AdStudio.Web.Hosting;
using AdStudio.Web.Hosting.Demo;
using Microsoft.Extensions.Configuration.Json;

// Started from anywhere in the repository (dotnet run goes into the project's folder), the studio finds its data at the top.
for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
    if (File.Exists(Path.Combine(folder.FullName, "AdStudio.sln"))) Directory.SetCurrentDirectory(folder.FullName);

var builder = WebApplication.CreateBuilder(args);

// The settings file lies at the top of the repository, and beside the app once built; wherever it is started from, it is found.
var settings = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
settings.ResolveFileProvider();
builder.Configuration.Sources.Insert(0, settings);
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);

builder.Services.AddStudioActions();
builder.Services.AddStudioDatabase(builder.Configuration);
builder.Services.AddSecrets();
builder.Services.AddPlatforms(builder.Configuration);
builder.Services.AddMail(builder.Configuration);
builder.Services.AddMedia(builder.Configuration);
builder.Services.AddStudioJobs(builder.Configuration);
builder.Services.AddHosting(builder.Configuration);
builder.Services.AddStudioAuth(builder.Configuration);
builder.Services.AddStudioApis(builder.Configuration);
builder.Services.AddInsights();
builder.Services.AddShell();
builder.Services.AddSandboxWhenAsked(builder.Configuration);
builder.Services.AddDemo(builder.Configuration);

var app = builder.Build();

await DatabaseSetup.MigrateAsync(app.Services, app.Lifetime.ApplicationStopping);
await app.MakeDemoAsync();

app.UseHosting();
app.UseStudioApis();
app.UseShell();
app.MapHosting();
app.MapStudioAuth();
app.MapStudioApis();
app.MapConnections();
app.MapLeads();
app.MapInsights();
app.MapActivity();
app.MapMedia();
app.MapSandboxWhenAsked();
app.MapShell();

await app.RunAsync();

public partial class Program;
