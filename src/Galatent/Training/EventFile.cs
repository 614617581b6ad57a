using System.Buffers.Binary;
using System.Numerics;
using Galatent.Files;

namespace Galatent.Training;

/// <summary>
/// Scalars for TensorBoard. The file is a sequence of TFRecords: length, masked CRC-32C of the length, data, masked CRC-32C of the data
/// (TensorFlow's record_writer.h).
/// Each record holds an <c>Event</c> message of event.proto: 1 wall_time (double), 2 step (int64), 3 file_version, 5 summary { 1 value { 1
/// tag, 2 simple_value (float) } }.
/// TensorBoard follows a growing file, so epochs are appended. A resumed run first rewrites the file from its history.
/// </summary>
internal static class EventFile
{
    /// <summary>File inside a model folder; TensorBoard looks for "tfevents" in the name.</summary>
    public const string FileName = "events.out.tfevents.galatent";

    /// <summary>Starts a file with the epochs that are known. The file appears only when it is complete.</summary>
    public static void Begin(string path, IEnumerable<EpochRecord> history, double wallSeconds)
    {
        using var content = new MemoryStream();
        content.Write(Record(Message(wallSeconds, 0, "brain.Event:2", [])));
        foreach (var epoch in history)
        {
            content.Write(Record(Message(wallSeconds, epoch.Epoch, null, Scalars(epoch))));
        }
        var bytes = content.ToArray();
        AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, bytes));
    }

    /// <summary>Appends an epoch.</summary>
    public static void Append(string path, EpochRecord epoch, double wallSeconds) =>
        AtomicFile.Append(path, Record(Message(wallSeconds, epoch.Epoch, null, Scalars(epoch))));

    /// <summary>One TFRecord.</summary>
    internal static byte[] Record(ReadOnlySpan<byte> data)
    {
        var record = new byte[16 + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), MaskedCrc(data));
        return record;
    }

    /// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4).</summary>
    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return ~crc;
    }

    // The CRC of data that contain CRCs is weak; the mask prevents that (TensorFlow's crc32c.h).
    private static uint MaskedCrc(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc(data), 15) + 0xA282EAD8;

    private static IEnumerable<(string Tag, double? Value)> Scalars(EpochRecord e) =>
        [
            ("loss/training", e.TrainingLoss),
            ("loss/validation", e.ValidationLoss),
            ("loss/largest_update", e.LargestTrainingLoss),
            ("loss/linear_vae", e.LinearLoss),
            ("validation/squared_error", e.SquaredError),
            ("validation/kl_nat", e.KullbackLeibler),
            ("validation/active_dimensions", e.ActiveDimensions),
            ("validation/lowest_line_r2", e.LowestLineR2),
            ("validation/pca_squared_error", e.PrincipalError),
            ("schedule/learning_rate", e.LearningRate),
            ("schedule/beta", e.Beta),
            ("speed/samples_per_second", e.SamplesPerSecond),
        ];

    private static byte[] Message(double wallSeconds, long step, string? version, IEnumerable<(string Tag, double? Value)> scalars)
    {
        var message = new ProtobufMessage().Double(1, wallSeconds);
        if (step > 0)
        {
            message.Whole(2, step);
        }
        if (version is not null)
        {
            return message.Text(3, version).ToArray();
        }
        var summary = new ProtobufMessage();
        foreach (var (tag, value) in scalars.Where(s => s.Value is not null))
        {
            summary.Message(1, new ProtobufMessage().Text(1, tag).Single(2, (float)value!.Value));
        }
        return message.Message(5, summary).ToArray();
    }
}
