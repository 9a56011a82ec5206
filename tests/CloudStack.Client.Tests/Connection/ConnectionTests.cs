using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Connection;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("https://cloud.example.com", "https://cloud.example.com/client/api")]
    [InlineData("https://cloud.example.com/", "https://cloud.example.com/client/api")]
    [InlineData("http://192.0.2.1:8080/client", "http://192.0.2.1:8080/client/api")]
    [InlineData("https://cloud.example.com/client/", "https://cloud.example.com/client/api")]
    [InlineData("  https://cloud.example.com:8443/client/api/ ", "https://cloud.example.com:8443/client/api")]
    [InlineData("https://cloud.example.com/portal/cs", "https://cloud.example.com/portal/cs/api")]
    public void An_address_is_completed_to_the_apis(string given, string full) =>
        Assert.Equal(full, new CloudStackConnection(given, Keys()).Url.OriginalString);

    [Theory]
    [InlineData("")]
    [InlineData("cloud.example.com")]
    [InlineData("ftp://cloud.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://admin:hunter22@cloud.example.com")]
    [InlineData("https://cloud.example.com/client/api?secret=hunter22")]
    public void An_address_of_another_kind_is_refused_without_repeating_it(string given)
    {
        var error = Assert.Throws<CloudException>(() => new CloudStackConnection(given, Keys()));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.DoesNotContain("hunter22", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_gives_a_connection()
    {
        var connection = CloudStackConnection.FromVariables(name => name switch
        {
            CloudStackConnection.UrlVariable => "https://cloud.example.com",
            CloudStackConnection.ApiKeyVariable => " key\n",
            CloudStackConnection.SecretKeyVariable => "secret\r\n",
            _ => null,
        });

        var keys = Assert.IsType<ApiKeyCredentials>(connection.Credentials);
        Assert.Equal("key", keys.ApiKey);
        Assert.Equal("secret"u8.ToArray(), keys.SecretKey.ToArray());
    }

    [Fact]
    public void What_the_environment_lacks_is_named()
    {
        var error = Assert.Throws<CloudException>(() => CloudStackConnection.FromVariables(
            name => name == CloudStackConnection.ApiKeyVariable ? "key" : " "));

        Assert.Equal(ErrorCause.NotConnected, error.Cause);
        Assert.Contains("CLOUDSTACK_API_URL, CLOUDSTACK_SECRET_KEY are not set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_can_be_printed_holds_a_secret()
    {
        CloudStackCredentials[] all = [Keys(), new SessionCredentials("admin", Sample.SecretKey, "/ROOT")];

        Assert.All(all, credentials =>
        {
            var connection = new CloudStackConnection("https://cloud.example.com", credentials);
            Assert.DoesNotContain(Sample.SecretKey, connection.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Sample.SecretKey, System.Text.Json.JsonSerializer.Serialize<object>(credentials), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("x", "")]
    [InlineData("x", " ")]
    public void Empty_keys_are_refused(string? apiKey, string secretKey) =>
        Assert.Throws<CloudException>(() => new ApiKeyCredentials(apiKey!, secretKey));

    private static ApiKeyCredentials Keys() => new(Sample.ApiKey, Sample.SecretKey);
}
