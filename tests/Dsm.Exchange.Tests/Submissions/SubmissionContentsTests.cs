using System.Security.Cryptography;
using Dsm.Exchange.Submissions;

namespace Dsm.Exchange.Tests.Submissions;

public sealed class SubmissionContentsTests : IAsyncLifetime
{
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SubmissionContents.PartLength)]
    [InlineData((2 * SubmissionContents.PartLength) + 17)]
    public async Task Gives_back_the_bytes_as_they_came(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes.AsSpan(0, length / 2));

        StoredContent stored = await hub.Contents.KeepAsync(new MemoryStream(bytes), CancellationToken.None);
        StoredContent again = await hub.Contents.KeepAsync(new MemoryStream(bytes), CancellationToken.None);
        using MemoryStream read = new();
        await using (Stream content = await hub.Contents.OpenAsync(stored.Hash, CancellationToken.None))
        {
            await content.CopyToAsync(read);
        }

        stored.Should().Be(new StoredContent(Convert.ToHexStringLower(SHA256.HashData(bytes)), length)).And.Be(again);
        read.ToArray().Should().Equal(bytes);
        (await hub.ScalarAsync("SELECT count(*) FROM content")).Should().Be(1);
    }

    [Fact]
    public async Task Keeps_nothing_of_a_stream_that_breaks_off()
    {
        Func<Task> keep = () => hub.Contents.KeepAsync(new BreakingStream(), CancellationToken.None);

        await keep.Should().ThrowAsync<IOException>();
        (await hub.ScalarAsync("SELECT count(*) FROM content")).Should().Be(0);
    }

    private sealed class BreakingStream : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => reads++ < 3 ? ValueTask.FromResult(buffer.Length / 2) : throw new IOException("broke off");
    }
}
