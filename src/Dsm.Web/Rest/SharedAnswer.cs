using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Dsm.Web.Rest;

/// <summary>
/// An answer that is made once and read by everybody who asked for it meanwhile, each at his own pace. Making it waits for the fastest
/// reader only; what a slow one has not read yet goes to a temporary file when it is more than some megabytes. Thread-safe.
/// </summary>
internal sealed class SharedAnswer : IAnswerSink, IDisposable
{
    /// <summary>So long a new reader can still join: the beginning is in memory.</summary>
    internal const int JoinLimit = 1 << 20;

    private const int BlockSize = 1 << 14;

    // A short answer wakes its reader once, when it is complete; a long one as soon as there is something to send.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);
    private const int MostAhead = 1 << 20;
    private const int MostUnsent = 1 << 17;
    private const int MostBlocks = 256;

    private readonly Lock _lock = new();
    private readonly List<byte[]?> _blocks = [];
    private readonly List<Reader> _readers = [];
    private readonly TaskCompletionSource<(AnswerHead? Head, RestProblem? Problem)> _opened = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource _abandoned = new();
    private TaskCompletionSource _published = NewSignal();
    private TaskCompletionSource _consumed = NewSignal();
    private FileStream? _file;
    private AnswerHead? _head;
    private long _length;
    private long _made;
    private byte[]? _aside;
    private int _kept;
    private int _released;
    private bool _isEnded;
    private bool _isClosed;
    private Exception? _failure;

