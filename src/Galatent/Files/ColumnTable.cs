namespace Galatent.Files;

/// <summary>What a reader of <see cref="ColumnFile"/> hands over.</summary>
/// <param name="Columns">The columns that were read, in the file's order.</param>
/// <param name="Remarks">What the reader assumed or left out, and why: one sentence each, with the file's name.</param>
/// <param name="Unread">Names of further columns, which nobody asked for.</param>
internal sealed record ColumnTable(IReadOnlyList<FileColumn> Columns, IReadOnlyList<string> Remarks, IReadOnlyList<string> Unread)
{
    /// <summary>All columns, without a remark.</summary>
    public ColumnTable(IReadOnlyList<FileColumn> columns)
        : this(columns, [], []) { }
}
