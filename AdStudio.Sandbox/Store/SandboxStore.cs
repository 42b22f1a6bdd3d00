using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace AdStudio.Sandbox.Store;

/// <summary>Everything the sandbox knows: in memory for speed, in one SQLite file so that it survives a kill.</summary>
public sealed class SandboxStore : IDisposable
{
    private readonly Lock gate = new();
    private int depth;
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, Dictionary<string, SandboxObject>> kinds = [];
    private readonly List<(string Kind, string Id, SandboxObject? Before)> undo = [];
    private readonly List<(string Id, string Type, byte[] Bytes)> newBlobs = [];

    public SandboxStore(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!string.IsNullOrEmpty(folder)) Directory.CreateDirectory(folder);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute("pragma journal_mode = wal");
        Execute("pragma synchronous = normal");
        Execute("create table if not exists documents (kind text not null, id text not null, seq integer not null, json text not null, primary key (kind, id)); create index if not exists documents_seq on documents (seq)");
        Execute("create table if not exists blobs (id text primary key, type text not null, bytes blob not null)");
        Load();
    }

    /// <summary>Runs one piece of work alone, and writes what it put before it returns; an exception undoes it all.</summary>
    public T Work<T>(Func<T> work)
    {
        lock (gate)
        {
            // Work inside work belongs to the outer one.
            var outermost = depth++ == 0;
            try
            {
                var result = work();
                if (outermost) Commit();
                return result;
            }
            catch
            {
                if (outermost) RollBackTo(0);
                throw;
            }
            finally
            {
                depth--;
            }
        }
    }

    public void Work(Action work) => Work(() => { work(); return true; });

    /// <summary>Where the current work stands, for <see cref="RollBackTo"/>.</summary>
    public int Mark() => undo.Count;

    /// <summary>Undoes what the current work put since the mark.</summary>
    public void RollBackTo(int mark)
    {
        for (var i = undo.Count - 1; i >= mark; i--)
        {
            var (kind, id, before) = undo[i];
            if (before is null) kinds[kind].Remove(id);
            else kinds[kind][id] = before;
        }
        undo.RemoveRange(mark, undo.Count - mark);
        if (mark == 0) newBlobs.Clear();
    }

    public SandboxObject? Find(string kind, string id) => kinds.GetValueOrDefault(kind)?.GetValueOrDefault(id);

    public IEnumerable<SandboxObject> All(string kind) => kinds.TryGetValue(kind, out var found) ? found.Values : [];

    public IEnumerable<SandboxObject> InAccount(string kind, string account) => All(kind).Where(o => o.AccountId == account);

    public IEnumerable<SandboxObject> Under(string kind, string parent) => All(kind).Where(o => o.ParentId == parent);

    public void Put(SandboxObject item)
    {
        if (!kinds.TryGetValue(item.Kind, out var found)) kinds[item.Kind] = found = [];
        undo.Add((item.Kind, item.Id, found.GetValueOrDefault(item.Id)));
        found[item.Id] = item;
    }

    public void Remove(string kind, string id)
    {
        if (Find(kind, id) is not { } before) return;
        undo.Add((kind, id, before));
        kinds[kind].Remove(id);
    }

    /// <summary>The next number of a series; ids are never given twice, not even after a restart.</summary>
    public long Next(string series, long first)
    {
        var counter = Find("counter", series)?.Clone() ?? new SandboxObject { Kind = "counter", Id = series, Body = new JsonObject { ["next"] = first } };
        var next = counter.Body["next"]!.GetValue<long>();
        counter.Body["next"] = next + 1;
        Put(counter);
        return next;
    }

    public void PutBlob(string id, string type, byte[] bytes) => newBlobs.Add((id, type, bytes));

    public (string Type, byte[] Bytes)? FindBlob(string id)
    {
        lock (gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select type, bytes from blobs where id = $id";
            command.Parameters.AddWithValue("$id", id);
            using var reader = command.ExecuteReader();
            return reader.Read() ? (reader.GetString(0), (byte[])reader[1]) : null;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            Execute("delete from documents");
            Execute("delete from blobs");
            kinds.Clear();
            undo.Clear();
            newBlobs.Clear();
        }
    }

    public void Dispose() => connection.Dispose();

    private void Commit()
    {
        if (undo.Count == 0 && newBlobs.Count == 0) return;
        using var transaction = connection.BeginTransaction();
        using var put = connection.CreateCommand();
        put.CommandText = """
            insert into documents (kind, id, seq, json) values ($kind, $id, (select coalesce(max(seq), 0) + 1 from documents), $json)
            on conflict (kind, id) do update set json = excluded.json
            """;
        var (kindParameter, idParameter, jsonParameter) = (put.Parameters.Add("$kind", SqliteType.Text), put.Parameters.Add("$id", SqliteType.Text), put.Parameters.Add("$json", SqliteType.Text));
        foreach (var (kind, id) in undo.Select(u => (u.Kind, u.Id)).Distinct().ToList())
        {
            kindParameter.Value = kind;
            idParameter.Value = id;
            if (Find(kind, id) is { } item)
            {
                jsonParameter.Value = JsonSerializer.Serialize(item);
                put.ExecuteNonQuery();
            }
            else
            {
                using var delete = connection.CreateCommand();
                delete.CommandText = "delete from documents where kind = $kind and id = $id";
                delete.Parameters.AddWithValue("$kind", kind);
                delete.Parameters.AddWithValue("$id", id);
                delete.ExecuteNonQuery();
            }
        }
        foreach (var (id, type, bytes) in newBlobs)
        {
            using var blob = connection.CreateCommand();
            blob.CommandText = "insert or replace into blobs (id, type, bytes) values ($id, $type, $bytes)";
            blob.Parameters.AddWithValue("$id", id);
            blob.Parameters.AddWithValue("$type", type);
            blob.Parameters.AddWithValue("$bytes", bytes);
            blob.ExecuteNonQuery();
        }
        transaction.Commit();
        undo.Clear();
        newBlobs.Clear();
    }

    private void Load()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select json from documents order by seq";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var item = JsonSerializer.Deserialize<SandboxObject>(reader.GetString(0))!;
            if (!kinds.TryGetValue(item.Kind, out var found)) kinds[item.Kind] = found = [];
            found[item.Id] = item;
        }
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