    /// <summary>Cancelled when nobody reads any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Adds a reader; null when it is too late to join.</summary>
    public Reader? Join()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            Reader reader = new(this);
            _readers.Add(reader);
            return reader;
        }
    }

    /// <inheritdoc/>
    public void Open(AnswerHead head) => _head = head;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (_aside is not { } aside)
        {
            _made += count;
            return;
        }

        _aside = null;
        for (ReadOnlySpan<byte> bytes = aside.AsSpan(0, count); !bytes.IsEmpty;)
        {
            Span<byte> room = Room().Span;
            int fits = Math.Min(room.Length, bytes.Length);
            bytes[..fits].CopyTo(room);
            bytes = bytes[fits..];
            _made += fits;
        }

        ArrayPool<byte>.Shared.Return(aside);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Memory<byte> room = Room();
        if (_aside is { } unused)
        {
            _aside = null;
            ArrayPool<byte>.Shared.Return(unused);
        }

        // Blocks have one size: what must stay together and does not fit is divided afterwards.
        return sizeHint <= room.Length ? room : _aside = ArrayPool<byte>.Shared.Rent(sizeHint);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        Publish();
        if (!_opened.Task.IsCompleted && (_length >= BlockSize || Stopwatch.GetElapsedTime(_begun) > Gathering))
        {
            _opened.TrySetResult((_head, null));
        }

        while (true)
        {
            Task consumed;
            lock (_lock)
            {
                if (_readers.Count == 0 || _length - _readers.Max(r => r.Position) <= MostAhead)
                {
                    return;
                }

                consumed = _consumed.Task;
            }

            await consumed.WaitAsync(ct);
        }
    }

    /// <summary>The answer is complete, or there is none but a problem.</summary>
    public void End(RestProblem? problem)
    {
        Publish();
        Finish(null);
        _opened.TrySetResult((_head, problem));
    }

    /// <summary>Making the answer failed.</summary>
    public void Fail(Exception failure)
    {
        Finish(failure);
        if (_opened.TrySetException(failure))
        {
            _ = _opened.Task.Exception; // seen, even when nobody waits any more
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_isEnded && _readers.Count == 0)
            {
                _file?.Dispose();
                for (; _released < _blocks.Count; _released++)
                {
                    LetGo(_released, isFree: true);
                }
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Finish(Exception? failure)
    {
        lock (_lock)
        {
            (_failure, _isEnded, _isClosed) = (failure, true, true);
            Signal(ref _published);
        }

        Dispose();
    }

    // Signals are taken and given under the lock.
    private static void Signal(ref TaskCompletionSource signal)
    {
        signal.TrySetResult();
        signal = NewSignal();
    }

    // Room behind what was made so far, in the last block or a new one.
    private Memory<byte> Room()
    {
        int at = (int)(_made % BlockSize);
        if (_made == (long)_blocks.Count * BlockSize)
        {
            byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
            lock (_lock)
            {
                _blocks.Add(block);
                _kept++;
            }
        }

        return _blocks[^1].AsMemory(at, BlockSize - at);
    }

    private void Publish()
    {
        if (_made == _length)
        {
            return;
        }

        lock (_lock)
        {
            _length = _made;
            _isClosed |= _length > JoinLimit;
            Release();
            Signal(ref _published);
        }
    }

    // What everybody has read is let go; what only the slow have not read yet goes to the file when it becomes much.
    private void Release()
    {
        long read = _readers.Count == 0 ? _length : _readers.Min(r => r.Position);
        if (!_isClosed)
        {
            return;
        }

        for (; _released < _blocks.Count - 1 && (_released + 1L) * BlockSize <= read; _released++)
        {
            LetGo(_released, isFree: true);
        }

        for (int i = _released; _kept > MostBlocks && i < _blocks.Count - 1; i++)
        {
            if (_blocks[i] is { } block)
            {
                _file ??= new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                RandomAccess.Write(_file.SafeFileHandle, block.AsSpan(0, BlockSize), (long)i * BlockSize);

                // Somebody may be copying from it: it does not go back to the pool.
                LetGo(i, isFree: false);
            }
        }
    }

    private void LetGo(int number, bool isFree)
    {
        if (_blocks[number] is { } block)
        {
            _kept--;
            _blocks[number] = null;
            if (isFree)
            {
                ArrayPool<byte>.Shared.Return(block);
            }
        }
    }

    /// <summary>One who reads the answer.</summary>
    internal sealed class Reader(SharedAnswer answer) : IDisposable
    {
        /// <summary>Bytes read so far.</summary>
        public long Position { get; private set; }

        /// <summary>Waits for the head of the answer, or for the problem that comes instead.</summary>
        public Task<(AnswerHead? Head, RestProblem? Problem)> OpenedAsync(CancellationToken ct) => answer._opened.Task.WaitAsync(ct);

        /// <summary>Copies the whole body.</summary>
        public async Task CopyToAsync(PipeWriter output, CancellationToken ct)
        {
            int unsent = 0;
            while (await NextAsync(ct) is { } block)
            {
                (byte[] bytes, int first, int count) = block;
                output.Write(bytes.AsSpan(first, count));
                unsent += count;
                if (Pass(count) && unsent < MostUnsent)
                {
                    // There is more at hand, or the end, which the server itself sends with what says that it is the end.
                    continue;
                }

                FlushResult flushed = await output.FlushAsync(ct);
                unsent = 0;
                if (flushed.IsCanceled || flushed.IsCompleted)
                {
                    throw new OperationCanceledException("Nobody reads any more.", ct);
                }
            }
        }

        // True when the next part need not be waited for.
        private bool Pass(int count)
        {
            lock (answer._lock)
            {
                Position += count;
                answer.Release();
                Signal(ref answer._consumed);
                return answer._length > Position || (answer._isEnded && answer._failure is null);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            bool isLast;
            lock (answer._lock)
            {
                answer._readers.Remove(this);
                isLast = answer._readers.Count == 0;
                answer._isClosed |= isLast;
                Signal(ref answer._consumed);
            }

            if (isLast && !answer._isEnded)
            {
                answer._abandoned.Cancel();
            }

            answer.Dispose();
        }

        private async ValueTask<(byte[] Bytes, int First, int Count)?> NextAsync(CancellationToken ct)
        {
            while (true)
            {
                Task published;
                lock (answer._lock)
                {
                    long available = answer._length - Position;
                    if (available > 0)
                    {
                        int number = (int)(Position / BlockSize), first = (int)(Position % BlockSize), count = (int)Math.Min(available, BlockSize - first);
                        return answer._blocks[number] is { } block ? (block, first, count) : (FromFile(count), 0, count);
                    }

                    if (answer._isEnded)
                    {
                        return answer._failure is null ? null : throw new InvalidOperationException("The answer broke off.", answer._failure);
                    }

                    published = answer._published.Task;
                }

                await published.WaitAsync(ct);
            }
        }

        private byte[] FromFile(int count)
        {
            byte[] bytes = new byte[count];
            for (int read = 0; read < count;)
            {
                read += RandomAccess.Read(answer._file!.SafeFileHandle, bytes.AsSpan(read), Position + read);
            }

            return bytes;
        }
    }
}
