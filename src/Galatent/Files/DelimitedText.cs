using System.Text;

namespace Galatent.Files;

/// <summary>
/// Text tables record by record (RFC 4180: quoted fields may hold separators, doubled quotes and line ends). Blank lines are skipped; lines
/// that begin with # are remarks.
/// Fields without quotes are trimmed.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="separator">What stands between fields; null for any run of blanks and tabs.</param>
internal sealed class DelimitedText(TextReader reader, char? separator)
{
    private readonly StringBuilder _field = new();
    private int _linesRead;

    /// <summary>The line that the last record began on, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The remark, without #, on the line just before the last record; null where there is none.</summary>
    public string? RemarkBefore { get; private set; }

    /// <summary>The separator that a line seems to use: of comma, semicolon and tab the one that stands most often outside quotes, else
    /// blanks (null).</summary>
    public static char? SeparatorOf(string line)
    {
        var commas = 0;
        var semicolons = 0;
        var tabs = 0;
        var quoted = false;
        foreach (var c in line)
        {
            quoted ^= c == '"';
            if (!quoted)
            {
                commas += c == ',' ? 1 : 0;
                semicolons += c == ';' ? 1 : 0;
                tabs += c == '\t' ? 1 : 0;
            }
        }
        return (commas, semicolons, tabs) switch
        {
            (0, 0, 0) => null,
            _ when tabs > commas && tabs > semicolons => '\t',
            _ => semicolons > commas ? ';' : ',',
        };
    }

    /// <summary>Whether a line holds a record, and not nothing or a remark.</summary>
    public static bool IsRecord(string line) => !string.IsNullOrWhiteSpace(line) && !IsRemark(line);

    /// <summary>Reads the next record into <paramref name="fields"/>; false at the end of the text.</summary>
    public bool Next(List<string> fields)
    {
        RemarkBefore = null;
        while (SkipToRecord() is { } first)
        {
            fields.Clear();
            Line = _linesRead + 1;
            ReadRecord(first, fields);
            _linesRead++;
            return true;
        }
        return false;
    }

    private static bool IsRemark(string line) => line.AsSpan().TrimStart() is ['#', ..];

    // The first character of the next line that is a record; null at the end.
    private int? SkipToRecord()
    {
        while (true)
        {
            var c = reader.Peek();
            if (c < 0)
            {
                return null;
            }
            if (c is '\r' or '\n')
            {
                reader.Read();
                _linesRead += c == '\n' ? 1 : 0;
                continue;
            }
            if (c is ' ' || (c == '\t' && separator != '\t'))
            {
                reader.Read();
                continue;
            }
            if (c != '#')
            {
                return c;
            }
            RemarkBefore = reader.ReadLine()![1..].Trim();
            _linesRead++;
        }
    }

    private void ReadRecord(int first, List<string> fields)
    {
        var quoted = false;
        var wasQuoted = false;
        for (var c = first; c >= 0; c = reader.Peek())
        {
            reader.Read();
            if (c == '"' && (quoted || wasQuoted || IsBlank(_field)))
            {
                // A doubled quote inside quotes is one quote; any other opens or closes them.
                if (quoted && reader.Peek() == '"')
                {
                    _field.Append('"');
                    reader.Read();
                    continue;
                }
                _ = quoted || wasQuoted ? _field : _field.Clear();
                (quoted, wasQuoted) = (!quoted, true);
            }
            else if (quoted)
            {
                _linesRead += c == '\n' ? 1 : 0;
                _field.Append((char)c);
            }
            else if (c == '\n')
            {
                break;
            }
            else if (IsSeparator((char)c))
            {
                EndField(fields, ref wasQuoted);
            }
            else if (c != '\r' && !(wasQuoted && c == ' '))
            {
                _field.Append((char)c);
            }
        }
        if (separator is not null || wasQuoted || _field.Length > 0)
        {
            EndField(fields, ref wasQuoted);
        }
    }

    private bool IsSeparator(char c) => separator is { } s ? c == s : c is ' ' or '\t';

    private void EndField(List<string> fields, ref bool wasQuoted)
    {
        if (separator is not null || wasQuoted || _field.Length > 0)
        {
            var text = _field.ToString();
            fields.Add(wasQuoted ? text : text.Trim());
        }
        _field.Clear();
        wasQuoted = false;
    }

    private static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != ' ')
            {
                return false;
            }
        }
        return true;
    }
}
