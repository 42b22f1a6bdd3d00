using AdStudio.Core.Accounts;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Settings;

public static class WorkspaceWords
{
    /// <summary>What goes with a workspace: "Its 2 teams (Default team, Growth), 3 connections and 12 campaigns go with it."</summary>
    public static string Lost(WorkspaceContents contents)
    {
        List<string> things = [$"{Shown.Count(contents.Teams.Count, "team")} ({string.Join(", ", contents.Teams.Take(4))}{(contents.Teams.Count > 4 ? ", …" : "")})"];
        if (contents.Connections > 0) things.Add(Shown.Count(contents.Connections, "connection"));
        if (contents.Campaigns > 0) things.Add(Shown.Count(contents.Campaigns, "campaign"));
        var list = things.Count == 1 ? things[0] : $"{string.Join(", ", things[..^1])} and {things[^1]}";
        return $"Its {list} {(things.Count == 1 && contents.Teams.Count == 1 ? "goes" : "go")} with it. This can't be undone.";
    }
}
