using Npgsql;
using NpgsqlTypes;

namespace NewsMonitor.Database;

/// <summary>Rows that are written by one prepared statement, several such statements in one round trip.</summary>
public static class BatchInsert
{
    /// <summary>Adds an INSERT of rows that are given as columns of one length; none where there are no rows.</summary>
    /// <param name="batch">In the transaction that the rows belong to.</param>
    /// <param name="target">The table and its columns, as <c>stories (id, title)</c>.</param>
    /// <param name="columns">In their order; times in UTC. A column of arrays is text, <c>{1,2}</c>, and its type to cast to.</param>
    public static void AddInsert(this NpgsqlBatch batch, string target, params ReadOnlySpan<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (columns[0].Values.Length == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand();
        var (names, values) = (new List<string>(), new List<string>());
        foreach (var column in columns)
        {
            names.Add($"c{names.Count}");
            values.Add($"${values.Count + 1}");
            command.Parameters.Add(new NpgsqlParameter { Value = column.Values, NpgsqlDbType = NpgsqlDbType.Array | column.Type });
        }

        var selected = columns.ToArray().Zip(names, (c, name) => c.CastTo is { } type ? $"{name}::{type}" : name);
        command.CommandText = $"INSERT INTO {target} SELECT {string.Join(", ", selected)} "
            + $"FROM unnest({string.Join(", ", values)}) r ({string.Join(", ", names)})";
        batch.BatchCommands.Add(command);
    }
}

/// <summary>A column's values for all rows.</summary>
/// <param name="Type">The type of a value.</param>
/// <param name="Values">An array of them.</param>
/// <param name="CastTo">The column's type, where it is another.</param>
public readonly record struct Column(NpgsqlDbType Type, Array Values, string? CastTo = null);
