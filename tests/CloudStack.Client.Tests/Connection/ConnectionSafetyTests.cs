using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Connection;

public sealed class ConnectionSafetyTests
{
    private static readonly SessionCredentials User = new("admin", "hunter22");

    [Fact]
    public void A_password_does_not_travel_in_the_open()
    {
        var error = Assert.Throws<CloudException>(() => new CloudStackClient(new CloudStackConnection("http://cloud.example.com", User)));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.DoesNotContain("hunter22", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("https://cloud.example.com", false)]
    [InlineData("http://cloud.example.com", true)]
    public void It_travels_to_this_machine_encrypted_or_where_it_is_allowed(string url, bool isAllowed)
    {
        using var client = new CloudStackClient(new CloudStackConnection(url, User) { AllowPlainPassword = isAllowed });

        Assert.Equal(isAllowed, client.Connection.AllowPlainPassword);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public void Accepting_any_certificate_is_warned_of_each_time(bool acceptAny, int warnings)
    {
        var heard = new List<string>();
        var connection = Sample.Connection with { Trust = new ServerTrust { AcceptAny = acceptAny }, Warn = heard.Add };

        new CloudStackClient(connection).Dispose();
        new CloudStackClient(connection).Dispose();

        Assert.Equal(warnings, heard.Count);
        Assert.All(heard, warning => Assert.Contains("cloud.example.com", warning, StringComparison.Ordinal));
    }
}
