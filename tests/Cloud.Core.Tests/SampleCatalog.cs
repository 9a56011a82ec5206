using Cloud.Core.Catalog;

namespace Cloud.Core.Tests;

/// <summary>A small catalog of an invented cloud, so that the pipeline is tested without any provider's facts.</summary>
internal static class SampleCatalog
{
    public static CommandCatalog Create() => new(
        CatalogWriter.WriteCommands([
            new CommandSpec
            {
                Name = "listBoats", Cmdlet = "Get-Boat", Category = "Boat", Result = "BoatResponse", IsPaged = true,
                Effect = new EffectSpec { Effect = Effect.Read },
                Envelope = new EnvelopeSpec("listboatsresponse", "boat", AnswerShape.List),
                Parameters =
                [
                    new() { Name = "id", Label = "Id", Type = ParameterType.Uuid, Entity = "BoatResponse" },
                    new() { Name = "name", Label = "Name", Type = ParameterType.String },
                ],
            },
            new CommandSpec
            {
                Name = "launchBoat", Cmdlet = "New-Boat", Category = "Boat", Result = "BoatResponse", IsAsync = true,
                Effect = new EffectSpec { Effect = Effect.Change },
                Envelope = new EnvelopeSpec("launchboatresponse", "boat", AnswerShape.Single),
                Parameters =
                [
                    new() { Name = "harbourid", Label = "HarbourId", Type = ParameterType.Uuid, Entity = "HarbourResponse", Required = true },
                    new() { Name = "name", Label = "Name", Type = ParameterType.String, Required = true, MaxLength = 20 },
                    new() { Name = "kind", Label = "Kind", Type = ParameterType.String, Values = ["Sail", "Motor"] },
                    new() { Name = "seats", Label = "Seats", Type = ParameterType.Integer, Positive = true },
                    new() { Name = "insured", Label = "Insured", Type = ParameterType.Boolean },
                    new() { Name = "built", Label = "Built", Type = ParameterType.Date },
                    new() { Name = "draft", Label = "Draft", Type = ParameterType.Double },
                    new() { Name = "crewids", Label = "CrewIds", Type = ParameterType.List, ItemType = ParameterType.Uuid, Entity = "SailorResponse" },
                    new() { Name = "labels", Label = "Labels", Type = ParameterType.Map, Map = new MapSpec(MapStyle.Pairs, ["key", "value"], false) },
                    new() { Name = "masts", Label = "Masts", Type = ParameterType.Map, Map = new MapSpec(MapStyle.Records, ["height", "wood"], false) },
                    new() { Name = "passcode", Label = "PassCode", Type = ParameterType.String, Sensitive = true },
                ],
            },
            new CommandSpec
            {
                Name = "sinkBoat", Cmdlet = "Remove-Boat", Category = "Boat", Result = "SuccessResponse",
                Effect = new EffectSpec { Effect = Effect.Destroy, Reversible = false, Warning = "The boat and all aboard are lost." },
                Envelope = new EnvelopeSpec("sinkboatresponse", null, AnswerShape.Success),
                Parameters = [new() { Name = "id", Label = "Id", Type = ParameterType.Uuid, Entity = "BoatResponse", Required = true }],
            },
            new CommandSpec
            {
                Name = "paintBoat", Cmdlet = "Set-BoatColour", Category = "Boat", Result = "BoatResponse",
                Effect = new EffectSpec { Effect = Effect.Change },
                Envelope = new EnvelopeSpec("paintboatresponse", "boat", AnswerShape.Single),
                Parameters = [new() { Name = "id", Label = "Id", Type = ParameterType.Uuid, Entity = "BoatResponse", Required = true }],
            },
            new CommandSpec
            {
                Name = "groundCaptain", Cmdlet = "Disable-Captain", Category = "Boat", Result = "SuccessResponse",
                Effect = new EffectSpec { Effect = Effect.Disrupt },
                Envelope = new EnvelopeSpec("groundcaptainresponse", null, AnswerShape.Success),
                Parameters =
                [
                    new() { Name = "account", Label = "Account", Type = ParameterType.String },
                    new() { Name = "id", Label = "Id", Type = ParameterType.Uuid, Entity = "SailorResponse" },
                    new() { Name = "reason", Label = "Reason", Type = ParameterType.String, Required = true },
                ],
            },
            new CommandSpec
            {
                Name = "closeHarbour", Cmdlet = "Remove-Harbour", Category = "Harbour", Result = "SuccessResponse",
                Effect = new EffectSpec
                {
                    Effect = Effect.Critical, Reversible = false, Blast = BlastRadius.Zone, Typed = "id",
                    Warning = "Every boat in the harbour is lost.",
                },
                Envelope = new EnvelopeSpec("closeharbourresponse", null, AnswerShape.Success),
                Parameters = [new() { Name = "id", Label = "Id", Type = ParameterType.Uuid, Entity = "HarbourResponse", Required = true }],
            },
        ]),
        CatalogWriter.WriteResults([
            Result("BoatResponse", "Boat", "listBoats"),
            Result("HarbourResponse", "Harbour", "listHarbours"),
            Result("SailorResponse", "Sailor", null),
        ]));

    private static ResultSpec Result(string className, string model, string? list) => new()
    {
        Class = className,
        Model = model,
        Fields = [new("id", "Id", FieldType.String, null, false), new("name", "Name", FieldType.String, null, false)],
        Finder = list is null ? null : new FinderSpec(list, new Dictionary<string, string>(), "name", "name"),
    };
}
