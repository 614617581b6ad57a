using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public sealed class InputExceptionTests
{
    [Fact]
    public void What_a_damaged_file_puts_into_a_message_becomes_one_line_of_readable_length()
    {
        Assert.Equal("'a b' is 'x y'.", new InputException("'a\r\nb' is 'x\u2028\0y'.").Message);
        var message = new InputException($"'{new string('x', 5000)}' is too long; shorten it.").Message;
        Assert.InRange(message.Length, 100, 1200);
        Assert.EndsWith("shorten it.", message, StringComparison.Ordinal);
    }
}
