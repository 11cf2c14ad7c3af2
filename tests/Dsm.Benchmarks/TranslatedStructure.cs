using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Benchmarks;

/// <summary>
/// A structure like a given one in which every coded dimension and OBS_STATUS has other codes, and the structure map to it: one
/// representation map a component, so that mapping has to translate everything.
/// </summary>
internal static class TranslatedStructure
{
    /// <summary>Adds the structure to the set and gives the map from the set's dataflow.</summary>
    public static (StructureSet Structures, StructureMap Map) Make(StructureSet structures)
    {
        DataStructure source = structures.Of<DataStructure>().Single();
        Dataflow flow = structures.Of<Dataflow>().Single();
        List<Maintainable> made = [];
        DataStructure target = source with
        {
            Id = "DSD_TARGET",
            Dimensions = [.. source.Dimensions.Select(d => Translated(d))],
            Attributes = [.. source.Attributes.Select(a => a.Id == "OBS_STATUS" ? Translated(a) : a)],
        };
        Dataflow targetFlow = flow with { Id = "DF_TARGET", Structure = target.Reference };
        StructureMap map = new()
        {
            AgencyId = source.AgencyId,
            Id = "SM",
            Version = source.Version,
            Source = flow.Reference,
            Target = targetFlow.Reference,
            ComponentMaps = [.. source.Dimensions.Cast<Component>().Concat(source.Attributes).Concat(source.Measures)
                .Select(c => new ComponentMap { Sources = [c.Id], Targets = [c.Id], RepresentationMap = MapOf(c) })],
        };
        return (structures.With([.. made, target, targetFlow]), map);

        T Translated<T>(T component)
            where T : Component
        {
            if (structures.Find<Codelist>(component.Representation?.Enumeration) is not { } list || component.Id == "FREQ")
            {
                return component;
            }

            Codelist other = list with { Id = list.Id + "_X", Codes = [.. list.Codes.Select(c => c with { Id = "X" + c.Id }).Reverse()] };
            made.Add(other);
            made.Add(new RepresentationMap
            {
                AgencyId = list.AgencyId,
                Id = "RM_" + component.Id,
                Version = list.Version,
                Sources = [new RepresentationSide(list.Reference, null)],
                Targets = [new RepresentationSide(other.Reference, null)],
                Mappings = [.. list.Codes.Select(c => new RepresentationMapping([new MappedValue(c.Id)], ["X" + c.Id]))],
            });
            return component with { Representation = Representation.Coded(other.Reference) };
        }

        StructureReference? MapOf(Component component)
            => made.OfType<RepresentationMap>().FirstOrDefault(m => m.Id == "RM_" + component.Id)?.Reference;
    }
}
