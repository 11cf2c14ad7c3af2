using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Constraints and agreements.</summary>
internal sealed partial class ModelGenerator
{
    private IEnumerable<Maintainable> Registrations()
    {
        yield return Allowed();
        yield return Actual();
        yield return Attached(Headed(new DataConstraint
        {
            AgencyId = "DSM",
            Id = Id("ATT"),
            Role = ConstraintRole.Attachment,
            KeySets = Some(() => KeySet(data: true), 1, 2),
            MetadataKeySets = Some(() => KeySet(data: false)),
            Regions = Chance(20) ? Some(Region, 1, 1) : [],
        }));
        yield return MetadataConstraint();
        yield return Headed(new ProvisionAgreement
        {
            AgencyId = "DSM",
            Id = Id("PA"),
            Dataflow = Reference(Chance(80) ? StructureType.Dataflow : StructureType.Metadataflow),
            DataProvider = Provider(),
        });
        yield return Headed(new MetadataProvisionAgreement
        {
            AgencyId = "DSM",
            Id = Id("MPA"),
            Metadataflow = Reference(StructureType.Metadataflow),
            MetadataProvider = MetadataProvider(),
            Targets = Some(Target),
        });
    }

    private DataConstraint Allowed() => Attached(Headed(new DataConstraint
    {
        AgencyId = "DSM",
        Id = Id("CON"),
        Role = ConstraintRole.Allowed,
        Regions = Some(Region, 1, 3),
        KeySets = Some(() => KeySet(data: true)),
        ReleaseCalendar = Maybe(() => new ReleaseCalendar("P1Y", "P1M", "P3D")),
        ReferencePeriodStart = Maybe(Instant),
        ReferencePeriodEnd = Maybe(Instant),
    }));

    /// <summary>What there is; half of them with the identity that an availability constraint of 3.1 is read with.</summary>
    private DataConstraint Actual()
    {
        StructureReference flow = Reference(StructureType.Dataflow) with { Version = "1.0.0" };
        DataConstraint constraint = new()
        {
            AgencyId = flow.AgencyId,
            Id = DataConstraint.AvailabilityId(flow),
            Version = SdmxVersion.Parse(flow.Version),
            Role = ConstraintRole.Actual,
            Attachments = [flow],
            Regions = [Region()],
            SeriesCount = Chance(10) ? 3_000_000_000 : MaybeValue<long>(() => _random.Next()),
            ObservationCount = Chance(10) ? 3_000_000_000 : MaybeValue<long>(() => _random.Next()),
            Annotations = Annotations(),
        };
        return Chance() ? constraint with { Name = LocalisedText.Of(constraint.Id) } : Headed(constraint) with
        {
            Attachments = Chance(90) ? [flow] : [Provider()],
            Regions = Some(Region, 1, 2),
            KeySets = Some(() => KeySet(data: true), most: 1),
            ReferencePeriodStart = Instant(),
            ReferencePeriodEnd = Instant(),
        };
    }

    private MetadataConstraint MetadataConstraint()
    {
        bool version2 = Chance();
        MetadataConstraint constraint = Headed(new MetadataConstraint
        {
            AgencyId = "DSM",
            Id = Id("MCON"),
            Role = Chance(80) ? ConstraintRole.Allowed : ConstraintRole.Actual,
            Regions = Some(() => TargetRegion(version2), 1, 3),
            MetadataKeySets = version2 ? Some(() => Chance(90) ? KeySet(data: false) : new DataKeySet(true, [])) : [],
            ReleaseCalendar = Maybe(() => new ReleaseCalendar("P1Y", "P1M", "P3D"), 30),
        });
        return Pick(0, 1, 2, 3) switch
        {
            0 => constraint with { Attachments = [MetadataProvider()] },
            1 => constraint with { Attachments = Some(() => Reference(StructureType.MetadataSet), 1, 2) },
            2 => constraint with { Attachments = Some(() => Reference(StructureType.Metadataflow), 1, 2), QueryableDataSources = Some(Source) },
            _ => constraint with { MetadataSets = Some(Set, 1, 2) },
        };
    }

