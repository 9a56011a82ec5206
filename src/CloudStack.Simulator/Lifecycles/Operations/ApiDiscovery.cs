using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary><c>listApis</c>: what the caller's role may call, from the catalog and with its words.</summary>
internal sealed class ApiDiscovery : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state) => commands.Read("listApis", List);

    private static Answer List(CommandCall call)
    {
        var name = call.Text("name");
        DemandPatience(call, name);
        var known = call.State.Catalog.Commands
            .Where(command => !command.IsAuthenticator && (name is null || command.Name == name) && CommandAccess.Allows(call.Caller, command))
            .ToList();
        if (known.Count == 0)
        {
            throw new ApiError(ApiError.Internal, "Api Discovery plugin was unable to find an api by that name or process any apis");
        }

        return Answer.List(known.Select(command => Describe(call, command)));
    }

    /// <summary>The server counts a full list once per command, and calls the end of its patience a lack of permission.</summary>
    private static void DemandPatience(CommandCall call, string? name)
    {
        if (name is null && call.State.Throttle.Limit is { } limit && !call.Caller.IsRoot
            && call.State.Catalog.CommandNames.Count > limit.Calls)
        {
            throw ApiError.NotPermitted(ApiError.Throttled(limit.Interval).Message);
        }
    }

    private static Entity Describe(CommandCall call, CommandSpec command)
    {
        var api = call.New(call.Command.Result);
        api["name"] = command.Name;
        api["description"] = command.Synopsis;
        api["since"] = command.Since;
        api["isasync"] = command.IsAsync;
        api["related"] = string.Join(',', command.Related);
        api["params"] = command.Parameters
            .Where(parameter => call.Caller.IsRoot || !parameter.AdminOnly)
            .Select(parameter => Describe(call, parameter)).ToList();
        api["response"] = (call.State.Catalog.FindResult(command.Result)?.Fields ?? [])
            .Select(field => Describe(call, field, isNested: false)).ToList();
        return api;
    }

    private static Entity Describe(CommandCall call, ParameterSpec parameter)
    {
        var entry = call.New("ApiParameterResponse");
        entry["name"] = parameter.Name;
        entry["description"] = parameter.Explanation;
        entry["type"] = Lower(parameter.Type.ToString());
        entry["length"] = (long)parameter.MaxLength;
        entry["required"] = parameter.Required;
        entry["since"] = parameter.Since;
        return entry;
    }

    /// <summary>Describes a field, and where it holds objects their fields, one level deep as the server does.</summary>
    private static Entity Describe(CommandCall call, FieldSpec field, bool isNested)
    {
        var entry = call.New("ApiResponseResponse");
        entry["name"] = field.Name;
        entry["type"] = field.Type == FieldType.Object ? "responseobject" : Lower(field.Type.ToString());
        if (!isNested && field.Of is { } className && call.State.Catalog.FindResult(className) is { } nested)
        {
            entry["response"] = nested.Fields.Select(inner => Describe(call, inner, isNested: true)).ToList();
        }

        return entry;
    }

#pragma warning disable CA1308 // The server writes types in lower case.
    private static string Lower(string type) => type.ToLowerInvariant();
#pragma warning restore CA1308
}
