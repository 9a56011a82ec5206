using System.Runtime.InteropServices;
using CloudStack.Client.Diagnosis;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The .NET runtime that this program runs on.</summary>
internal sealed class RuntimeCheck : ICheck
{
    public string Name => "runtime";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Finding.Ok($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}"));
}
