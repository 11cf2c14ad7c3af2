using Dsm.SampleBuilder.National;
using Dsm.SampleBuilder.Published;
using static Dsm.SampleBuilder.SampleFormat;

namespace Dsm.SampleBuilder;

/// <summary>Which state publishes what, in which structure and format.</summary>
public static class SampleCatalogue
{
    /// <summary>Every national dataset of the demonstration.</summary>
    /// <param name="root">The repository; its structures/ give the order of dimensions.</param>
    /// <param name="shared">The folder with realdata/ and domain/.</param>
    public static IReadOnlyList<NationalDataset> Build(string root, string shared)
    {
        PublishedFigures figures = new(shared);
        AsylumForms forms = new(figures.Countries());
        string structures = Path.Combine(root, "structures");
        List<NationalDataset> all = [];
        ILookup<string, PublishedApplication> applications = figures.Applications().ToLookup(r => r.State);
        ILookup<string, PublishedDecision> decisions = figures.Decisions().ToLookup(r => r.State);

        NationalDataset Add(string state, string flow, string regional, string provider, SampleFormat format, IReadOnlyList<SampleRow> rows)
        {
            FlowShape shape = FlowShape.Load(Path.Combine(structures, "national", state), "DF_" + flow, "1.0.0");
            string map = $"urn:sdmx:org.sdmx.infomodel.structuremapping.StructureMap={shape.Agency}:SM_{flow}_{regional}(1.0.0)";
            NationalDataset dataset = new(state, shape, format, $"PA_{regional["DF_".Length..]}_{provider}", map, rows);
            return Keep(dataset with { Map = map.Replace("_DF_", "_", StringComparison.Ordinal) });
        }

        NationalDataset AddRegional(string state, string regional, string provider, SampleFormat format, IReadOnlyList<SampleRow> rows)
        {
            return Keep(new NationalDataset(state, FlowShape.Load(structures, regional, "1.0.0"), format, $"PA_{regional["DF_".Length..]}_{provider}", null, rows));
        }

        NationalDataset AddUnhcr(string state, string flow, string map, string regional, string provider, SampleFormat format, IReadOnlyList<SampleRow> rows)
        {
            FlowShape shape = FlowShape.Load(Path.Combine(structures, "partner", "UNHCR"), flow, "1.0.0");
            return Keep(new NationalDataset(state, shape, format, $"PA_{regional["DF_".Length..]}_{provider}", $"urn:sdmx:org.sdmx.infomodel.structuremapping.StructureMap=UNHCR:{map}(1.0.0)", rows));
        }

        NationalDataset Keep(NationalDataset dataset)
        {
            // Every second source is a REST service, the others are files; Georgia's services know what changed.
            NationalDataset kept = dataset with
            {
                IsSynthetic = dataset.Agreement.StartsWith("PA_WPERMIT_", StringComparison.Ordinal),
                IsRest = dataset.State is "ARM" or "GEO" or "RUS" or "UKR" or "KAZ" or "TJK" || dataset.Agreement.StartsWith("PA_RSD_", StringComparison.Ordinal),
                KnowsUpdates = dataset.State == "GEO",
            };
            all.Add(kept);
            return kept;
        }

        foreach ((string state, string appFlow, string decFlow, string provider, SampleFormat appFormat, SampleFormat decFormat) in Asylum)
        {
            Add(state, appFlow, "DF_ASYLAPP", provider, appFormat, applications[state].Select(forms.Application).ToArray());
            Add(state, decFlow, "DF_RSD", provider, decFormat, decisions[state].SelectMany(forms.Decision).ToArray());
        }

        foreach ((string state, string provider, SampleFormat appFormat, SampleFormat decFormat) in Direct)
        {
            AddRegional(state, "DF_ASYLAPP", provider, appFormat, RegionalForm.Applications(applications[state], provider));
            AddRegional(state, "DF_RSD", provider, decFormat, RegionalForm.Decisions(decisions[state], provider));
        }

        foreach ((string state, string provider, SampleFormat appFormat, SampleFormat decFormat) in Unhcr)
        {
            AddUnhcr(state, "ASYLUM_APPLICATIONS", "SM_UNHCR_ASYLAPP", "DF_ASYLAPP", provider, appFormat, applications[state].Select(forms.Application).ToArray());
            AddUnhcr(state, "ASYLUM_DECISIONS", "SM_UNHCR_RSD", "DF_RSD", provider, decFormat, decisions[state].SelectMany(forms.Decision).ToArray());
        }

        Add("RUS", "RUS_UCHET_PREB", "DF_ENTRY", "RUS_MVD", Csv10, BorderForms.RussianStays(figures));
        Add("RUS", "RUS_UCHET_PROZH", "DF_FSTOCK", "RUS_MVD", Csv10, BorderForms.RussianHolders(figures));
        Add("ARM", "ARM_ZHAMAN", "DF_ENTRY", "ARM_ARMSTAT", Csv10, BorderForms.ArmenianTourists(figures, "IN"));
        Add("ARM", "ARM_MEKN", "DF_EXIT", "ARM_ARMSTAT", Csv10, BorderForms.ArmenianTourists(figures, "OUT"));
        Add("GEO", "GEO_MOGZ_TVE", "DF_ENTRY", "GEO_MIA", Csv20, BorderForms.GeorgianMonths(figures));
        Add("GEO", "GEO_MOGZ_CELI", "DF_ENTRY", "GEO_GNTA", Csv20, BorderForms.GeorgianYears(figures));

        Func<string, string> In(string state) => citizenship => forms.Country(state, citizenship, 2024);
        Add("RUS", "RUS_TRUD", "DF_WPERMIT", "RUS_MVD", StructureSpecific30, PermitForms.Russia(In("RUS")));
        Add("UKR", "UKR_DOZVIL", "DF_WPERMIT", "UKR_DSZ", StructureSpecific21, PermitForms.Ukraine(In("UKR")));
        Add("KAZ", "KAZ_RUQSAT", "DF_WPERMIT", "KAZ_MLSP", Generic21, PermitForms.Kazakhstan(In("KAZ")));
        Add("KGZ", "KGZ_URUKSAT", "DF_WPERMIT", "KGZ_MLSSM", Csv10, PermitForms.Kyrgyzstan(In("KGZ")));
        Add("MDA", "MDA_PERMISE", "DF_WPERMIT", "MDA_GIM", Csv20, PermitForms.Moldova(In("MDA")));
        AddRegional("ARM", "DF_WPERMIT", "ARM_MLSA", StructureSpecific21, PermitForms.Regional("ARM", "ARM_MLSA", false, "IND", "IRN", "CHN", "SYR"));
        AddRegional("GEO", "DF_WPERMIT", "GEO_MOH", Csv20, PermitForms.Regional("GEO", "GEO_MOH", false, "TUR", "IND", "IRN", "AZE"));
        AddRegional("BLR", "DF_WPERMIT", "BLR_MIA", Generic21, PermitForms.Regional("BLR", "BLR_MIA", false, "UKR", "CHN", "UZB", "TUR"));
        AddRegional("AZE", "DF_WPERMIT", "AZE_SMS", Csv10, PermitForms.Regional("AZE", "AZE_SMS", false, "TUR", "GBR", "IND", "GEO"));
        AddRegional("TKM", "DF_WPERMIT", "TKM_SMS", StructureSpecific21, PermitForms.Regional("TKM", "TKM_SMS", true, "TUR", "CHN", "UKR"));
        AddRegional("UZB", "DF_WPERMIT", "UZB_MA", Csv10, PermitForms.Regional("UZB", "UZB_MA", true, "CHN", "TUR", "KOR", "IND"));
        AddRegional("TJK", "DF_WPERMIT", "TJK_MLME", Csv20, PermitForms.Regional("TJK", "TJK_MLME", true, "CHN", "IRN", "TUR"));
        return all;
    }