    private DataConstraint Attached(DataConstraint constraint) => Pick(0, 1, 2, 3, 4) switch
    {
        0 => constraint with { Attachments = [Provider()], QueryableDataSources = Chance(20) ? [Source()] : [] },
        1 => constraint with { DataSets = Some(Set, 1, 2) },
        2 => constraint with { SimpleDataSources = Some(Url, 1, 2), DataSets = Chance(20) ? [Set()] : [] },
        3 => constraint with { Attachments = [.. Some(() => Reference(StructureType.DataStructure), 1, 2), .. Chance(20) ? [Provider()] : ImmutableArray<StructureReference>.Empty] },
        _ => constraint with
        {
            Attachments = Some(() => Reference(StructureType.Dataflow), 1, 2),
            QueryableDataSources = Some(Source),
            SimpleDataSources = Chance(20) ? [Url()] : [],
        },
    };

    private SetReference Set() => new(Provider(), Id("SET"));

    private QueryableDataSource Source() => new(Url(), Chance(), Chance(), Maybe(Url), Maybe(Url));

    private CubeRegion Region() => new(Chance(70), [.. Chance(5) ? [new MemberSelection { ComponentId = Id("D") }] : ImmutableArray<MemberSelection>.Empty, .. Some(() => Selection(data: true), 1), .. Some(() => Selection(data: true) with { IsAttribute = true, ValidFrom = null, ValidTo = null })])
    {
        Annotations = Annotations(),
    };

    private MetadataTargetRegion TargetRegion(bool version2)
    {
        ImmutableArray<MemberSelection> targets = version2 ? Some(TargetSelection, 1, 2) : [];
        return new(Chance(70), [.. targets, .. Some(() => Selection(data: false) with { IsAttribute = true, ValidFrom = null, ValidTo = null })])
        {
            ValidFrom = Maybe(Period, version2 ? 10 : 60),
            ValidTo = Maybe(Period, version2 ? 10 : 60),
            Report = version2 ? Id("REP") : null,
            MetadataTarget = version2 ? Id("TGT") : null,
        };
    }

    private MemberSelection TargetSelection() => Pick(0, 1, 2, 3) switch
    {
        0 => new MemberSelection { ComponentId = Id("OBJ"), Objects = Some(CodelistReference, 1, 2) },
        1 => new MemberSelection { ComponentId = "DATA_SET_TARGET", DataSets = Some(Set, 1, 2) },
        2 => new MemberSelection { ComponentId = Id("OBJ"), DataKeys = Some(() => DataKey.Of(KeyValuePair.Create("FREQ", "A")), 1, 2) },
        _ => new MemberSelection { ComponentId = Id("OBJ"), Values = [new MemberValue("A")] },
    };

    private MemberSelection Selection(bool data)
    {
        MemberSelection selection = new()
        {
            ComponentId = Id("D"),
            IsIncluded = Chance(70),
            RemovePrefix = Chance(20),
            ValidFrom = Maybe(Period, 20),
            ValidTo = Maybe(Period, 20),
        };
        if (Chance(70))
        {
            return selection with { Values = Some(() => Value(data), 1) };
        }

        string? start = Maybe(Period);
        string? end = start is null ? Period() : Maybe(Period);
        return selection with
        {
            StartPeriod = start,
            EndPeriod = end,
            StartInclusive = start is null || Chance(),
            EndInclusive = end is null || Chance(),
            RangeValidFrom = Maybe(Period, 30),
            RangeValidTo = Maybe(Period, 30),
        };
    }

    private MemberValue Value(bool data) => new(Pick("A", "B1", "%"), Pick(CascadeValues.None, CascadeValues.WithRoot, CascadeValues.ExcludeRoot))
    {
        ValidFrom = Maybe(Period, 20),
        ValidTo = Maybe(Period, 20),
        Language = data ? null : Maybe(() => "ru", 30),
    };

    private DataKeySet KeySet(bool data) => new(Chance(70), Some(() => Key(data), data && Chance(10) ? 0 : 1));

    private DataKey Key(bool data)
    {
        MemberSelection KeyValue(int values) => new() { ComponentId = Id("D"), Values = Some(() => new MemberValue(Id("V")), 1, values) };
        return !data ? new DataKey(Some(() => KeyValue(1), 1)) { Report = Id("REP"), MetadataTarget = Id("TGT") }
            : new DataKey([.. Some(() => KeyValue(2), Chance(90) ? 1 : 0, Chance(90) ? 3 : 1), .. Chance(30) ? [KeyValue(2) with { IsAttribute = true }] : ImmutableArray<MemberSelection>.Empty])
            {
                ValidFrom = Maybe(Period, 20),
                ValidTo = Maybe(Period, 20),
                Annotations = Annotations(),
            };
    }
}
