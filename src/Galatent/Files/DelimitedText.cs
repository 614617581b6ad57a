using System.Buffers;
using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Text tables record by record (RFC 4180: quoted fields may hold separators, doubled quotes and line ends). Lines end in LF, CRLF or CR.
/// These lines are skipped: blank ones; remarks, which begin with # (also with %, ! or //, which are counted); those that only draw a rule;
/// and sep=; on the first line (Excel's).
/// Fields without quotes are trimmed.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="separator">What stands between fields; null for any run of blanks and tabs.</param>
/// <param name="source">The file's name, for messages.</param>
/// <param name="hasOuterSeparators">Whether every record also begins and ends with a separator, as in | 1 | 2 |.</param>
internal sealed class DelimitedText(TextReader reader, char? separator, string source, bool hasOuterSeparators = false)
{
    private static readonly SearchValues<char> RuleSigns = SearchValues.Create("-=+|: ");
    private static readonly string[] SpreadsheetErrors = ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?", "#NULL!"];
    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _field = new();
    private readonly List<bool> _quoted = [];
    private int _next;
    private int _end;
    private int _linesRead;

    /// <summary>The line that the last record began on, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The remark, without its sign, on the line just before the last record; null where there is none.</summary>
    public string? RemarkBefore { get; private set; }

    /// <summary>Which fields of the last record stood in quotes.</summary>
    public IReadOnlyList<bool> Quoted => _quoted;

    /// <summary>Whether the text ended inside quotes.</summary>
    public bool EndedInQuotes { get; private set; }

    /// <summary>Lines skipped because they begin with %, ! or //, or only draw a rule.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>The first of the skipped lines, counted from 1; 0 where there is none.</summary>
    public int FirstSkippedLine { get; private set; }

    /// <summary>Reads the next record into <paramref name="fields"/>; false at the end of the text.</summary>
    /// <exception cref="InputException">A quote is not closed, something follows a closing one, or there is a NUL byte.</exception>
    public bool Next(List<string> fields)
    {
        RemarkBefore = null;
        while (SkipToRecord())
        {
            fields.Clear();
            _quoted.Clear();
            Line = _linesRead + 1;
            ReadRecord(fields);
            if (hasOuterSeparators)
            {
                StripOuter(fields);
            }
            if (!IsRule(fields))
            {
                return true;
            }
            Skipped(Line);
        }
        return false;
    }

    // A line of dashes, as Markdown and data bases draw one below the names.
    private static bool IsRule(List<string> fields) =>
        fields.Exists(f => f.Contains("---", StringComparison.Ordinal) || f.Contains("===", StringComparison.Ordinal))
        && fields.TrueForAll(f => f.AsSpan().IndexOfAnyExcept(RuleSigns) < 0);

    private void StripOuter(List<string> fields)
    {
        if (fields.Count >= 3 && fields[0].Length == 0 && fields[^1].Length == 0)
        {
            fields.RemoveAt(fields.Count - 1);
            fields.RemoveAt(0);
            _quoted.RemoveAt(_quoted.Count - 1);
            _quoted.RemoveAt(0);
        }
    }

    private void Skipped(int line)
    {
        SkippedLines++;
        FirstSkippedLine = FirstSkippedLine == 0 ? line : FirstSkippedLine;
    }

    // Goes to the first character of the next line that is a record; false at the end.
    private bool SkipToRecord()
    {
        if (_linesRead == 0 && IsSeparatorLine())
        {
            SkipRemark('#');
            RemarkBefore = null;
        }
        while (true)
        {
            var c = Peek();
            switch (c)
            {
                case < 0:
                    return false;
                case '\n':
                    Read();
                    _linesRead++;
                    continue;
                case '#' when IsSpreadsheetError():
                    return true;
                case '#' or '%' or '!':
                case '/' when Peek(1) == '/':
                    SkipRemark((char)c);
                    continue;
            }
            if (!IsBlank((char)c) || c == separator)
            {
                return true;
            }
            Read();
        }
    }

    // Excel's own first line: sep= and the separator.
    private bool IsSeparatorLine() =>
        Peek() is 's' or 'S' && Peek(1) is 'e' or 'E' && Peek(2) is 'p' or 'P' && Peek(3) == '=' && Peek(5) is '\n' or '\r' or < 0;

