using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Loading;

namespace Catalog.Compiler.Tests;

/// <summary>A valid catalog of three commands in a folder of its own, which a test breaks in one place.</summary>
internal sealed class TinyCatalog : IDisposable
{
    private static readonly Dictionary<string, string> Valid = new(StringComparer.Ordinal)
    {
        ["api.json"] = """
            {
            "format":"cloudstack-catalog/1",
            "commands":[
            {"name":"deleteZone","response":"SuccessResponse","envelope":{"outer":"deletezoneresponse","shape":"success"},"roles":[],"mutates":true,
             "params":[
              {"name":"id","type":"uuid","required":true,"entity":"ZoneResponse"}]},
            {"name":"listZones","response":"ZoneResponse","list":true,"paged":true,"envelope":{"outer":"listzonesresponse","inner":"zone","shape":"list"},"roles":["Admin","User"],
             "params":[
              {"name":"id","type":"uuid","entity":"ZoneResponse"},
              {"name":"listall","type":"boolean"},
              {"name":"name", "type":"string"}]},
            {"name":"restartHost","response":"SuccessResponse","envelope":{"outer":"restarthostresponse","shape":"success"},"roles":[],"mutates":true,
             "params":[
              {"name":"hostname","type":"string","required":true},
              {"name":"timeout","type":"integer","validations":["PositiveNumber"]}]}
            ],
            "responses":{
            "SuccessResponse":{"fields":[
             {"name":"success","type":"boolean"}]},
            "ZoneResponse":{"fields":[
             {"name":"dns_1","type":"string"},
             {"name":"id","type":"string"},
             {"name":"name","type":"string"}]}
            }
            }
            """,
        ["names.json"] = """
            {
              "cmdlets": {
                "deleteZone": "Remove-CsZone",
                "listZones": "Get-CsZone",
                "restartHost": "Restart-CsHost"
              },
              "labels": {
                "parameters": {
                  "hostname": "HostName",
                  "id": "Id",
                  "listall": "ListAll",
                  "name": "Name",
                  "timeout": "Timeout"
                },
                "fields": {
                  "dns_1": "Dns1",
                  "id": "Id",
                  "name": "Name",
                  "success": "Success"
                },
                "exceptions": {
                  "restartHost": { "timeout": "BootTimeout" }
                }
              },
              "models": {
                "SuccessResponse": "SuccessResult",
                "ZoneResponse": "Zone"
              }
            }
            """,
        ["categories.json"] = """
            {
              "categories": [
                {
                  "name": "Zone",
                  "title": "Zone",
                  "commands": [
                    "deleteZone",
                    "listZones"
                  ]
                },
                {
                  "name": "Host",
                  "title": "Host",
                  "commands": [
                    "restartHost"
                  ]
                }
              ]
            }
            """,
        ["effects.json"] = """
            {
              "deleteZone": {"effect":"critical","reversible":false,"blast":"zone","warning":"The zone is gone.","typed":"id"},
              "listZones": {"effect":"read"},
              "restartHost": {"effect":"disrupt","reversible":true,"blast":"resource","warning":"The host is off for minutes."}
            }
            """,
        ["entities.json"] = """
            {
              "finders": {
                "ZoneResponse": {"command": "listZones"}
              },
              "parameters": {
              }
            }
            """,
        ["secrets.json"] = """
            {
              "parameters": {
                "restartHost.timeout": true
              },
              "fields": {
              }
            }
            """,
        ["aliases.json"] = """
            {
              "exact": {
                "get_zones": "listZones"
              },
              "near": {
                "wipe_zone": ["deleteZone"]
              }
            }
            """,
        ["words/Zone.json"] = """
            {
              "deleteZone": {
                "synopsis": "Delete a zone.",
                "description": "The zone must be empty. Nothing brings it back."
              },
              "listZones": {
                "synopsis": "List the zones.",
                "description": "Everyone may ask. The answer comes in pages."
              }
            }
            """,
        ["words/Host.json"] = """
            {
              "restartHost": {
                "synopsis": "Restart a host.",
                "description": "The host goes down first. It comes back by itself.",
                "parameters": {
                  "timeout": "How many seconds to wait."
                },
                "examples": [{"title": "Restart one", "code": "Restart-CsHost -HostName kvm-1"}],
                "related": ["listZones"]
              }
            }
            """,
        ["words/glossary.json"] = """
            {
              "parameters": {
                "hostname": "The host's name.",
                "id": "The object's identifier.",
                "listall": "Whether to list everybody's objects.",
                "name": "A part of the name.",
                "timeout": "A time limit."
              },
              "fields": {
                "dns_1": "The first name server.",
                "id": "What the server calls the object.",
                "name": "What people call the object.",
                "success": "Whether the command did its work."
              }
            }
            """,
    };

    public TinyCatalog()
    {
        Folder = Directory.CreateTempSubdirectory("tiny-catalog-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "words"));
        foreach (var (file, text) in Valid)
        {
            Write(file, text);
        }
    }

    public string Folder { get; }

    /// <summary>Writes a file in place of the valid one.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    /// <summary>Replaces the one occurrence of a text.</summary>
    public void Replace(string file, string text, string replacement)
    {
        Assert.Equal(2, Valid[file].Split(text).Length);
        Write(file, Valid[file].Replace(text, replacement, StringComparison.Ordinal));
    }

    /// <summary>The line of a file, from 1, on which a text first stands; line ends that the text starts with don't count.</summary>
    public int LineOf(string file, string text)
    {
        var content = File.ReadAllText(Path.Combine(Folder, file));
        var index = content.IndexOf(text, StringComparison.Ordinal);
        Assert.NotEqual(-1, index);
        return content.AsSpan(0, index + text.Length - text.TrimStart('\n').Length).Count('\n') + 1;
    }

    public (CompiledCatalog? Catalog, IReadOnlyList<CatalogError> Errors) Load(bool requireWords = true)
    {
        var errors = new ErrorLog();
        var catalog = CatalogLoader.Load(Folder, errors, requireWords);
        return (catalog, errors.Errors);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
