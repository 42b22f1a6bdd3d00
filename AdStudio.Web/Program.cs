using AdStudio.Core;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Mail;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Web.Api;
using AdStudio.Web.Auth;
using AdStudio.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);

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

var app = builder.Build();

await DatabaseSetup.MigrateAsync(app.Services, app.Lifetime.ApplicationStopping);

app.UseHosting();
app.MapHosting();
app.MapStudioAuth();
app.MapStudioApis();

await app.RunAsync();

public partial class Program;
