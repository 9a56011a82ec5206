using Cloud.Core.Errors;
using Cloud.Core.Profiles;

namespace Cloud.Core.Tests;

public sealed class ProfileFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("profile-file").FullName;
    private readonly ProfileFile _file;

    public ProfileFileTests() => _file = new ProfileFile(Path.Combine(_folder, "settings", "profiles.json"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Where_no_file_is_there_are_no_profiles()
    {
        Assert.Empty(_file.Names);
        Assert.Null(_file.DefaultName);
    }

    [Fact]
    public void A_saved_profile_is_read_back_and_the_first_is_the_default()
    {
        _file.Save(Profile("lab"), makeDefault: false);
        _file.Save(Profile("prod"), makeDefault: false);

        Assert.Equal(Profile("prod"), _file.Get("prod"));
        Assert.Equal(["lab", "prod"], _file.Names);
        Assert.Equal("lab", _file.DefaultName);
    }

    [Fact]
    public void What_it_does_not_know_in_the_file_is_kept()
    {
        _file.Save(Profile("lab"), makeDefault: false);
        File.WriteAllText(_file.Path, File.ReadAllText(_file.Path).Replace("\"url\"", "\"colour\": \"red\", \"url\"", StringComparison.Ordinal));

        _file.Save(Profile("lab") with { ApiKey = "other" }, makeDefault: false);

        Assert.Contains("\"colour\": \"red\"", File.ReadAllText(_file.Path), StringComparison.Ordinal);
        Assert.Equal("other", _file.Get("lab").ApiKey);
    }

    [Fact]
    public void How_answers_are_read_is_kept_and_taken_out_again()
    {
        var profile = Profile("lab") with { EncodedAnswers = true, CacheTime = TimeSpan.FromMinutes(5) };
        _file.Save(profile, makeDefault: false);

        Assert.Equal(profile, _file.Get("lab"));
        _file.Save(Profile("lab"), makeDefault: false);

        Assert.Equal(Profile("lab"), _file.Get("lab"));
        Assert.DoesNotContain("cacheTime", File.ReadAllText(_file.Path), StringComparison.Ordinal);
        Assert.DoesNotContain("encodedAnswers", File.ReadAllText(_file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_default_leaves_none()
    {
        _file.Save(Profile("lab"), makeDefault: true);

        _file.Remove("lab");

        Assert.Empty(_file.Names);
        Assert.Null(_file.DefaultName);
        Assert.Equal(ErrorCause.NotFound, Assert.Throws<CloudException>(() => _file.Remove("lab")).Cause);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../escape")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    public void A_name_that_could_lead_a_file_elsewhere_is_refused(string name)
    {
        Assert.Equal(ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => _file.Save(Profile(name), false)).Cause);
        Assert.Equal(ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => _file.KeepSecret(name, "s")).Cause);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Only_the_owner_can_read_profiles_and_secrets_and_no_draft_is_left()
    {
        _file.Save(Profile("lab") with { SecretKey = _file.KeepSecret("lab", "hunter2") }, makeDefault: false);

        Assert.Equal("hunter2", SecretSource.Read(_file.Get("lab").SecretKey));
        Assert.DoesNotContain("hunter2", File.ReadAllText(_file.Path), StringComparison.Ordinal);
        Assert.Equal(
            ["lab.secret", "profiles.json", "profiles.json.lock"],
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void A_broken_file_is_not_replaced()
    {
        _file.Save(Profile("lab"), makeDefault: false);
        File.WriteAllText(_file.Path, "{");

        Assert.Equal(ErrorCause.Local, Assert.Throws<CloudException>(() => _file.Save(Profile("x"), false)).Cause);
        Assert.Equal("{", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void Of_many_that_are_saved_at_once_none_is_lost()
    {
        string[] names = [.. Enumerable.Range(1, 20).Select(i => $"p{i}")];

        Parallel.ForEach(names, name => new ProfileFile(_file.Path).Save(Profile(name), makeDefault: false));

        Assert.Equal(names.Order(StringComparer.Ordinal), _file.Names.Order(StringComparer.Ordinal));
    }

    private static ConnectionProfile Profile(string name) => new(name, new Uri("https://cloud.example/client/api"), "key", "env:SECRET");
}
