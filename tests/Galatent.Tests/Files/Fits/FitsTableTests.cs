using System.Text;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Tests.Files.Fits;

/// <summary>Tables: exact whole numbers, missing values, variable-length arrays, ASCII tables, damage.</summary>
public sealed class FitsTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whole_numbers_of_64_bits_keep_all_digits()
    {
        // A double ends the first in 336. TZERO 2^63 makes signed numbers unsigned.
        using var fits = Table(
            2,
            [
                TestColumn.Longs("TARGETID", [39627866878511337, -2713437]),
                TestColumn.Longs("SPECOBJID", [4565525861424406528 + long.MinValue, long.MaxValue], ("TZERO", "9223372036854775808")),
                TestColumn.Ints("PLATE", [-1, 0], ("TZERO", "2147483648")),
            ]
        );
        var table = fits["T"].Table;
        Assert.Equal(["39627866878511337", "-2713437"], fits["T"].TextColumn("targetid"));
        Assert.Equal([39627866878511337, -2713437], table.Wholes(table.Require("TARGETID"), 0, 2));
        Assert.Equal(["4565525861424406528", "18446744073709551615"], fits["T"].TextColumn("SPECOBJID"));
        Assert.Equal([2147483647.0, 2147483648], fits["T"].Column("PLATE"));
    }

    [Fact]
    public void Declared_missing_values_are_missing()
    {
        using var fits = Table(
            2,
            [
                TestColumn.Ints("A", [-99, 5], ("TNULL", "-99")),
                new TestColumn("L", "L", row => row == 0 ? "T"u8.ToArray() : [0]),
                new TestColumn("X", "11X", _ => [0b10100000, 0b01000000]),
                TestColumn.Singles("E", [2, double.NaN], ("TSCAL", "10.0"), ("TZERO", "1.0")),
                new TestColumn("NONE", "0D", _ => []),
            ]
        );
        Assert.Equal([double.NaN, 5], fits["T"].Column("A"));
        Assert.Equal(["", "5"], fits["T"].TextColumn("A"));
        Assert.Equal([1, double.NaN], fits["T"].Column("L"));
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], fits["T"].Column("X")[..11]);
        Assert.Equal([21, double.NaN], fits["T"].Column("E"));
        Assert.Empty(fits["T"].Column("NONE"));
    }

    [Theory]
    [InlineData("1PD", 8)]
    [InlineData("QD(9)", 16)]
    public void Arrays_of_any_length_are_read(string form, int width)
    {
        byte[] Pointer(long count, long offset) =>
            width == 8
                ? [.. TestColumn.Bytes((int)count), .. TestColumn.Bytes((int)offset)]
                : [.. TestColumn.Bytes(count), .. TestColumn.Bytes(offset)];
        byte[] heap = [.. TestColumn.Bytes(1.5), .. TestColumn.Bytes(2.5), .. TestColumn.Bytes(3.5)];
        using var fits = Table(3, [new TestColumn("V", form, row => row == 0 ? Pointer(2, 0)
                    : row == 1 ? Pointer(0, 0)
                    : Pointer(1, 16))], heap);
        var table = fits["T"].Table;
        Assert.Equal([1.5, 2.5], table.Cell(table.Columns[0], 0));
        Assert.Empty(table.Cell(table.Columns[0], 1));
        Assert.Equal([3.5], table.Cell(table.Columns[0], 2));
        foreach (var (count, offset) in new[] { (1L, 17L), (-1, 0), (int.MaxValue, 0), (1, -8) })
        {
            using var damaged = Table(1, [new TestColumn("V", form, _ => Pointer(count, offset))], heap);
            var column = damaged["T"].Table.Columns[0];
            Refused("beyond the table's heap", () => damaged["T"].Table.Cell(column, 0));
        }
    }

    [Fact]
    public void An_ASCII_table_is_read()
    {
        var path = _folder.File("ascii.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(file);
            FitsWriter.Header(
                file,
                [
                    FitsWriter.Card("XTENSION", "'TABLE   '"),
                    FitsWriter.Card("BITPIX", "8"),
                    FitsWriter.Card("NAXIS", "2"),
                    FitsWriter.Card("NAXIS1", "32"),
                    FitsWriter.Card("NAXIS2", "2"),
                    FitsWriter.Card("PCOUNT", "0"),
                    FitsWriter.Card("GCOUNT", "1"),
                    FitsWriter.Card("TFIELDS", "3"),
                    FitsWriter.Card("TTYPE1", "'ID      '"),
                    FitsWriter.Card("TBCOL1", "1"),
                    FitsWriter.Card("TFORM1", "'I19     '"),
                    FitsWriter.Card("TTYPE2", "'Z       '"),
                    FitsWriter.Card("TBCOL2", "21"),
                    FitsWriter.Card("TFORM2", "'D8.3    '"),
                    FitsWriter.Card("TNULL2", "'*       '"),
                    FitsWriter.Card("TTYPE3", "'C       '"),
                    FitsWriter.Card("TBCOL3", "29"),
                    FitsWriter.Card("TFORM3", "'A3      '"),
                ]
            );
            FitsWriter.Data(
                file,
                Encoding.ASCII.GetBytes($"{"9223372036854775807", -20}{" 1.5D-01", 8}{"QSO", -4}" + $"{"", -20}{"*", 8}{"G", -4}")
            );
        }
        using var fits = FitsFile.Open(path);
        var unit = fits.Units[1];
        Assert.Equal(["9223372036854775807", ""], unit.TextColumn("ID"));
        Assert.Equal([0.15, double.NaN], unit.Column("Z"));
        Assert.Equal(["QSO", "G"], unit.TextColumn("C"));
    }

    [Fact]
    public void A_text_ends_at_zero_and_TDIM_states_its_length()
    {
        using var fits = Table(
            1,
            [
                new TestColumn("A", "8A", _ => "GALAXY\0x"u8.ToArray()),
                new TestColumn("B", "6A", _ => "abcdef"u8.ToArray(), ("TDIM", "'(2,3)   '")),
            ]
        );
        Assert.Equal(["GALAXY"], fits["T"].TextColumn("A"));
        Assert.Equal(["ab"], fits["T"].TextColumn("B"));
    }

    [Theory]
    [InlineData("NAXIS2  =                    2", "NAXIS2  =           2000000000", "cut short")]
    [InlineData("NAXIS1  =                   16", "NAXIS1  =                   12", "columns of the table T need 16 bytes")]
    [InlineData("NAXIS1  =                   16", "NAXIS1  =  9000000000000000000", "is not a count")]
    [InlineData("NAXIS1  =                   16", "NAXIS1  =     9000000000000000", "multiply to more bytes|cut short")]
    [InlineData("NAXIS2  =                    2", "NAXIS2  =                   -2", "is not a count")]
    [InlineData("NAXIS2  =                    2", "NAXIS2  =                  1.5", "is not a count")]
    [InlineData(
        "BITPIX  =                    8                                                  NAXIS   =                    2",
        "BITPIX  =                   12                                                  NAXIS   =                    2",
        "BITPIX is 12"
    )]
    [InlineData("'D'", "'Y'", "unknown type 'Y'")]
    public void Damage_is_one_sentence_and_takes_no_memory(string old, string damage, string told)
    {
        var path = _folder.File("damaged.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(file);
            FitsTables.Table(file, "T", 2, [TestColumn.Doubles("A", [1, 2]), TestColumn.Doubles("B", [3, 4])]);
        }
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllBytes(
            path,
            Encoding.Latin1.GetBytes(text.Replace(old.PadRight(damage.Length), damage.PadRight(old.Length), StringComparison.Ordinal))
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert
            .Throws<InputException>(() =>
            {
                using var fits = FitsFile.Open(path);
                return fits["T"].Column("A");
            })
            .Message;
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
        Assert.Contains(told.Split('|'), t => message.Contains(t, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void What_is_cut_or_left_over_behind_what_is_needed_is_a_remark()
    {
        var path = _folder.File("two.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(file);
            FitsTables.Table(file, "T", 2, [TestColumn.Doubles("A", [1, 2])]);
            FitsTables.Table(file, "LATER", 500, [TestColumn.Doubles("A", new double[500])]);
        }
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^3000]);
        using (var fits = FitsFile.Open(path))
        {
            Assert.Equal([1, 2], fits["T"].Column("A"));
            Assert.Contains("cut short", Assert.Single(fits.Remarks), StringComparison.Ordinal);
            Refused("cut short", () => fits["LATER"].Column("A"));
        }
        File.WriteAllBytes(path, [.. whole, .. "rubbish"u8]);
        using (var fits = FitsFile.Open(path))
        {
            Assert.Contains("belong to none", Assert.Single(fits.Remarks), StringComparison.Ordinal);
            Assert.Equal(500, fits["LATER"].Column("A").Length);
        }
    }

    private FitsFile Table(int rows, TestColumn[] columns, byte[]? heap = null)
    {
        var path = _folder.File($"t{Directory.GetFiles(_folder.Path).Length}.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(file);
            FitsTables.Table(file, "T", rows, columns, heap);
        }
        return FitsFile.Open(path);
    }

    private static void Refused(string told, Func<object> read) =>
        Assert.Contains(told, Assert.Throws<InputException>(read).Message, StringComparison.Ordinal);
}
