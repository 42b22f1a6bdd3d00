using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Shared.Tables;

/// <summary>One column of a <see cref="DataTable{T}"/>. Numbers go right; the first column is the row's header.</summary>
public sealed class Column<T> : ComponentBase, IDisposable
{
    [CascadingParameter] private DataTable<T> Table { get; set; } = null!;

    /// <summary>Its name in the address and in the column chooser's memory.</summary>
    [Parameter, EditorRequired] public string Key { get; set; } = "";
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    /// <summary>Under the title on hover: what the figure means.</summary>
    [Parameter] public string? Explains { get; set; }
    [Parameter] public RenderFragment<T>? ChildContent { get; set; }
    /// <summary>The cell's text, where no markup is needed.</summary>
    [Parameter] public Func<T, string?>? Text { get; set; }
    /// <summary>What to sort by; without it the column doesn't sort.</summary>
    [Parameter] public Func<T, IComparable?>? SortBy { get; set; }
    /// <summary>Sortable where the page sorts (DataTable.SortChanged on the server), without a key here.</summary>
    [Parameter] public bool Sortable { get; set; }
    [Parameter] public bool Numeric { get; set; }
    /// <summary>Out of sight until chosen.</summary>
    [Parameter] public bool Hidden { get; set; }
    /// <summary>May not be taken out of sight.</summary>
    [Parameter] public bool Always { get; set; }
    [Parameter] public string? Width { get; set; }
    /// <summary>The sum under the column.</summary>
    [Parameter] public RenderFragment? Total { get; set; }

    internal bool CanSort => Sortable || SortBy is not null;

    protected override void OnInitialized() => Table.Add(this);

    public void Dispose() => Table.Remove(this);
}