    // What spreadsheets write into a cell that they could not compute: a field that begins a row, and no remark.
    private bool IsSpreadsheetError()
    {
        return Array.Exists(SpreadsheetErrors, error =>
        {
            for (var i = 1; i < error.Length; i++)
            {
                if (Peek(i) != error[i])
                {
                    return false;
                }
            }
            return true;
        });
    }

    private void SkipRemark(char sign)
    {
        _field.Clear();
        for (var c = Read(); c is >= 0 and not '\n'; c = Read())
        {
            _field.Append((char)c);
        }
        _linesRead++;
        RemarkBefore = _field.ToString().TrimStart(sign).Trim();
        _field.Clear();
        if (sign != '#')
        {
            Skipped(_linesRead);
        }
    }

    private void ReadRecord(List<string> fields)
    {
        var quoted = false;
        var wasQuoted = false;
        var last = 0;
        while (true)
        {
            var c = quoted ? ReadAsIs() : Read();
            if (c < 0 && quoted)
            {
                EndedInQuotes = true;
                throw Fault("a quote is opened here and never closed");
            }
            if (c < 0 || (c == '\n' && !quoted))
            {
                break;
            }
            if (quoted && c == '"')
            {
                // A doubled quote inside quotes is one quote.
                quoted = Peek() == '"';
                _ = quoted ? _field.Append((char)Read()) : _field;
            }
            else if (quoted)
            {
                _linesRead += c == '\r' || (c == '\n' && last != '\r') ? 1 : 0;
                last = c;
                _field.Append((char)c);
            }
            else if (IsSeparator((char)c))
            {
                EndField(fields, ref wasQuoted);
            }
            else if (c == '"' && !wasQuoted && IsBlank(_field))
            {
                _field.Clear();
                quoted = true;
                wasQuoted = true;
            }
            else if (!wasQuoted)
            {
                _field.Append((char)c);
            }
            else if (!IsBlank((char)c))
            {
                throw Fault($"the quoted field '{Shortened(_field.ToString())}' is followed by '{(char)c}' and not by a separator");
            }
        }
        _linesRead++;
        if (separator is not null || wasQuoted || _field.Length > 0)
        {
            EndField(fields, ref wasQuoted);
        }
    }

    private bool IsSeparator(char c) => separator is { } s ? c == s : IsBlank(c);

    private void EndField(List<string> fields, ref bool wasQuoted)
    {
        if (separator is not null || wasQuoted || _field.Length > 0)
        {
            var text = _field.ToString();
            fields.Add(wasQuoted ? text : text.Trim());
            _quoted.Add(wasQuoted);
        }
        _field.Clear();
        wasQuoted = false;
    }

    // Also the blanks that a browser or a word processor puts in: no-break (U+00A0), narrow and thin ones.
    private static bool IsBlank(char c) => c != '\n' && char.IsWhiteSpace(c);

    private static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBlank(text[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "..." : text;

    private InputException Fault(string what) => new($"'{source}', line {Line}: {what}; repair that line.");

    // A character as it stands, a carriage return with or without a line feed being one line feed.
    private int Read()
    {
        var c = Peek();
        if (c < 0)
        {
            return c;
        }
        if (c == 0)
        {
            throw new InputException($"'{source}', line {_linesRead + 1}: a NUL byte, which no text holds; the file is damaged or binary.");
        }
        if (_buffer[_next] == '\r' && Peek(1) == '\n')
        {
            _next++;
        }
        _next++;
        return c;
    }

    // Inside quotes a line end is part of the field.
    private int ReadAsIs() => Peek() == '\n' ? _buffer[_next++] : Read();

    private int Peek(int ahead = 0)
    {
        if (_next + ahead >= _end)
        {
            _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
            _end -= _next;
            _next = 0;
            _end += reader.ReadBlock(_buffer.AsSpan(_end));
        }
        return _next + ahead >= _end ? -1
            : _buffer[_next + ahead] == '\r' && ahead == 0 ? '\n'
            : _buffer[_next + ahead];
    }
}
