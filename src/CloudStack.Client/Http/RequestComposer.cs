using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using Cloud.Core.Objects;
using CloudStack.Client.Session;
using CloudStack.Client.Signing;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Http;

/// <summary>Writes HTTP requests: the request's own parameters, the signature or session, GET or POST.</summary>
internal sealed class RequestComposer(CloudStackConnection connection, TimeProvider time)
{
    /// <summary>How long a signature is good: servers that limit it allow 15 minutes, which leaves 5 for clocks that differ.</summary>
    public static readonly TimeSpan SignatureLifetime = TimeSpan.FromMinutes(10);

    // The server takes 8,192 bytes of request line and headers together.
    private const int MaxUrlBytes = 6000;

    private static readonly ProductInfoHeaderValue Agent = new("CloudStack.PowerShell", "0.1");

    private readonly Uri _url = connection.Url;

    /// <summary>Writes the request for one try of a call.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="session">The session to use, or null to sign with the key.</param>
    /// <param name="jobId">The identifier the job is to have, or null.</param>
    public HttpRequestMessage Compose(ApiCall call, LoginSession? session, string? jobId)
    {
        var parameters = new List<WireParameter>(call.Arguments.Parameters.Count + 8);
        parameters.AddRange(call.Arguments.Parameters);
        parameters.Add(new("command", call.Spec.Name));
        parameters.Add(new("response", "json"));
        if (jobId is not null)
        {
            parameters.Add(new("customjobid", jobId));
        }

        if (session is not null)
        {
            parameters.Add(new("sessionkey", session.Key));
        }
        else if (connection.Credentials is ApiKeyCredentials keys)
        {
            Sign(parameters, keys, call.SignedWith ?? connection.Hash, call.SignedFor ?? SignatureLifetime);
        }

        var text = WriteForm(CollectionsMarshal.AsSpan(parameters));
        // A session's key is a secret, so it travels in the body only.
        var mayGet = session is null && call.Arguments.Secrets.Count == 0 && ReadRule.MayUseGet(call.Spec)
            && _url.AbsoluteUri.Length + 1 + text.WrittenCount <= MaxUrlBytes;
        var request = mayGet ? Get(text) : Post(text);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(Agent);
        if (session?.Cookies is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        return request;
    }

    private void Sign(List<WireParameter> parameters, ApiKeyCredentials keys, SigningHash hash, TimeSpan lifetime)
    {
        parameters.Add(new("apikey", keys.ApiKey));
        parameters.Add(new("signatureversion", "3"));
        parameters.Add(new("expires", WireDate.Format(time.GetUtcNow() + lifetime)));
        var span = CollectionsMarshal.AsSpan(parameters);
        WireParameter.Sort(span);
        parameters.Add(new("signature", RequestSigner.Sign(span, keys.SecretKey, hash)));
    }

    private static ArrayBufferWriter<byte> WriteForm(ReadOnlySpan<WireParameter> parameters)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        foreach (var (name, value) in parameters)
        {
            if (text.WrittenCount > 0)
            {
                text.Write("&"u8);
            }

            WriteEncoded(name, text);
            text.Write("="u8);
            WriteEncoded(value, text);
        }

        return text;
    }

    private static void WriteEncoded(string value, ArrayBufferWriter<byte> text)
    {
        var count = PercentEncoder.AsIs.Count(value);
        text.Advance(PercentEncoder.AsIs.Write(value, text.GetSpan(count)));
    }

    private HttpRequestMessage Get(ArrayBufferWriter<byte> text)
    {
        // The query is encoded already; the URI class must not tidy it.
        var url = string.Concat(_url.AbsoluteUri, "?", Encoding.ASCII.GetString(text.WrittenSpan));
        return new HttpRequestMessage(
            HttpMethod.Get, new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
    }

    private HttpRequestMessage Post(ArrayBufferWriter<byte> text)
    {
        var content = new ReadOnlyMemoryContent(text.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return new HttpRequestMessage(HttpMethod.Post, _url) { Content = content };
    }
}
