namespace CloudStack.Client;

/// <summary>The hash under a request's signature (protocol note, section 2.2).</summary>
public enum SigningHash
{
    /// <summary>HMAC-SHA1, which every server version reads.</summary>
    Sha1,

    /// <summary>HMAC-SHA512, for servers whose older algorithms are switched off.</summary>
    Sha512,
}
