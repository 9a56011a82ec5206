using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>SSH key pairs: made (the private key is shown once), registered, deleted by name.</summary>
internal sealed class SshKeyPairs : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createSSHKeyPair", Create);
        commands.Do("registerSSHKeyPair", RegisterKey);
        commands.Do("deleteSSHKeyPair", Delete);
        commands.Read("listSSHKeyPairs", call => Listing.Of(call, ResultClass.SshKeyPair));
    }

    /// <summary>The key pairs that a call names for a machine of an owner.</summary>
    public static IReadOnlyList<Entity> Named(CommandCall call, Owner owner)
    {
        var names = call.Text("keypair") is { Length: > 0 } one ? [one] : call.Texts("keypairs");
        return [.. names.Select(name => Find(call, owner, name)
            ?? throw ApiError.Refused($"A key pair with name '{name}' was not found."))];
    }

    private static Entity? Find(CommandCall call, Owner owner, string name) =>
        call.State.Table(ResultClass.SshKeyPair).FirstOrDefault(pair => pair.Owner == owner && pair.Name == name);

    private static Answer Create(CommandCall call)
    {
        var pair = Add(call, call.State.Ids.NextKey());
        var shown = call.New(call.Command.Result, pair.Id);
        foreach (var field in pair.Class.Fields)
        {
            shown.TrySet(field.Name, pair[field.Name]);
        }

        // A made-up text in the usual frame: the simulator has no machine that it could open.
        shown["privatekey"] = $"-----BEGIN OPENSSH PRIVATE KEY-----\n{call.State.Ids.NextKey()}\n-----END OPENSSH PRIVATE KEY-----\n";
        return Answer.Of(shown);
    }

    private static Answer RegisterKey(CommandCall call)
    {
        var key = call.RequiredText("publickey").Trim();
        var parts = key.Split(' ');
        return parts.Length >= 2 && (parts[0].StartsWith("ssh-", StringComparison.Ordinal) || parts[0].StartsWith("ecdsa-", StringComparison.Ordinal))
            ? Answer.Of(Add(call, parts[1]))
            : throw ApiError.Refused("Public key is invalid.");
    }

    private static Entity Add(CommandCall call, string key)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("name");
        if (Find(call, owner, name) is not null)
        {
            throw ApiError.Refused($"A key pair with name '{name}' already exists.");
        }

        var pair = call.Create(ResultClass.SshKeyPair, owner);
        pair["name"] = name;
        pair["fingerprint"] = FingerprintOf(key);
        return pair;
    }

    private static Answer Delete(CommandCall call)
    {
        var pair = Find(call, call.NewOwner(), call.RequiredText("name"))
            ?? throw ApiError.Refused($"A key pair with name '{call.Text("name")}' does not exist.");
        call.State.Store.Remove(pair);
        return Answer.Done;
    }

    private static string FingerprintOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16);
        var text = new StringBuilder();
        foreach (var part in hash)
        {
            text.Append(text.Length == 0 ? "" : ":").Append(part.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
