namespace CloudStack.PowerShell.Binding;

/// <summary>What stands for one object of the cloud in an argument, of whatever class.</summary>
internal interface IIdentity
{
    /// <summary>An id or a name; empty where nothing was given.</summary>
    string Text { get; }
}
