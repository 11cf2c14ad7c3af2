using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What artefacts that only refer to others refer to, as choices of a form and back.</summary>
public static class Links
{
    /// <summary>The choices for an artefact; none for those that have forms of another kind.</summary>
    public static IReadOnlyList<Choice> Of(Maintainable artefact, StructureSet structures, PageTexts texts) => artefact switch
    {
        // A dataflow may follow the versions of its structure: those wildcards are offered beside the versions there are.
        Dataflow flow => [new Choice("structure", texts["kind.DataStructure"], flow.Structure?.Urn, WithFollowing(structures, flow.Structure, texts), null)],
        ProvisionAgreement agreement =>
        [
            Choice.Of("flow", texts["kind.Dataflow"], agreement.Dataflow, References.Of(structures, StructureType.Dataflow), texts),
            Items("provider", texts["new.provider"], agreement.DataProvider, StructureType.DataProviderScheme, structures, texts),
        ],
        Categorisation categorisation =>
        [
            Choice.Of("source", texts["new.categorised"], categorisation.Source, structures.All.Where(a => a is not Categorisation).OrderBy(a => a.Type.Class, StringComparer.Ordinal).ThenBy(a => a.Id, StringComparer.Ordinal), texts),
            Items("target", texts["new.category"], categorisation.Target, StructureType.CategoryScheme, structures, texts),
        ],
        _ => [],
    };

    /// <summary>The artefact with the references that a form says; what was not sent stays.</summary>
    public static Maintainable With(Maintainable artefact, Func<string, string> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        StructureReference? Sent(string name) => References.Parse(field(name));
        return artefact switch
        {
            Dataflow flow => flow with { Structure = Sent("structure") ?? flow.Structure },
            ProvisionAgreement agreement => agreement with { Dataflow = Sent("flow") ?? agreement.Dataflow, DataProvider = Sent("provider") ?? agreement.DataProvider },
            Categorisation categorisation => categorisation with { Source = Sent("source") ?? categorisation.Source, Target = Sent("target") ?? categorisation.Target },
            _ => artefact,
        };
    }

    private static Choice Items(string name, string label, StructureReference? chosen, StructureType type, StructureSet structures, PageTexts texts)
    {
        IReadOnlyList<(string Urn, string Text)> items = References.Items(structures, type, texts);
        return new Choice(name, label, chosen?.Urn, chosen is null || items.Any(i => i.Urn == chosen.Urn) ? items : [(chosen.Urn, chosen.ToString()), .. items], null);
    }

    private static List<(string Urn, string Text)> WithFollowing(StructureSet structures, StructureReference? chosen, PageTexts texts)
    {
        List<(string Urn, string Text)> choices = [];
        foreach (IGrouping<(string, string), Maintainable> versions in References.Of(structures, StructureType.DataStructure).GroupBy(a => (a.AgencyId, a.Id)))
        {
            foreach (Maintainable major in versions.Where(v => v.Version.IsStable).GroupBy(v => v.Version.Major).Select(g => g.Last()))
            {
                StructureReference following = major.Reference with { Version = $"{major.Version.Major}.{major.Version.Minor}+.{major.Version.Patch}" };
                choices.Add((following.Urn, texts.Format("links.following", $"{following.AgencyId}:{following.Id}", following.Version, texts.Of(major.Name))));
            }

            choices.AddRange(versions.Select(v => (v.Urn, References.Text(v, texts))));
        }

        if (chosen is not null && choices.All(c => c.Urn != chosen.Urn))
        {
            choices.Insert(0, (chosen.Urn, chosen.ToString()));
        }

        return choices;
    }
}
