using System.Text.Json;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>
/// How the cloud's web pages look, for accounts, domains or host names. At most one theme is for nobody in particular:
/// the default. User interfaces ask for an account's theme first, then its domain's, the host name's and the default one.
/// </summary>
internal sealed class GuiThemes : ICommandFamily
{
    private const string Class = "GuiThemeResponse";
    private static readonly string[] Audience = ["accountids", "domainids", "commonnames"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createGuiTheme", Create);
        commands.Do("updateGuiTheme", Update);
        commands.Do("removeGuiTheme", Remove);
        commands.Read("listGuiThemes", List);
    }

    private static Answer Create(CommandCall call)
    {
        if (string.IsNullOrWhiteSpace(call.Text("css")) && string.IsNullOrWhiteSpace(call.Text("jsonconfiguration")))
        {
            throw Failed("Please specify css or jsonconfiguration.");
        }

        var theme = call.New(Class);
        theme["created"] = call.State.Clock.GetUtcNow();
        theme["ispublic"] = true;
        theme["recursivedomains"] = false;
        Check(call, theme);
        Describe(call, theme);
        call.State.Store.Add(theme);
        return Answer.Of(theme);
    }

    private static Answer Update(CommandCall call)
    {
        var theme = Target(call);
        Check(call, theme);
        Describe(call, theme);
        return Answer.Of(theme);
    }

    private static Answer Remove(CommandCall call)
    {
        // Removed themes can still be listed.
        Target(call)["removed"] = call.State.Clock.GetUtcNow();
        return Answer.Done;
    }

    private static Answer List(CommandCall call)
    {
        if (call.IsSet("listonlydefaulttheme"))
        {
            return Answer.List(call.State.Table(Class).Where(theme => IsThere(theme) && IsDefault(theme)));
        }

        var (domain, listAll) = (call.Find("domainid"), call.IsSet("listall"));
        return Answer.List(call.State.Table(Class)
            .Where(theme => IsThere(theme) || (call.IsSet("showremoved") && !listAll))
            .Where(theme => (call.Text("id") ?? theme.Id) == theme.Id && (call.Text("name") ?? theme.Name) == theme.Name)
            .Where(theme => call.Text("accountid") is not { } account || Items(theme, "accountids").Contains(account))
            .Where(theme => domain is null || IsFor(call.State, theme, domain))
            .Where(theme => call.Text("commonname") is not { } host || Items(theme, "commonnames").Any(pattern => Matches(pattern, host)))
            .Where(theme => listAll || call.Flag("showpublic") is not { } isPublic || theme.Flag("ispublic") == isPublic)
            .Where(theme => call.Text("keyword") is not { } word || theme.Name!.Contains(word, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(theme => theme["created"] as DateTimeOffset?));
    }

    private static Entity Target(CommandCall call)
    {
        var theme = call.Target("id");
        return IsThere(theme) ? theme : throw ApiError.NoEntity(call.Command.Name, "id", theme.Id);
    }

    private static bool IsThere(Entity theme) => theme["removed"] is null;

    private static bool IsDefault(Entity theme) => Array.TrueForAll(Audience, field => theme[field] is null);

    private static void Check(CommandCall call, Entity theme)
    {
        var isDefault = Array.TrueForAll(Audience, field => string.IsNullOrWhiteSpace(call.Text(field) ?? theme.Text(field)));
        if (isDefault && call.State.Table(Class).FirstOrDefault(other => other != theme && IsThere(other) && IsDefault(other)) is { } known)
        {
            throw Failed($"There is a default theme already: {known.Name}. Remove it, or name accounts, domains or host names for this one.");
        }

        DemandKnown(call, "accountids", ResultClass.Account);
        DemandKnown(call, "domainids", ResultClass.Domain);
        if (call.Text("jsonconfiguration") is { } json && !string.IsNullOrWhiteSpace(json) && !IsObject(json))
        {
            throw Failed("The jsonconfiguration isn't a JSON object.");
        }
    }

    private static void DemandKnown(CommandCall call, string name, string className)
    {
        if (Split(call.Text(name)).FirstOrDefault(id => call.State.Store.Find(className, id) is null) is { } unknown)
        {
            throw Failed($"Nothing in the cloud has the id {unknown} of {name}.");
        }
    }

    private static void Describe(CommandCall call, Entity theme)
    {
        call.Apply(theme, "css", "jsonconfiguration", "ispublic", "recursivedomains");
        foreach (var field in (string[])["name", "description"])
        {
            if (call.Text(field) is { } text)
            {
                theme[field] = string.IsNullOrWhiteSpace(text) ? null : text;
            }
        }

        foreach (var field in Audience.Where(call.Has))
        {
            theme[field] = string.Join(',', Split(call.Text(field))) is { Length: > 0 } items ? items : null;
        }

        // What is for somebody in particular isn't shown to people who didn't log in.
        if (theme["accountids"] is not null || theme["domainids"] is not null)
        {
            theme["ispublic"] = false;
        }
    }

    private static bool IsFor(CloudState state, Entity theme, Entity domain) => Items(theme, "domainids").Any(id => id == domain.Id
        || (theme.Flag("recursivedomains") && state.Store.Find(ResultClass.Domain, id) is { } parent && DomainTree.Contains(parent, domain)));

    /// <summary>A host name, or all below one: <c>*.cloud.example</c>.</summary>
    private static bool Matches(string pattern, string host) => pattern.StartsWith('*')
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : pattern.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static string[] Items(Entity theme, string field) => Split(theme.Text(field));

    private static string[] Split(string? items) =>
        items?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ApiError Failed(string text) => new(ApiError.Internal, text, null);
}
