using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdStudio.Core.Data;

/// <summary>Instants are kept as UTC date-times: they sort and compare the same way on SQL Server and SQLite.</summary>
public sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

/// <summary>A value kept as one JSON text. Compared by that text, so that replacing the value is what saves it.</summary>
public sealed class JsonText<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, StudioJson.Options),
    stored => JsonSerializer.Deserialize<T>(stored, StudioJson.Options)!)
{
    public static ValueComparer<T> Comparer { get; } = new(
        (a, b) => JsonSerializer.Serialize(a, StudioJson.Options) == JsonSerializer.Serialize(b, StudioJson.Options),
        value => JsonSerializer.Serialize(value, StudioJson.Options).GetHashCode(StringComparison.Ordinal),
        value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, StudioJson.Options), StudioJson.Options)!);
}

public static class StudioJson
{
    /// <summary>camelCase, enums as words: for what the studio writes into the database.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };
}
