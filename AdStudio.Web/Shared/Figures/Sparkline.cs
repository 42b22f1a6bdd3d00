using System.Text;

namespace AdStudio.Web.Shared.Figures;

/// <summary>The small line of a tile as an SVG path; a day without a figure is a gap.</summary>
public static class Sparkline
{
    public static string Path(IReadOnlyList<decimal?> values, decimal width, decimal height)
    {
        var known = values.OfType<decimal>().ToList();
        if (known.Count < 2) return "";
        var low = Math.Min(0, known.Min());
        var span = known.Max() - low;
        var path = new StringBuilder();
        var open = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                open = false;
                continue;
            }
            var x = width * i / (values.Count - 1);
            var y = span == 0 ? height - 1 : height - 1 - (height - 2) * (value - low) / span;
            path.Append(Shown.Culture, $"{(open ? 'L' : 'M')}{x:0.#} {y:0.#}");
            open = true;
        }
        return path.ToString();
    }
}
