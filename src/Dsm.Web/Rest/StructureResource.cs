using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Structures (REST 1.5 and 2.2, "Structural metadata queries").</summary>
internal static class StructureResource
{
    /// <summary>Most notes on losses in a message; a count of thousands helps nobody.</summary>
    private const int MostNotes = 50;

    /// <summary>Adds the addresses. They are also where everything goes that no other resource takes, to be told what it is.</summary>
    public static void MapStructures(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<StructureQuery>(RestLine.V1, "/{**rest}", GetAsync);
        routes.MapResource<StructureQuery>(RestLine.V2, "/structure/{**rest}", GetAsync);
        routes.MapResource<StructureQuery>(RestLine.V2, "/{**rest}", GetAsync);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, StructureQuery query, RestServices services, CancellationToken ct)
    {
        (ChosenFormat? chosen, RestProblem? problem) = Negotiation.Format(call, OfferedFormats.Structures(call.Line));
        if (chosen is null)
        {
            return problem;
        }

        RegistrySnapshot registry = await services.StructuresAsync(call, query.AsOf, ct);
        if (Caching.IsKnown(call, chosen, string.Join(',', LanguageNegotiation.OfStructures(call)), registry.Version, registry.ChangedAt, services.Now))
        {
            return null;
        }

        ImmutableArray<Maintainable> answer = new StructureSelection(registry.Structures).Answer(query);
        return answer.IsEmpty
            ? RestProblem.Of(RestFault.NoResults, IssueCodes.UnknownArtefact, call.Address.Path)
            : await WriteAsync(call, chosen.Format, answer, services, ct, registry.Structures);
    }

    /// <summary>
    /// Writes artefacts as a message. Structures are in memory anyway and small beside data; the message is made whole before it is sent,
    /// so that a fault is still an error message and the length is known.
    /// </summary>
    internal static async Task<RestProblem?> WriteAsync(
        RestCall call, SdmxFormat format, IReadOnlyCollection<Maintainable> answer, RestServices services, CancellationToken ct, StructureSet? structures = null)
    {
        if (!format.IsVersion3 && !answer.Any(StructureMessageWriter21.CanWrite))
        {
            return RestProblem.Of(RestFault.NotAcceptable, IssueCodes.NotInFormat, answer.First().Type, format.Name);
        }

        MessageHeader header = services.Header("STR");
        Maintainable[] linked = [.. answer.Select(a => WithLink(call, InLanguages(call, format, a)))];
        SayLanguages(call, linked);
        if (!format.IsVersion3)
        {
            // Versions before 3.0 know no version wildcards: a reference names what it means today.
            structures ??= services.Registry.For(call.Access).Structures;
            linked = [.. linked.Select(a => ReferenceMove.Concrete(a, structures))];
        }

        IssueList losses = new();
        using MemoryStream message = new();
        StructureMessages.Write(format, message, linked, header, losses, indented: false);
        if (losses.Count > 0 && format.Syntax == "xml")
        {
            // What the version cannot carry is known when the message has been written; its place is the footer.
            message.SetLength(0);
            StructureMessages.Write(format, message, linked, header, new IssueList(), indented: false, FooterOf(losses.Kept));
        }

        await SendAsync(call, format.MediaType, message, ct);
        return null;
    }

    // Only SDMX 3.1 has a mark for texts in some of their languages.
    private static Maintainable InLanguages(RestCall call, SdmxFormat format, Maintainable artefact)
    {
        Maintainable cut = LanguageCut.Of(artefact, LanguageNegotiation.OfStructures(call));
        return format.Standard == "3.1" || ReferenceEquals(cut, artefact) ? cut : cut with { IsPartialLanguage = artefact.IsPartialLanguage };
    }

    private static void SayLanguages(RestCall call, IEnumerable<Maintainable> answer)
    {
        if (!LanguageNegotiation.OfStructures(call).IsEmpty)
        {
            call.Http.Response.Headers.ContentLanguage = string.Join(", ", answer.SelectMany(a => a.Name.Texts.Select(t => t.Key)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Sends a message that was made whole.</summary>
    internal static async Task SendAsync(RestCall call, string mediaType, MemoryStream message, CancellationToken ct)
    {
        call.Http.Response.ContentType = mediaType;
        call.Http.Response.ContentLength = message.Length;
        if (!call.IsHead)
        {
            await call.Http.Response.BodyWriter.WriteAsync(message.GetBuffer().AsMemory(0, (int)message.Length), ct);
        }
    }

    /// <summary>What a format could not carry, as notes for the footer; places would be those of the message that an artefact came in.</summary>
    internal static ImmutableArray<FooterNote> FooterOf(IEnumerable<Issue> losses)
        => [.. losses.Take(MostNotes).Select(i => new FooterNote(i.Code.Id, "Warning", ErrorMessage.Of(i.Code.Id, i with { Location = Location.None }).Text))];

    // A stub must say where the whole artefact is (SDMX-ML, isExternalReference).
    private static Maintainable WithLink(RestCall call, Maintainable artefact)
    {
        if (!artefact.IsExternalReference || artefact.StructureUrl is not null)
        {
            return artefact;
        }

        bool first = call.Line == RestLine.V1 && StructureMessageWriter21.CanWrite(artefact);
        string path = first ? $"/v1/{Resource15(artefact)}/{artefact.AgencyId}/{StructureQuery.ContainerId(artefact)}/{artefact.Version}"
            : artefact.Type == StructureType.MetadataSet ? $"/v2/metadata/metadataset/{artefact.AgencyId}/{artefact.Id}/{artefact.Version}"
            : $"/v2/structure/{artefact.Type.Rest2}/{artefact.AgencyId}/{artefact.Id}/{artefact.Version}";
        HttpRequest request = call.Http.Request;
        return artefact with
        {
            StructureUrl = $"{request.Scheme}://{request.Host}{request.PathBase}/sdmx{path}",
        };
    }

    /// <summary>The resource of REST 1.5 that an artefact is served by.</summary>
    internal static string Resource15(Maintainable artefact)
        => artefact is StructureMap or RepresentationMap or ItemSchemeMap ? "structureset" : artefact.Type.Rest1 ?? "contentconstraint";
}
