namespace AdStudio.Web.Shared.Commands;

/// <summary>Opens the palette from anywhere.</summary>
public sealed class PaletteState
{
    public event Action? Opened;

    public void Open() => Opened?.Invoke();
}
