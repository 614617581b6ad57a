namespace Galatent.Files;

/// <summary>Values that the user declared to stand for no value (<see cref="TableOptions.Missing"/>), and where they were found.</summary>
/// <param name="declared">The values as written.</param>
internal sealed class MissingValues(IReadOnlyList<string> declared)
{
    private readonly (string Text, double? Number)[] _values =
    [
        .. declared.Select(t => (t, NumberField.TryParse(t, out var number) ? number : default(double?))),
    ];
    private readonly Dictionary<(string Column, string Value), int> _found = [];

    /// <summary>Whether a field of a text stands for no value, by the usual marks or by declaration.</summary>
    public bool Is(string text, string column, char decimalSign = '.') =>
        NumberField.IsMissing(text) || (_values.Length > 0 && Find(text, decimalSign) is { } value && Count(column, value));

    /// <summary>Whether a field was declared to stand for no value; it is not counted.</summary>
    public bool IsDeclared(string text) => _values.Length > 0 && Find(text, '.') is not null;

    /// <summary>Begins to count a column anew.</summary>
    public void Forget(string column)
    {
        foreach (var key in _found.Keys.Where(k => k.Column == column).ToArray())
        {
            _found.Remove(key);
        }
    }

    /// <summary>The column without the declared values.</summary>
    public FileColumn Without(FileColumn column)
    {
        if (_values.Length == 0)
        {
            return column;
        }
        if (column.Texts is { } texts)
        {
            return FileColumn.OfTexts(column.Name, Array.ConvertAll(texts, t => Is(t, column.Name) ? "" : t)) with
            {
                Unit = column.Unit,
                Description = column.Description,
                FirstText = column.FirstText,
            };
        }
        var whole = column.Whole?.WithMissing(text => Find(text, '.') is { } value && Count(column.Name, value));
        return column with
        {
            Whole = whole,
            Numbers = whole?.ToDoubles()
                ?? Array.ConvertAll(column.Numbers, v => Matching(v) is { } value && Count(column.Name, value) ? double.NaN : v),
        };
    }

    /// <summary>What was found, one sentence for each column and value, and what was not.</summary>
    public IEnumerable<string> Remarks(string path, int rows) =>
        _found
            .Select(f => $"'{path}', column '{f.Key.Column}': {f.Value} of {rows} rows hold {f.Key.Value} and count as missing.")
            .Concat(
                _values
                    .Where(v => _found.Keys.All(k => k.Value != v.Text))
                    .Select(v => $"'{path}': no column that was read holds {v.Text}, which was declared as missing.")
            );

    // Whole numbers beyond 2^53 by their digits only: a double would take neighbours along.
    private string? Find(string text, char decimalSign) =>
        Matching(text)
        ?? (
            NumberField.TryParse(text, out var number, decimalSign)
            && !(NumberField.IsWhole(text) && Math.Abs(number) >= WholeNumbers.LargestExact)
                ? Matching(number)
                : null
        );

    private string? Matching(string text) => Array.Find(_values, v => v.Text == text).Text;

    // -999.9 of single precision is -999.9000244140625 as a double.
    private string? Matching(double number) =>
        Array
            .Find(_values, v => v.Number is { } declaredNumber && (number == declaredNumber || number == (double)(float)declaredNumber))
            .Text;

    private bool Count(string column, string value)
    {
        _found[(column, value)] = _found.GetValueOrDefault((column, value)) + 1;
        return true;
    }
}
