using AdStudio.Core;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Mail;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Infrastructure.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using System.Diagnostics;
using System.Globalization;

namespace AdStudio.Tests.Operations;

/// <summary>
/// What this assembly is when it is started: the studio's worker as a process of its own, so that a test can kill it, with settings as arguments (--Key=value);
/// or, with "kills 500", the long run of <see cref="KillRun"/>, which takes no new launches after "minutes" (the next argument, 12).
/// </summary>
internal static class WorkerProgram
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["kills", ..])
            return await KillRun.MainAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 500, TimeSpan.FromMinutes(args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 12));

        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.AddStudioActions().AddStudioDatabase(builder.Configuration).AddSecrets().AddPlatforms(builder.Configuration)
            .AddMail(builder.Configuration).AddMedia(builder.Configuration).AddStudioJobs(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine("working");
        await host.WaitForShutdownAsync();
        return 0;
    }
}

/// <summary>Starts the worker and kills it with SIGKILL: nothing of it gets to clean up.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private bool disposed;

    public List<string> Log { get; } = [];

    private WorkerProcess(IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(WorkerProcess).Assembly.Location }.Concat(settings.Select(s => $"--{s.Key}={s.Value}"))) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives for a second or two
        process = new Process { StartInfo = start };
    }

    /// <summary>Returns once it takes up work.</summary>
    public static async Task<WorkerProcess> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var worker = new WorkerProcess(settings);
        var working = new TaskCompletionSource();
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is null) return;
            lock (worker.Log) worker.Log.Add(line.Data);
            if (line.Data == "working") working.TrySetResult();
        };
        worker.process.OutputDataReceived += read;
        worker.process.ErrorDataReceived += read;
        worker.process.Start();
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        await working.Task.WaitAsync(TimeSpan.FromMinutes(3));
        return worker;
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }
}
