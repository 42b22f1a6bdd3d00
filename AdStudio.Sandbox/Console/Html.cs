using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Console;

/// <summary>Small pages without scripts: text that is encoded, and the frame around it.</summary>
internal static class Html
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static IResult Page(string title, string stylesheet, string body, string bodyClass = "")
    {
        var page = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Text(title)}</title>
            <link rel="stylesheet" href="{Text(stylesheet)}">
            </head>
            <body class="{bodyClass}">
            {body}
            </body>
            </html>
            """;
        return Results.Content(page, "text/html; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>A hidden field for each pair.</summary>
    public static string Hidden(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Concat(fields.Select(f => $"""<input type="hidden" name="{Text(f.Key)}" value="{Text(f.Value)}">"""));
}
