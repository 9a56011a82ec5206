@{
    # Every rule that the analyzer has, each with its own defaults.
    IncludeDefaultRules = $true
}
