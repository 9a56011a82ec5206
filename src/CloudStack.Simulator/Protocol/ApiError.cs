namespace CloudStack.Simulator.Protocol;

/// <summary>An answer of failure: the API's code, which is also the HTTP status, and its text.</summary>
internal sealed class ApiError(int code, string text, int? detailCode = ApiError.FromApiLayer) : Exception(text)
{
    // Codes of section 5.1 of the protocol note.
    public const int Unauthorized = 401;
    public const int TooManyCalls = 429;
    public const int MalformedParameter = 430;
    public const int Parameter = 431;
    public const int Unsupported = 432;
    public const int NotAvailable = 503;
    public const int Internal = 530;
    public const int AccountFault = 531;
    public const int ResourceLimit = 532;
    public const int Capacity = 533;
    public const int Unavailable = 534;
    public const int Allocation = 535;
    public const int InUse = 536;
    public const int RuleConflict = 537;

    /// <summary>The finer code of errors that the API layer itself finds.</summary>
    public const int FromApiLayer = 9999;
    private const int InvalidValue = 4350;
    private const int Denied = 4365;
    private const int ResourceInUse = 4375;
    private const int Conflict = 4360;
    private const int NoCapacity = 4325;
    private const int NotAllocated = 4370;

    public int Code { get; } = code;

    /// <summary>The server's finer code, or null on the paths that never set it.</summary>
    public int? DetailCode { get; } = detailCode;

    /// <summary>True for errors that stand in an envelope named <c>errorresponse</c>.</summary>
    public bool IsNameless { get; init; }

    /// <summary>True for the end of a job whose result the server can't read back.</summary>
    public bool LeavesNoResult { get; init; }

    public static ApiError NotVerified(bool isNameless = false) => new(
        Unauthorized, "unable to verify user credentials and/or request signature", null) { IsNameless = isNameless };

    /// <summary>Whatever else goes wrong inside a command is the server's internal error, as on the real one.</summary>
    public static ApiError Of(Exception error) => error as ApiError ?? new ApiError(Internal, $"Internal error: {error.Message}", null);

    public static ApiError Throttled(TimeSpan wait) => new(
        TooManyCalls,
        $"The given user has reached his/her account api limit, please retry after [{(long)Math.Ceiling(wait.TotalMilliseconds)}] ms.");

    public static ApiError Restarted() => new(
        Internal, "job cancelled because of management server restart or shutdown", null) { LeavesNoResult = true };

    /// <summary>The end of a job that kept others waiting; its code is 0, as on the server.</summary>
    public static ApiError BlockedTooLong() => new(
        0, "Job is cancelled as it has been blocking others for too long", null) { LeavesNoResult = true };

    public static ApiError BadSession() => new(Unauthorized, "unable to verify user credentials", null);

    public static ApiError Missing(string command, string parameter) => new(
        Parameter,
        $"Unable to execute API command {Lower(command)} due to missing parameter {parameter}");

    public static ApiError BadValue(string command, string parameter, string value) => new(
        Parameter,
        $"Unable to execute API command {Lower(command)} due to invalid value {value} for parameter {parameter}");

    public static ApiError NoEntity(string command, string parameter, string value) => new(
        Parameter,
        $"Unable to execute API command {Lower(command)} due to invalid value. Invalid parameter {parameter} value={value} "
        + "due to incorrect long value format, or entity does not exist or due to incorrect parameter annotation "
        + "for the field in api cmd class.");

    /// <summary>A wrong argument or a wrong state, found by the command itself.</summary>
    public static ApiError Refused(string text) => new(Parameter, text, InvalidValue);

    public static ApiError NotPermitted(string text) => new(AccountFault, text, Denied);

    public static ApiError StillInUse(string text) => new(InUse, text, ResourceInUse);

    public static ApiError RulesConflict(string text) => new(RuleConflict, text, Conflict);

    public static ApiError OverLimit(string text) => new(Allocation, text, NotAllocated);

    public static ApiError Exhausted(string text) => new(Capacity, text, NoCapacity);

#pragma warning disable CA1308 // The server writes command names in lower case here.
    private static string Lower(string command) => command.ToLowerInvariant();
#pragma warning restore CA1308
}
