using System.Globalization;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Campaigns.Wizard;

public sealed partial class BudgetStep : ComponentBase
{
    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(IsPlace).Append("UTC").Order(StringComparer.Ordinal)];

    private readonly HashSet<Platform> opened = [];
    private bool later;
    private bool ends;
    private string zoneTyped = "";

    [CascadingParameter] private WizardModel Model { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = TimeProvider.System;

    private BudgetSpec Budget => Model.Spec.Budget;
    private ScheduleSpec Schedule => Model.Spec.Schedule;
    private IReadOnlyList<Money?> shares => Model.Shares;
    private string? AccountZone => Model.Spec.Platforms.Select(Model.AccountOf).FirstOrDefault(a => a is not null)?.TimeZone;

    private string ZoneHint
    {
        get
        {
            var zone = LocalTimes.ZoneOf(Schedule.TimeZone ?? AccountZone);
            var clock = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), zone).ToString("HH:mm", CultureInfo.InvariantCulture);
            return Schedule.TimeZone is null
                ? $"The ad account's: {AccountZone ?? "UTC"}, where it is {clock} now."
                : $"It is {clock} there now.{(AccountZone is { } accounts && accounts != Schedule.TimeZone ? $" The ad account counts its days in {accounts}." : "")}";
        }
    }

    protected override void OnInitialized() => (later, ends, zoneTyped) = (Schedule.Start is not null, Schedule.End is not null, Schedule.TimeZone ?? "");

    private void SetBudget(Func<BudgetSpec, BudgetSpec> change)
    {
        Model.Change(s => s with { Budget = change(s.Budget) });
        // A lifetime budget needs an end: its field is opened at once.
        if (Budget.Type == BudgetType.Lifetime && !ends) SetEnds(true);
    }

    private void SetSchedule(Func<ScheduleSpec, ScheduleSpec> change) => Model.Change(s => s with { Schedule = change(s.Schedule) });

    private void SetOwn(Platform platform, long? micros) =>
        Model.Change(s => s with { Platforms = [.. s.Platforms.Select(p => p.Platform == platform ? p with { BudgetMicros = micros } : p)] });

    private void TakeBack(Platform platform)
    {
        opened.Remove(platform);
        SetOwn(platform, null);
    }

    private void SetLater(bool on)
    {
        later = on;
        SetSchedule(s => s with { Start = on ? Tomorrow(1) : null });
    }

    private void SetEnds(bool on)
    {
        ends = on;
        SetSchedule(s => s with { End = on ? (s.Start ?? Tomorrow(0)).AddDays(7) : null });
    }

    /// <summary>Midnight in the schedule's zone, some days on.</summary>
    private DateTime Tomorrow(int days) => TimeZoneInfo.ConvertTime(Time.GetUtcNow(), LocalTimes.ZoneOf(Schedule.TimeZone ?? AccountZone)).Date.AddDays(days);

    private void ZoneTyped(string? text)
    {
        zoneTyped = text ?? "";
        if (zoneTyped.Length == 0) SetSchedule(s => s with { TimeZone = null });
        else if (Array.Exists(Zones, z => z.Equals(zoneTyped, StringComparison.OrdinalIgnoreCase))) SetSchedule(s => s with { TimeZone = Array.Find(Zones, z => z.Equals(zoneTyped, StringComparison.OrdinalIgnoreCase)) });
    }

    // What is no zone goes back to what is stored.
    private void ZoneLeft() => zoneTyped = Schedule.TimeZone ?? "";

    private static bool IsPlace(string id) => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal) && !id.StartsWith("posix", StringComparison.Ordinal);

    private static string Local(DateTime? local) => local?.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static DateTime? Read(ChangeEventArgs e) => DateTime.TryParse(e.Value as string, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;
}
