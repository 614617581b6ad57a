using System.Buffers.Binary;
using System.Text;
using Galatent.Training;

namespace Galatent.Tests.Training;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Crc_is_that_of_RFC_3720()
    {
        // The check value of CRC-32C, and three vectors of RFC 3720, appendix B.4.
        Assert.Equal(0xE3069283, EventFile.Crc(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AA, EventFile.Crc(new byte[32]));
        Assert.Equal(0x62A8AB43u, EventFile.Crc([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, EventFile.Crc([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void The_first_record_begins_as_every_event_file_does()
    {
        // 24 bytes of data, and the masked CRC of that length: the first twelve bytes of any TensorBoard file.
        var path = _folder.File(EventFile.FileName);
        EventFile.Begin(path, [], 1.5e9);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(bytes.AsSpan(0, 12)));
        // wall_time (field 1, 64 bit) and file_version (field 3, text).
        Assert.Equal(0x09, bytes[12]);
        Assert.Equal(1.5e9, BitConverter.ToDouble(bytes, 13));
        Assert.Equal("1A0D" + Convert.ToHexString("brain.Event:2"u8), Convert.ToHexString(bytes.AsSpan(21, 15)));
        Assert.Equal(12 + 24 + 4, bytes.Length);
    }

    [Fact]
    public void Scalars_of_every_epoch_are_read_back_and_appending_equals_beginning()
    {
        EpochRecord[] epochs = [Epoch(1, 12.5), Epoch(300, 3.25)];
        var whole = _folder.File("whole");
        var grown = _folder.File("grown");
        EventFile.Begin(whole, epochs, 7);
        EventFile.Begin(grown, epochs[..1], 7);
        EventFile.Append(grown, epochs[1], 7);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(grown));
        var read = Read(File.ReadAllBytes(whole));
        Assert.Equal(12.5f, read[(1, "loss/validation")]);
        Assert.Equal(3.25f, read[(300, "loss/validation")]);
        Assert.Equal(9.0f, read[(300, "loss/linear_vae")]);
        // What is not known is left out instead of being written as 0.
        Assert.DoesNotContain((1L, "validation/lowest_line_r2"), read.Keys);
    }

    public void Dispose() => _folder.Dispose();

    private static EpochRecord Epoch(int number, double loss) =>
        new(number, 1e-3, 2 * loss, loss, loss, 1, 2, null, 3, 4) { LinearLoss = 9 };

    /// <summary>A reader from the definition of the formats; every checksum is verified.</summary>
    private static Dictionary<(long Step, string Tag), float> Read(ReadOnlySpan<byte> file)
    {
        var scalars = new Dictionary<(long, string), float>();
        for (var at = 0; at < file.Length; )
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file[at..]);
            Assert.Equal(Masked(file.Slice(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 8)..]));
            var data = file.Slice(at + 12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 12 + length)..]));
            var step = 0L;
            foreach (var (field, value, bytes) in Fields(data.ToArray()))
            {
                step = field == 2 ? value : step;
                foreach (var (_, _, entry) in field == 5 ? Fields(bytes) : [])
                {
                    var parts = Fields(entry).ToArray();
                    scalars[(step, Encoding.UTF8.GetString(parts.Single(p => p.Field == 1).Bytes))] = BitConverter.Int32BitsToSingle(
                        (int)parts.Single(p => p.Field == 2).Value
                    );
                }
            }
            at += 16 + length;
        }
        return scalars;
    }

    private static IEnumerable<(int Field, long Value, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length; )
        {
            var field = message[at] >> 3;
            var wire = message[at] & 7;
            at++;
            switch (wire)
            {
                case 1:
                    yield return (field, BitConverter.ToInt64(message, at), []);
                    at += 8;
                    break;
                case 5:
                    yield return (field, BitConverter.ToInt32(message, at), []);
                    at += 4;
                    break;
                default:
                    var value = 0L;
                    var shift = 0;
                    do
                    {
                        value |= (long)(message[at] & 0x7F) << shift;
                        shift += 7;
                    } while (message[at++] > 0x7F);
                    yield return (field, value, wire == 2 ? message[at..(at + (int)value)] : []);
                    at += wire == 2 ? (int)value : 0;
                    break;
            }
        }
    }

    // CRC-32C bit by bit, and TensorFlow's mask.
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
            }
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
