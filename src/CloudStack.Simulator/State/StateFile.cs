using Cloud.Core.Errors;

namespace CloudStack.Simulator.State;

/// <summary>
/// A cloud in one file: how it began, and every change since. A change is in the file before it's answered, so that a
/// killed process loses nothing that was answered; a power cut loses at most the last moment, <see cref="SyncDelay"/>.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int BlockSize = 1 << 16;

    /// <summary>How long a change may stand in the system's memory only.</summary>
    private static readonly TimeSpan SyncDelay = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;
    private readonly Timer _sync;
    private readonly object _lock = new();
    private IReadOnlyList<Change> _changes;
    private string _hash;
    private bool _isUnsynced;
    private bool _isBroken;

    private StateFile(FileStream file, string hash, StateHeader header, IReadOnlyList<Change> changes)
    {
        _file = file;
        _hash = hash;
        Header = header;
        _changes = changes;
        _sync = new Timer(_ => Sync());
    }

    public StateHeader Header { get; }

    /// <summary>The changes that were in the file when it was opened; they're handed out once.</summary>
    public IReadOnlyList<Change> TakeChanges()
    {
        var changes = _changes;
        _changes = [];
        return changes;
    }

    /// <summary>Opens a state file, or begins one where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What a new one begins with.</param>
    /// <exception cref="CloudException">The file can't be read or written, is in use, or isn't what was written.</exception>
    public static StateFile Open(string path, SimulatorOptions options)
    {
        try
        {
            if (!File.Exists(path))
            {
                Begin(path, StateHeader.Of(options));
            }

            var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            try
            {
                return Read(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (FormatException broken)
        {
            throw new CloudException(
                ErrorCause.Local, $"The state file {path} is damaged: {broken.Message}.",
                "Restore it from a copy, or name another file to begin anew; nothing was changed in this one.", broken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(
                ErrorCause.Local, $"The state file {path} can't be opened: {error.Message}",
                "Name a file in a folder you may write to, which no other simulator uses.", error);
        }
    }

    /// <summary>Keeps a change. It's in the system's hands when this returns.</summary>
    /// <exception cref="IOException">It can't be written; nothing more is accepted, because the file would miss a change.</exception>
    public void Append(Change change)
    {
        lock (_lock)
        {
            DemandWhole();
            var (hash, line) = StateLine.Seal(_hash, StateLine.Write(change));
            var end = _file.Position;
            try
            {
                _file.Write(line);
            }
            catch
            {
                _isBroken = true;
                _file.SetLength(end);
                throw;
            }

            _hash = hash;
            if (!_isUnsynced)
            {
                _isUnsynced = true;
                _sync.Change(SyncDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <exception cref="IOException">An earlier change couldn't be written.</exception>
    public void DemandWhole()
    {
        if (_isBroken)
        {
            throw new IOException("The state file couldn't be written; the simulator takes no more changes.");
        }
    }

    public void Dispose()
    {
        _sync.Dispose();
        lock (_lock)
        {
            Sync();
            _file.Dispose();
        }
    }

    private void Sync()
    {
        lock (_lock)
        {
            if (_isUnsynced)
            {
                _isUnsynced = false;
                try
                {
                    _file.Flush(flushToDisk: true);
                }
                catch (IOException)
                {
                    _isBroken = true;
                }
            }
        }
    }

    /// <summary>Writes the first line aside and moves it into place, so that the file is never seen without it.</summary>
    private static void Begin(string path, StateHeader header)
    {
        var (_, line) = StateLine.Seal(StateLine.NoHash, StateLine.Write(header));
        var aside = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Passwords that were sent to the simulated cloud stand in the file.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(aside, options))
        {
            file.Write(line);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path);
    }

    private static StateFile Read(FileStream file)
    {
        var bytes = ReadAll(file);
        var (hash, header, at, number) = (StateLine.NoHash, (StateHeader?)null, 0, 0);
        var changes = new List<Change>();
        while (bytes.Span[at..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            number++;
            try
            {
                (hash, var json) = StateLine.Open(hash, bytes.Slice(at, length));
                if (header is null)
                {
                    header = StateLine.ReadHeader(json);
                }
                else
                {
                    changes.Add(StateLine.ReadChange(json));
                }
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"line {number}: {wrong.Message}", wrong);
            }

            at += length + 1;
        }

        if (header is null)
        {
            throw new FormatException("it has no first line");
        }

        // What follows the last line end was being written when the process died; it was never answered.
        file.SetLength(at);
        file.Position = at;
        return new StateFile(file, hash, header, changes);
    }

    private static ReadOnlyMemory<byte> ReadAll(FileStream file)
    {
        using var all = new MemoryStream();
        file.CopyTo(all, BlockSize);
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
