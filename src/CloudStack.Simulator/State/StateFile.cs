using Cloud.Core.Errors;

namespace CloudStack.Simulator.State;

/// <summary>
/// A cloud in one file: how it began, and every change since. A change is in the file before it's answered, so that a
/// killed process loses nothing that was answered; a power cut loses at most the last moment, <see cref="SyncDelay"/>.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int BlockSize = 1 << 16;
    private const string AsideEnd = ".new";

    /// <summary>How long a change may stand in the system's memory only.</summary>
    private static readonly TimeSpan SyncDelay = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly Timer _sync;
    private readonly object _lock = new();
    private FileStream _file;
    private IReadOnlyList<Change> _changes;
    private string _hash;
    private bool _isUnsynced;
    private bool _isBroken;

    private StateFile(string path, FileStream file, string hash, StateHeader header, IReadOnlyList<Change> changes)
    {
        _path = path;
        _file = file;
        _hash = hash;
        Header = header;
        _changes = changes;
        _sync = new Timer(_ => Sync());
    }

    public StateHeader Header { get; private set; }

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

            var file = Lock(path);
            try
            {
                var read = Read(path, file);
                RemoveAsides(path);
                return read;
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

    /// <summary>
    /// Puts another history into the file's place. Until the new file is whole and in place, the old one stays what it is, and
    /// goes on where the new one can't be made.
    /// </summary>
    /// <returns>True where the new history is in the file.</returns>
    public bool Replace(IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            var header = Header with { Kept = changes.Count };
            var isMoved = false;
            try
            {
                var hash = WriteAside(_path, header, changes, out var aside);
                var former = _file;
                if (OperatingSystem.IsWindows())
                {
                    // An open file can't be replaced there.
                    former.Dispose();
                }

                File.Move(aside, _path, overwrite: true);
                isMoved = true;
                _file = Lock(_path);
                _file.Seek(0, SeekOrigin.End);
                former.Dispose();
                (_hash, Header) = (hash, header);
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Where the open file is no longer the one in place, changes would be written to nowhere.
                _isBroken = isMoved || !_file.CanWrite;
                return false;
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

    private static FileStream Lock(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static void Begin(string path, StateHeader header)
    {
        WriteAside(path, header, [], out var aside);
        File.Move(aside, path);
    }

    /// <summary>Writes a whole file beside, to be moved into place, so that the file is never seen in part.</summary>
    private static string WriteAside(string path, StateHeader header, IReadOnlyList<Change> changes, out string aside)
    {
        aside = $"{path}.{Environment.ProcessId}{AsideEnd}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = BlockSize };
        if (!OperatingSystem.IsWindows())
        {
            // Passwords that were sent to the simulated cloud stand in the file.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(aside, options);
        var (hash, line) = StateLine.Seal(StateLine.NoHash, StateLine.Write(header));
        file.Write(line);
        foreach (var change in changes)
        {
            (hash, line) = StateLine.Seal(hash, StateLine.Write(change));
            file.Write(line);
        }

        file.Flush(flushToDisk: true);
        return hash;
    }

    /// <summary>Removes what a process left that died while it wrote a file aside. The lock says that none writes now.</summary>
    private static void RemoveAsides(string path)
    {
        var full = Path.GetFullPath(path);
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full) + ".*" + AsideEnd))
        {
            File.Delete(left);
        }
    }

    private static StateFile Read(string path, FileStream file)
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
        return new StateFile(path, file, hash, header, changes);
    }

    private static ReadOnlyMemory<byte> ReadAll(FileStream file)
    {
        using var all = new MemoryStream();
        file.CopyTo(all, BlockSize);
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
