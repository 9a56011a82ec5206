using Cloud.Core.Errors;
using Cloud.Core.Profiles;

namespace Cloud.Core.Tests;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("profiles").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_default_profile_is_read()
    {
        var store = Store("""{"default":"prod","profiles":{"prod":{"url":"https://cloud.example","apiKey":"k","secretKey":"text:s"}}}""");

        var profile = store.Get(null);

        Assert.Equal(("prod", "https://cloud.example/", "k"), (profile.Name, profile.Url.ToString(), profile.ApiKey));
        Assert.Equal("s", SecretSource.Read(profile.SecretKey));
        Assert.DoesNotContain("text:", profile.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", ErrorCause.Local)]
    [InlineData("{}", ErrorCause.Local)]
    [InlineData("""{"default":"prod","profiles":{"test":{}}}""", ErrorCause.NotFound)]
    [InlineData("""{"default":"prod","profiles":{"prod":{"url":"https://cloud.example"}}}""", ErrorCause.Local)]
    [InlineData("""{"default":"p","profiles":{"p":{"url":"https://a","apiKey":"k","secretKey":"text:s","cacheTime":"soon"}}}""", ErrorCause.Local)]
    [InlineData("""{"default":"p","profiles":{"p":{"url":"https://a","apiKey":"k","secretKey":"text:s","cacheTime":"2.00:00:00"}}}""", ErrorCause.Local)]
    public void A_file_that_can_not_be_used_is_a_clear_error(string json, ErrorCause cause) =>
        Assert.Equal(cause, Assert.Throws<CloudException>(() => Store(json).Get(null)).Cause);

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        var store = Store("{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(store.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

            var error = Assert.Throws<CloudException>(() => store.Get("prod"));

            Assert.Contains("can be read by others", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("env:CLOUD_CORE_TESTS_NO_SUCH_VARIABLE")]
    [InlineData("file:no/such/file")]
    [InlineData("plain-secret-value")]
    [InlineData("text:   ")]
    public void A_secret_that_is_not_there_is_a_clear_error_without_it(string source)
    {
        var error = Assert.Throws<CloudException>(() => SecretSource.Read(source));

        Assert.Equal(ErrorCause.Local, error.Cause);
        Assert.DoesNotContain("plain-secret-value", error.Message + error.NextStep, StringComparison.Ordinal);
    }

    private ProfileStore Store(string json)
    {
        var path = Path.Combine(_folder, "profiles.json");
        File.WriteAllText(path, json);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new ProfileStore(path);
    }
}
