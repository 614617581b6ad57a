using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Galatent.Explore.Server;

namespace Galatent.Tests.Explore;

/// <summary>Asks an explorer as a program would, with its token.</summary>
internal sealed class ExplorerClient : IDisposable
{
    /// <summary>Nothing that a test waits for takes longer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;

    public ExplorerClient(ExplorerServer server)
    {
        _http = new HttpClient { BaseAddress = new Uri(server.Address), Timeout = Limit };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonElement> Json(string path) => JsonDocument.Parse(await _http.GetStringAsync(path, Cancellation)).RootElement;

    public async Task<Tensors> Get(string path) => new(await _http.GetByteArrayAsync(path, Cancellation));

    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => _http.SendAsync(request, Cancellation);

    public async Task<(int Status, byte[] Body)> Post(string path, string json) =>
        await Post(path, Encoding.UTF8.GetBytes(json), "application/json");

    public async Task<(int Status, byte[] Body)> Post(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var reply = await _http.PostAsync(path, content, Cancellation);
        return ((int)reply.StatusCode, await reply.Content.ReadAsByteArrayAsync(Cancellation));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A reply of numbers, read as the page reads it.</summary>
internal sealed class Tensors
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _start;

    public Tensors(byte[] bytes)
    {
        _bytes = bytes;
        var length = (int)BitConverter.ToInt64(bytes);
        _header = JsonDocument.Parse(bytes.AsMemory(8, length)).RootElement;
        _start = 8 + length;
    }

    public string Note(string name) => _header.GetProperty("__metadata__").GetProperty(name).GetString()!;

    public bool Has(string name) => _header.TryGetProperty(name, out _);

    public int[] Shape(string name) => [.. _header.GetProperty(name).GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];

    public float[] Floats(string name) => Numbers<float>(name, "F32");

    public Half[] Halves(string name) => Numbers<Half>(name, "F16");

    public ushort[] Shorts(string name) => Numbers<ushort>(name, "U16");

    public int[] Integers(string name) => Numbers<int>(name, "I32");

    private T[] Numbers<T>(string name, string type)
        where T : unmanaged
    {
        var entry = _header.GetProperty(name);
        Assert.Equal(type, entry.GetProperty("dtype").GetString());
        var offsets = entry.GetProperty("data_offsets");
        var part = _bytes.AsSpan()[(_start + offsets[0].GetInt32())..(_start + offsets[1].GetInt32())];
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(part).ToArray();
    }
}
