using System.Buffers;
using System.IO.Pipelines;
using Dsm.Web.Rest;
using Microsoft.AspNetCore.Http;

namespace Dsm.Web.Tests.Rest;

/// <summary>Equal questions at one time are answered once, whoever leaves meanwhile.</summary>
public sealed class SharedAnswersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SharedAnswers answers = new();

    [Fact]
    public async Task Makes_one_answer_for_all_who_ask_while_it_is_made()
    {
        TaskCompletionSource go = new();
        Task<byte[]>[] readers = [.. Enumerable.Range(0, 20).Select(_ => AskAsync("same", Maker(300_000, go.Task)))];
        go.SetResult();
        byte[][] bodies = await Task.WhenAll(readers).WaitAsync(Patience);
        bodies.All(b => b.AsSpan().SequenceEqual(Body(300_000))).Should().BeTrue();
        answers.Made.Should().Be(1);
        (await AskAsync("same", Maker(10, Task.CompletedTask))).Should().HaveCount(10, "an answer that is complete is not kept");
        answers.Made.Should().Be(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(20_000)]
    [InlineData(70_000)]
    public async Task Takes_pieces_of_any_size_and_room_that_is_not_used(int size)
    {
        byte[] body = Body(400_000);
        byte[] sent = await AskAsync("pieces", async (sink, ct) =>
        {
            sink.Open(new AnswerHead("text/plain", null, null));
            for (int at = 0; at < body.Length;)
            {
                int count = Math.Min(size, body.Length - at);
                sink.GetSpan(count + 50_000)[0] = 255; // asked for and not used
                body.AsSpan(at, count).CopyTo(at % 3 == 0 ? sink.GetSpan(count) : sink.GetMemory(count + 1).Span);
                sink.Advance(count);
                at += count;
                if (at % 7 == 0)
                {
                    await sink.FlushAsync(ct);
                }
            }

            return null;
        });
        sent.Should().Equal(body);
    }

    [Fact]
    public async Task Readers_with_other_keys_have_answers_of_their_own()
    {
        TaskCompletionSource go = new();
        Task<byte[]> one = AskAsync("public", Maker(5, go.Task)), other = AskAsync("all", Maker(7, go.Task));
        go.SetResult();
        (await one).Should().HaveCount(5);
        (await other).Should().HaveCount(7);
    }

    [Fact]
    public async Task Goes_on_when_the_first_who_asked_has_gone()
    {
        TaskCompletionSource go = new();
        using CancellationTokenSource first = new();
        Task<byte[]> gone = AskAsync("key", Maker(100_000, go.Task), first.Token);
        Task<byte[]> stays = AskAsync("key", Maker(1, go.Task));
        await first.CancelAsync();
        await gone.Invoking(t => t).Should().ThrowAsync<OperationCanceledException>();
        go.SetResult();
        (await stays.WaitAsync(Patience)).Should().Equal(Body(100_000));
    }

    [Fact]
    public async Task Ends_when_nobody_is_left_and_the_next_begins_anew()
    {
        TaskCompletionSource<bool> ended = new();
        using CancellationTokenSource first = new();
        Task<byte[]> gone = AskAsync(
            "key",
            async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, TaskScheduler.Default);
                ended.SetResult(ct.IsCancellationRequested);
                return null;
            },
            first.Token);
        await first.CancelAsync();
        await gone.Invoking(t => t).Should().ThrowAsync<OperationCanceledException>();
        (await ended.Task.WaitAsync(Patience)).Should().BeTrue();
        (await AskAsync("key", Maker(3, Task.CompletedTask))).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_slow_reader_holds_up_nobody_and_gets_everything()
    {
        const int Size = 30_000_000;
        TaskCompletionSource go = new();
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        DefaultHttpContext http = new();
        Task<RestProblem?> slow = answers.ServeAsync(Call(http, pipe.Writer), "key", Maker(Size, go.Task), CancellationToken.None);
        Task<byte[]> fast = AskAsync("key", Maker(1, go.Task));
        go.SetResult();
        (await fast.WaitAsync(Patience)).Length.Should().Be(Size);
        slow.IsCompleted.Should().BeFalse();
        using MemoryStream read = new();
        Task copying = pipe.Reader.CopyToAsync(read);
        (await slow.WaitAsync(Patience)).Should().BeNull();
        await pipe.Writer.CompleteAsync();
        await copying;
        read.ToArray().AsSpan().SequenceEqual(Body(Size)).Should().BeTrue();
        answers.Made.Should().Be(1);
    }

    [Fact]
    public async Task A_lone_slow_reader_keeps_the_answer_from_being_made_ahead()
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        long made = 0;
        Task<RestProblem?> slow = answers.ServeAsync(
            Call(new DefaultHttpContext(), pipe.Writer),
            "key",
            async (sink, ct) =>
            {
                sink.Open(new AnswerHead("text/plain", null, null));
                for (int i = 0; i < 1000; i++)
                {
                    sink.Write(new byte[10_000]);
                    await sink.FlushAsync(ct);
                    Interlocked.Add(ref made, 10_000);
                }

                return null;
            },
            CancellationToken.None);
        await Task.Delay(500);
        Interlocked.Read(ref made).Should().BeLessThan(1_200_000);
        using MemoryStream read = new();
        Task copying = pipe.Reader.CopyToAsync(read);
        await slow.WaitAsync(Patience);
        await pipe.Writer.CompleteAsync();
        await copying;
        read.Length.Should().Be(10_000_000);
    }

    [Fact]
    public async Task Everybody_learns_of_problems_and_faults()
    {
        TaskCompletionSource go = new();
        Task<RestProblem?>[] readers = [.. Enumerable.Range(0, 3).Select(_ => ProblemAsync("none"))];
        go.SetResult();
        (await Task.WhenAll(readers)).Should().OnlyContain(p => p!.Fault == RestFault.NoResults);
        Func<Task> broken = () => AskAsync("broken", (_, _) => throw new InvalidDataException("broken"));
        await broken.Should().ThrowAsync<InvalidDataException>();
        Func<Task> halfway = () => AskAsync(
            "halfway",
            async (sink, ct) =>
            {
                sink.Open(new AnswerHead("text/plain", null, null));
                sink.Write(new byte[100_000]);
                await sink.FlushAsync(ct);
                throw new InvalidDataException("broken");
            });
        await halfway.Should().ThrowAsync<InvalidOperationException>().WithInnerException<InvalidOperationException, InvalidDataException>();

        async Task<RestProblem?> ProblemAsync(string key) => await answers.ServeAsync(
            Call(new DefaultHttpContext(), PipeWriter.Create(Stream.Null)),
            key,
            async (_, _) =>
            {
                await go.Task;
                return RestProblem.NoResults();
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task Counts_that_are_asked_for_at_one_time_are_made_once_for_each_key()
    {
        SingleFlight<int> flights = new();
        int made = 0;
        TaskCompletionSource go = new();
        using CancellationTokenSource first = new();
        Task<int> gone = flights.RunAsync("a", Work, first.Token);
        Task<int>[] others = [.. Enumerable.Range(0, 10).Select(i => flights.RunAsync(i < 9 ? "a" : "b", Work, CancellationToken.None))];
        await first.CancelAsync();
        await gone.Invoking(t => t).Should().ThrowAsync<OperationCanceledException>();
        go.SetResult();
        (await Task.WhenAll(others)).Should().OnlyContain(r => r == 42);
        made.Should().Be(2);
        await flights.RunAsync("a", Work, CancellationToken.None);
        made.Should().Be(3);

        async Task<int> Work(CancellationToken ct)
        {
            Interlocked.Increment(ref made);
            await go.Task.WaitAsync(ct);
            return 42;
        }
    }

    private static AnswerMaker Maker(int size, Task go) => async (sink, ct) =>
    {
        await go;
        sink.Open(new AnswerHead("text/plain", null, null));
        byte[] body = Body(size);
        for (int at = 0; at < size; at += 7001)
        {
            sink.Write(body.AsSpan(at, Math.Min(7001, size - at)));
            await sink.FlushAsync(ct);
        }

        return null;
    };

    private static byte[] Body(int size)
    {
        byte[] body = new byte[size];
        new Random(size).NextBytes(body);
        return body;
    }

    private async Task<byte[]> AskAsync(string key, AnswerMaker make, CancellationToken ct = default)
    {
        using MemoryStream body = new();
        PipeWriter output = PipeWriter.Create(body);
        (await answers.ServeAsync(Call(new DefaultHttpContext(), output), key, make, ct)).Should().BeNull();
        await output.CompleteAsync();
        return body.ToArray();
    }

    private static RestCall Call(DefaultHttpContext http, PipeWriter output)
    {
        http.Request.Method = "GET";
        http.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>(new BodyOf(output));
        return new RestCall(http, RestLine.V2);
    }

    private sealed class BodyOf(PipeWriter writer) : Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature
    {
        public Stream Stream => Writer.AsStream();

        public PipeWriter Writer { get; } = writer;

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
