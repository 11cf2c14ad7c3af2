using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Reads SDMX-JSON metadata messages (sdmx-twg/sdmx-json, metadata message).</summary>
internal static class JsonMetadataReader
{
    public static MetadataMessage Read(Stream stream, SdmxFormat format, IssueList issues)
    {
        MetadataLocations locations = new();
        ImmutableArray<MetadataSet>.Builder sets = ImmutableArray.CreateBuilder<MetadataSet>();
        MessageHeader? header = null;
        JsonWalk.Run(stream, issues, cursor =>
        {
            JsonStructureParser parser = new(cursor, format.Version[..3], []);
            foreach (string member in cursor.Members())
            {
                switch (member)
                {
                    case "meta":
                        header = JsonMeta.Read(cursor);
                        break;
                    case "data":
                        Data(cursor, parser, sets, locations);
                        break;
                    case "errors":
                        ErrorMessageReader.Report(JsonErrors.Read(cursor), issues);
                        break;
                }
            }
        });
        return new MetadataMessage(header, sets.ToImmutable(), locations) { Format = format };
    }

    private static void Data(JsonWalker cursor, JsonStructureParser parser, ImmutableArray<MetadataSet>.Builder sets, MetadataLocations locations)
    {
        foreach (string member in cursor.Members())
        {
            if (member == "metadataSets")
            {
                parser.MetadataSets(sets, locations);
            }
            else if (!member.StartsWith("x-", StringComparison.Ordinal))
            {
                cursor.Report(IssueCodes.ArtefactSkipped, member);
            }
        }
    }
}
