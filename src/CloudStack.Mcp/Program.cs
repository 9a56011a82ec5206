using System.CommandLine;
using CloudStack.Mcp.CommandLine;

// A file named with @ is a file of arguments to the parser by default; here @ is a letter like any other.
var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
return await CommandLineRoot.Create().Parse(args, parser).InvokeAsync();
