using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace AdStudio.Web.Api;

internal static class ApiJson
{
    /// <summary>camelCase; every alphabet as it is, but what HTML would take for markup escaped.</summary>
    public static JsonSerializerOptions Options() => new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
}
