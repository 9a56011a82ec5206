using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Where a file is to be written.</summary>
internal sealed class SavedPlace
{
    private readonly string _folder;
    private readonly string? _file;
    private readonly bool _overwrite;

    private SavedPlace(string folder, string? file, bool overwrite) => (_folder, _file, _overwrite) = (folder, file, overwrite);

    /// <summary>Takes a path, and finds out what can be found out before anything is asked of the cloud.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="overwrite">True to replace a file that is there.</param>
    /// <exception cref="CloudException">The folder isn't there, or the file is.</exception>
    public static SavedPlace Of(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            return new SavedPlace(path, null, overwrite);
        }

        if (Path.GetDirectoryName(path) is not { } folder || !Directory.Exists(folder))
        {
            throw new CloudException(ErrorCause.Local, $"There is no folder for '{path}'.", "Make it first, or name another path.");
        }

        Demand(path, overwrite);
        return new SavedPlace(folder, path, overwrite);
    }

    /// <summary>Gives the file's full path.</summary>
    /// <param name="name">The file's name where the path named none.</param>
    /// <exception cref="CloudException">The file is there already.</exception>
    public string FileFor(string name)
    {
        var file = _file ?? Path.Combine(_folder, name);
        Demand(file, _overwrite);
        return file;
    }

    private static void Demand(string file, bool overwrite)
    {
        if (!overwrite && File.Exists(file))
        {
            throw new CloudException(ErrorCause.Local, $"'{file}' is there already.", "Name another path, or add -Force to replace it.");
        }
    }
}