    private static readonly (string State, string Applications, string Decisions, string Provider, SampleFormat ApplicationFormat, SampleFormat DecisionFormat)[] Asylum =
    [
        ("RUS", "RUS_UBEZH", "RUS_RESH", "RUS_MVD", Generic21, StructureSpecific21),
        ("UKR", "UKR_ZVERN", "UKR_RISH", "UKR_DMS", Csv20, StructureSpecific30),
        ("ARM", "ARM_DIMUM", "ARM_VOROSH", "ARM_MCS", Generic21, StructureSpecific30),
        ("GEO", "GEO_TAVSH", "GEO_GADAC", "GEO_MIA", Csv10, Csv10),
        ("KAZ", "KAZ_BASPANA", "KAZ_SHESHIM", "KAZ_MLSP", StructureSpecific30, StructureSpecific30),
        ("KGZ", "KGZ_ARYZ", "KGZ_CHECHIM", "KGZ_MLSSM", Csv20, Csv20),
        ("MDA", "MDA_CERERI", "MDA_DECIZII", "MDA_GIM", StructureSpecific21, StructureSpecific21),
        ("BLR", "BLR_HADAINICTVY", "BLR_RASHENNI", "BLR_MIA", StructureSpecific30, StructureSpecific21),
    ];

    private static readonly (string State, string Provider, SampleFormat ApplicationFormat, SampleFormat DecisionFormat)[] Direct =
    [
        ("AZE", "AZE_SMS", Csv10, Generic21),
        ("TKM", "TKM_SMS", Generic21, Csv20),
    ];

    private static readonly (string State, string Provider, SampleFormat ApplicationFormat, SampleFormat DecisionFormat)[] Unhcr =
    [
        ("TJK", "TJK_MIA", StructureSpecific30, StructureSpecific30),
        ("UZB", "UZB_MIA", StructureSpecific21, Generic21),
    ];
}
