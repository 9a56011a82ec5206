using System.CommandLine;
using System.Globalization;
using Cloud.Core.Errors;
using CloudStack.Simulator;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The options of <c>simulate</c> that say what the cloud is like.</summary>
internal sealed class SimulatorSwitches
{
    private const double LongestJob = 3600;

    private readonly SeedOption _seed = new();

    private readonly Option<string> _jobSeconds = new("--job-seconds")
    {
        Description = "How long a job takes; 'believable' for as long as on a real cloud.",
        DefaultValueFactory = _ => "1",
        HelpName = "n",
    };

    private readonly Option<string> _clock = new("--clock")
    {
        Description = "How the cloud's time passes: real, stepped, or fast:N for N seconds a second.",
        DefaultValueFactory = _ => "real",
        HelpName = "pace",
    };

    private readonly Option<string?> _state = new("--state") { Description = "Keep the cloud in this file, and go on from it where it's there.", HelpName = "file" };

    private readonly Option<string?> _faults = new("--faults") { Description = "A script of things that go wrong.", HelpName = "file" };

    private readonly Option<bool> _enforcePost = new("--enforce-post") { Description = "Refuse changes by GET and signatures without an end, as a setting of the server does." };

    private readonly Option<int> _apiLimit = new("--api-limit") { Description = "How many calls an account may make a second; root administrators are exempt.", HelpName = "n" };

    private readonly Option<int> _pageSize = new("--page-size") { Description = "The largest page of a list.", DefaultValueFactory = _ => 500, HelpName = "n" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _seed.AddTo(command);
        foreach (Option option in (Option[])[_jobSeconds, _clock, _state, _faults, _enforcePost, _apiLimit, _pageSize])
        {
            command.Add(option);
        }
    }

    /// <summary>Makes the cloud that the options ask for.</summary>
    /// <exception cref="CloudException">One isn't understood, or a file can't be used.</exception>
    public SimulatedCloud MakeCloud(ParseResult result)
    {
        // Read first: a mistake in it isn't to leave a state file behind.
        var script = result.GetValue(_faults) is { } file ? ReadScript(file) : null;
        var cloud = new SimulatedCloud(Read(result));
        if (script is not null)
        {
            cloud.Faults.Follow(script);
        }

        return cloud;
    }

    private SimulatorOptions Read(ParseResult result) => new()
    {
        MachineCount = _seed.Read(result),
        JobTimes = ReadJobTimes(result.GetValue(_jobSeconds)),
        Pace = ClockPace.TryParse(result.GetValue(_clock), out var pace)
            ? pace!
            : throw Refuse("--clock", result.GetValue(_clock), "Write real, stepped, or fast:60."),
        StateFile = result.GetValue(_state),
        EnforcePost = result.GetValue(_enforcePost),
        ApiLimit = result.GetResult(_apiLimit) is null ? null
            : new ApiLimit(Within(result.GetValue(_apiLimit), 1, 1_000_000, "--api-limit"), TimeSpan.FromSeconds(1)),
        PageSize = Within(result.GetValue(_pageSize), 1, 100_000, "--page-size"),
    };

    private static JobTimes ReadJobTimes(string? text) => text == "believable" ? JobTimes.Believable
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestJob
            ? JobTimes.Fixed(TimeSpan.FromSeconds(seconds))
            : throw Refuse("--job-seconds", text, $"Write a number of seconds up to {LongestJob}, or believable.");

    private static FaultScript ReadScript(string file)
    {
        try
        {
            return FaultScript.Parse(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(ErrorCause.Local, $"The fault script can't be read: {error.Message}", "Name a file that you may read.", error);
        }
    }

    private static int Within(int value, int least, int most, string option) =>
        value >= least && value <= most ? value : throw Refuse(option, value.ToString(CultureInfo.InvariantCulture), $"Write a number from {least} to {most}.");

    private static CloudException Refuse(string option, string? value, string nextStep) =>
        new(ErrorCause.InvalidArgument, $"{option} can't be '{value}'.", nextStep);
}
