using System.CommandLine;
using CloudStack.Mcp.CommandLine;
using CloudStack.Mcp.Server.Protocol;

if (args is [ServeCommand.Name, ..])
{
    ProtocolTypes.Prepare();
}

// A file named with @ is a file of arguments to the parser by default; here @ is a letter like any other.
var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };

// Cleaning up after Ctrl+C means ending a child process and closing connections, which a busy machine makes slow.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await CommandLineRoot.Create().Parse(args, parser).InvokeAsync(invocation);
