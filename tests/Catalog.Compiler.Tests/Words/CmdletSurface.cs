using Catalog.Compiler.Cmdlets;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests.Words;

/// <summary>What a cmdlet takes, as the emitter decides it.</summary>
internal sealed class CmdletSurface
{
    private static readonly string[] OfEveryCmdlet = ["Verbose", "Debug", "ErrorAction", "WarningAction", "OutVariable"];
    private static readonly CmdletParameters Rules = new(new ParameterTypes(CloudStackData.Catalog));

    private readonly HashSet<string> _switches = new(StringComparer.Ordinal);
    private readonly HashSet<string> _others = new(OfEveryCmdlet, StringComparer.Ordinal);

    public CmdletSurface(CommandSpec command)
    {
        Command = command;
        Parameters = Rules.Of(command);
        _others.Add("Connection");
        if (!command.IsRead)
        {
            _switches.UnionWith(["Force", "WhatIf", "Confirm"]);
        }

        if (command.IsAsync)
        {
            _switches.Add("NoWait");
        }

        if (!command.IsRead && command.Envelope.Shape == AnswerShape.Success)
        {
            _switches.Add("PassThru");
        }

        if (command is { IsList: true, IsPaged: true })
        {
            _switches.Add("IncludeTotalCount");
            _others.UnionWith(["First", "Skip"]);
        }
    }

    public static IReadOnlyDictionary<string, CmdletSurface> All { get; } = CloudStackData.Catalog.Commands
        .Where(command => command.Cmdlet is not null)
        .ToDictionary(command => command.Cmdlet!, command => new CmdletSurface(command), StringComparer.Ordinal);

    public CommandSpec Command { get; }

    public IReadOnlyList<CmdletParameter> Parameters { get; }

    public CmdletParameter? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name == name);

    public bool IsSwitch(string name) => _switches.Contains(name);

    public bool IsOther(string name) => _others.Contains(name);
}
