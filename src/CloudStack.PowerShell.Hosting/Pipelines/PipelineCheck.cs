using System.Management.Automation.Language;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using CloudStack.PowerShell.Hosting.Calls;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>
/// Lets a pipeline through where every part of it is one of the few that are allowed. It's a list of what may be, and what
/// isn't on it is refused, also what a later PowerShell brings.
/// </summary>
/// <param name="catalog">Knows the cloud's cmdlets.</param>
internal sealed class PipelineCheck(CommandCatalog catalog)
{
    private readonly PipelineProblems _problems = new();
    private readonly List<CommandSpec> _commands = [];
    private readonly List<string> _objects = [];

    /// <summary>Checks a pipeline; nothing of it is run.</summary>
    /// <param name="text">The pipeline.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It holds something else; every problem is named.</exception>
    public CheckedPipeline Check(string text)
    {
        PipelineLetters.Check(text, _problems);
        _problems.Refuse();
        var script = Parser.ParseInput(text, out var tokens, out var errors);
        PipelineTokens.Check(tokens, _problems);
        _problems.Refuse();
        foreach (var error in errors)
        {
            _problems.Add($"PowerShell doesn't understand it: {error.Message.TrimEnd('.')}");
        }

        _problems.Refuse();
        if (OnlyPipeline(script) is not { } pipeline)
        {
            _problems.Add("it must be one pipeline and nothing else");
        }
        else
        {
            foreach (var element in pipeline.PipelineElements)
            {
                CheckElement(element, element == pipeline.PipelineElements[0]);
            }
        }

        if (_commands.Count(command => !command.IsRead) > 1)
        {
            _problems.Add("it has more than one cmdlet that changes something, and the plan of the second can't be known before the first is done");
        }

        _problems.Refuse();
        return new CheckedPipeline(text, _commands, _objects);
    }

    /// <summary>Finds the one pipeline that a script or block consists of.</summary>
    /// <param name="script">The script or block.</param>
    public static PipelineAst? OnlyPipeline(ScriptBlockAst script) =>
        script is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null, EndBlock: { Unnamed: true, Traps: null or { Count: 0 } } end }
            && script.UsingStatements.Count == 0 && script.Attributes.Count == 0
            // Blocks that a later PowerShell knows would be further children.
            && script.FindAll(ast => ast is NamedBlockAst && ast.Parent == script, searchNestedScriptBlocks: false).Count() == 1
            && end.Statements is [PipelineAst pipeline]
            ? pipeline
            : null;

    private void CheckElement(CommandBaseAst element, bool isFirst)
    {
        if (element.Redirections.Count > 0)
        {
            _problems.Add("redirection isn't allowed");
        }

        if (element is not CommandAst command)
        {
            _problems.Add($"{PipelineProblems.Quote(element.Extent.Text)} isn't a cmdlet");
            return;
        }

        if (command.InvocationOperator != TokenKind.Unknown || command.DefiningKeyword is not null
            || command.CommandElements[0] is not StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } name)
        {
            _problems.Add($"a cmdlet must be called by its plain name, not by {PipelineProblems.Quote(command.Extent.Text)}");
            return;
        }

        if (Find(name.Value, isFirst) is { } allowed)
        {
            new ArgumentCheck(allowed, _problems).Check([.. command.CommandElements.Skip(1)]);
        }
    }

    private AllowedCommand? Find(string name, bool isFirst)
    {
        if (AllowedCommand.FindObject(name) is { } known)
        {
            _objects.Add(known.Name);
            if (isFirst)
            {
                _problems.Add($"it must begin with a cmdlet that reads the cloud, not with {known.Name}");
            }

            return known;
        }

        if (name.Contains('-', StringComparison.Ordinal) && catalog.FindByCmdlet(name) is { } command
            && CmdletLine.TypeOf(command.Cmdlet!) is { } type)
        {
            _commands.Add(command);
            return AllowedCommand.For(command, type);
        }

        var cmdlets = catalog.Commands.Select(c => c.Cmdlet).OfType<string>();
        _problems.Add(Spelling.Closest(name, cmdlets) is { } closest
            ? $"{PipelineProblems.Quote(name)} isn't one of the allowed cmdlets; did you mean {closest}?"
            : $"{PipelineProblems.Quote(name)} isn't one of the allowed cmdlets");
        return null;
    }
}
