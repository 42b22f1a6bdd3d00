using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Shared.Tables;

public sealed partial class DataTable<T> : ComponentBase
{
    private readonly string chooserId = Ids.Next("columns");
    private readonly List<Column<T>> columns = [];
    private readonly HashSet<object> chosen = [];
    private readonly HashSet<string> shown = [];
    private readonly HashSet<string> hidden = [];
    private List<T>? ordered;
    private Sorting order;
    private string? lastSort;
    private ElementReference allBox;
    private bool? someShown;

    [Inject] private Browser Browser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The Column elements.</summary>
    [Parameter, EditorRequired] public RenderFragment? Columns { get; set; }
    /// <summary>The rows; null while they are read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<T>? Items { get; set; }
    /// <summary>What the table shows, for screen readers.</summary>
    [Parameter, EditorRequired] public string Caption { get; set; } = "";
    [Parameter] public string Noun { get; set; } = "row";
    [Parameter] public string? Nouns { get; set; }
    /// <summary>What tells rows apart; by default the row itself.</summary>
    [Parameter] public Func<T, object>? Key { get; set; }
    /// <summary>A row's name, for the labels of its controls.</summary>
    [Parameter] public Func<T, string>? Name { get; set; }
    /// <summary>Where a row leads: the first cell is the link, and a press anywhere on the row follows it.</summary>
    [Parameter] public Func<T, string>? Href { get; set; }

    /// <summary>"spend" or "-spend"; bind it to the address.</summary>
    [Parameter] public string? Sort { get; set; }
    [Parameter] public EventCallback<string?> SortChanged { get; set; }
    /// <summary>The rows come sorted; the table only says how.</summary>
    [Parameter] public bool SortedByPage { get; set; }

    [Parameter] public bool Selectable { get; set; }
    [Parameter] public EventCallback<IReadOnlyList<T>> SelectionChanged { get; set; }
    /// <summary>The bulk actions, for the rows selected.</summary>
    [Parameter] public RenderFragment<IReadOnlyList<T>>? Bulk { get; set; }
    [Parameter] public RenderFragment<T>? RowActions { get; set; }
    [Parameter] public RenderFragment? Tools { get; set; }
    [Parameter] public bool ColumnChooser { get; set; }

    [Parameter] public RenderFragment? Empty { get; set; }
    [Parameter] public bool Filtered { get; set; }
    [Parameter] public EventCallback OnClearFilters { get; set; }
    [Parameter] public Problem? Problem { get; set; }
    [Parameter] public EventCallback OnRetry { get; set; }
    [Parameter] public int SkeletonCount { get; set; } = 6;

    /// <summary>Drilling down: the page puts the parts of an open row after it and says how deep each row is.</summary>
    [Parameter] public Func<T, int>? Depth { get; set; }
    [Parameter] public Func<T, bool>? CanOpen { get; set; }
    [Parameter] public Func<T, bool>? IsOpen { get; set; }
    [Parameter] public EventCallback<T> OnOpen { get; set; }

    private string PluralNoun => Nouns ?? Noun + "s";
    private IEnumerable<Column<T>> Visible => columns.Where(c => !IsHidden(c));
    private IReadOnlyList<T> Chosen => [.. (Items ?? []).Where(i => chosen.Contains(KeyOf(i)))];
    private bool AllChosen => Items is { Count: > 0 } && chosen.Count == Items.Count;

    internal void Add(Column<T> column)
    {
        columns.Add(column);
        // The order may name a column that has only come now.
        if (column.Key == order.Key) Arrange();
        StateHasChanged();
    }

    internal void Remove(Column<T> column) => columns.Remove(column);

    protected override void OnParametersSet()
    {
        if (Sort != lastSort || (Sort is null && order.Key is null))
        {
            lastSort = Sort;
            order = Sorting.Parse(Sort);
        }
        if (Items is not null)
        {
            var there = Items.Select(KeyOf).ToHashSet();
            chosen.RemoveWhere(key => !there.Contains(key));
        }
        Arrange();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!Selectable || Items is not { Count: > 0 } || Problem is not null) return;
        var some = chosen.Count > 0 && !AllChosen;
        if (some == someShown) return;
        someShown = some;
        await Browser.SetIndeterminateAsync(allBox, some);
    }

    private void Arrange()
    {
        var by = columns.FirstOrDefault(c => c.Key == order.Key)?.SortBy;
        ordered = Items is null ? null : by is null || SortedByPage ? [.. Items] : [.. Sorting.Apply(Items, by, order.Down)];
    }

    private async Task SortAsync(Column<T> column)
    {
        order = order.Press(column.Key, column.Numeric);
        lastSort = order.ToString();
        Arrange();
        await SortChanged.InvokeAsync(lastSort);
    }

    private async Task ChooseAsync(T item, bool on)
    {
        if (on) chosen.Add(KeyOf(item));
        else chosen.Remove(KeyOf(item));
        await SelectionChanged.InvokeAsync(Chosen);
    }

    private async Task AllAsync(bool on)
    {
        chosen.Clear();
        if (on) chosen.UnionWith((Items ?? []).Select(KeyOf));
        await SelectionChanged.InvokeAsync(Chosen);
    }

    private Task ClearAsync() => AllAsync(false);

    private void ShowColumn(Column<T> column, bool on)
    {
        (on ? shown : hidden).Add(column.Key);
        (on ? hidden : shown).Remove(column.Key);
    }

    private bool IsHidden(Column<T> column) => hidden.Contains(column.Key) || (column.Hidden && !shown.Contains(column.Key));

    private void RowPressed(T item, MouseEventArgs e)
    {
        // The link in the first cell does it for the keyboard, for new tabs and for copying the address.
        if (Href is not null && e is { Button: 0, CtrlKey: false, MetaKey: false, ShiftKey: false }) Navigation.NavigateTo(Href(item));
    }

    private object KeyOf(T item) => Key?.Invoke(item) ?? item!;

    private string NameOf(T item) => Name?.Invoke(item) ?? columns.FirstOrDefault()?.Text?.Invoke(item) ?? Noun;

    private string? RowClass(T item) =>
        (chosen.Contains(KeyOf(item)), Href is not null) switch { (true, true) => "selected linked", (true, false) => "selected", (false, true) => "linked", _ => null };

    private string? Indent(T item) => Depth?.Invoke(item) is > 0 and var depth ? $"padding-left:{12 + depth * 24}px" : null;

    private static RenderFragment Cell(Column<T> column, T item) =>
        column.ChildContent?.Invoke(item) ?? (builder => builder.AddContent(0, column.Text?.Invoke(item)));
}
