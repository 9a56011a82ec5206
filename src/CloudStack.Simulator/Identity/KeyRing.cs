using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>The API keys of users. A user has one pair; a new one replaces it.</summary>
internal sealed class KeyRing(IdSource ids)
{
    private readonly Dictionary<string, Entity> _userByKey = new(StringComparer.Ordinal);

    public Entity? FindUser(string apiKey) => _userByKey.GetValueOrDefault(apiKey);

    /// <summary>Gives a user a new pair of keys; the former pair no longer works.</summary>
    public void Issue(Entity user) => Set(user, ids.NextKey(), ids.NextKey());

    public void Set(Entity user, string apiKey, string secretKey)
    {
        Revoke(user);
        user.SetAttribute(AttributeNames.ApiKey, apiKey);
        user.SetAttribute(AttributeNames.SecretKey, secretKey);
        user.TrySet("apikey", apiKey);
        _userByKey[apiKey] = user;
    }

    public void Revoke(Entity user)
    {
        if (user.Attribute<string>(AttributeNames.ApiKey) is { } former)
        {
            _userByKey.Remove(former);
            user.SetAttribute(AttributeNames.ApiKey, null);
            user.SetAttribute(AttributeNames.SecretKey, null);
            user.TrySet("apikey", null);
        }
    }
}
