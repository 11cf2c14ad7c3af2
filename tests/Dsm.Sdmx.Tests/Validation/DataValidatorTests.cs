using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Validation;

public class DataValidatorTests
{
    private readonly IssueList _issues = new();

    [Fact]
    public void Finds_nothing_in_clean_data()
    {
        ObservationBatch batch = Validate("A.ARM UNIT=PS AGENCY=x | 2023=1 OBS_STATUS=A | 2024=NaN OBS_STATUS=M NOTE=ok\nQ.ARM UNIT=PS | 2023-Q1=1 OBS_STATUS=A");
        _issues.Count.Should().Be(0);
        batch.Refused.Should().NotContain(true);
    }

    [Fact]
    public void Locates_a_missing_dimension_and_counts_all_observations_of_the_series()
    {
        ObservationBatch batch = Validate("A. UNIT=PS | 2023=1 OBS_STATUS=A | 2024=1 OBS_STATUS=A");
        Issue issue = Only(IssueCodes.MissingDimension, "REF_AREA", 1, 1, "A.", null);
        issue.Observations.Should().Be(2);
        batch.Refused[..2].Should().Equal(true, true);
    }

    [Fact]
    public void Locates_an_unknown_code_of_a_dimension()
    {
        Validate("\nA.XXX UNIT=PS | 2023=1 OBS_STATUS=A");
        Only(IssueCodes.UnknownCode, "REF_AREA", 2, 1, "A.XXX", null).Arguments.Should().Equal("XXX", "REF_AREA", "T:CL_AREA(1.0)");
    }

    [Fact]
    public void Locates_an_unknown_code_of_an_attribute_of_the_observation()
    {
        ObservationBatch batch = Validate("A.ARM UNIT=PS | 2023=1 OBS_STATUS=A | 2024=1 OBS_STATUS=Z9");
        Only(IssueCodes.UnknownCode, "OBS_STATUS", 1, 3, "A.ARM", "2024").Arguments[0].Should().Be("Z9");
        batch.Refused[..2].Should().Equal(false, true);
    }

    [Theory]
    [InlineData("A.ARM UNIT=XX | 2023=1 OBS_STATUS=A", "D0301", "UNIT")]
    [InlineData("A.ARM | 2023=1 OBS_STATUS=A", "D0102", "UNIT")]
    [InlineData("A.ARM UNIT=PS | 2023=1", "D0102", "OBS_STATUS")]
    [InlineData("A.ARM UNIT=PS | 2023=x OBS_STATUS=A", "D0305", "OBS_VALUE")]
    [InlineData("A.ARM UNIT=PS | 2023=1.5 OBS_STATUS=A", "D0305", "OBS_VALUE")]
    [InlineData("A.ARM UNIT=PS | 2023=-1 OBS_STATUS=A", "D0306", "OBS_VALUE")]
    [InlineData("A.ARM UNIT=PS | 2023=3000000000 OBS_STATUS=A", "D0306", "OBS_VALUE")]
    [InlineData("A.ARM UNIT=PS | 2023=1 OBS_STATUS=A NOTE=toolong", "D0310", "NOTE")]
    [InlineData("A.ARM UNIT=PS | 2024-13=1 OBS_STATUS=A", "D0303", "TIME_PERIOD")]
    [InlineData("A.ARM UNIT=PS | -=1 OBS_STATUS=A", "D0101", "TIME_PERIOD")]
    [InlineData("A.ARM UNIT=PS | 2024-Q1=1 OBS_STATUS=A", "D0304", "TIME_PERIOD")]
    [InlineData("A.ARM UNIT=PS CODE=ab1 | 2024=1 OBS_STATUS=A", "D0305", "CODE")]
    [InlineData("A.EST UNIT=PS | 2024=1 OBS_STATUS=A", "D0302", "REF_AREA")]
    [InlineData("A.ARM UNIT=PS | 2024=1 OBS_STATUS=K", "D0302", "OBS_STATUS")]
    public void Reports_each_kind_of_defect_once_and_refuses_the_observation(string text, string code, string component)
    {
        ObservationBatch batch = Validate(text);
        Issue issue = _issues.Kept.Should().ContainSingle().Which;
        (issue.Code.Id, issue.Location.Component, issue.Location.Line).Should().Be((code, component, 1));
        issue.Location.Key.Should().StartWith("A.");
        batch.Refused[0].Should().BeTrue();
    }

    [Fact]
    public void Reports_every_defect_of_one_observation()
    {
        Validate("A.XXX | 2024-Q1=x OBS_STATUS=Z9");
        _issues.Kept.Select(i => i.Code.Id).Should().BeEquivalentTo("D0301", "D0102", "D0304", "D0305", "D0301");
    }

    [Fact]
    public void A_mandatory_measure_must_be_there_but_may_be_NaN()
    {
        Validate("A.ARM UNIT=PS | 2023 OBS_STATUS=A | 2024=NaN OBS_STATUS=A", mandatoryMeasure: true);
        Only(IssueCodes.MissingMeasure, "OBS_VALUE", 1, 2, "A.ARM", "2023");
    }

    [Fact]
    public void Finds_duplicates_in_another_spelling_order_run_and_batch()
    {
        DataSetSpace space = Space(Schema());
        DataValidator validator = new(space, _issues);
        ObservationBatch first = Batch(space, "M.ARM UNIT=PS | 2024-03=1 OBS_STATUS=A | 2024-01=1 OBS_STATUS=A | 1990-01=1 OBS_STATUS=A\nA.ARM UNIT=PS | 2024=1 OBS_STATUS=A");
        ObservationBatch second = Batch(space, "M.ARM UNIT=PS | 2024-02=1 OBS_STATUS=A | 2024-M03=9 OBS_STATUS=A\nM.GEO UNIT=PS | 2024-03=1 OBS_STATUS=A");
        validator.Validate(first);
        validator.Validate(second);
        Only(IssueCodes.DuplicateObservation, null, 1, 3, "M.ARM", "2024-M03");
        second.Refused[..3].Should().Equal(false, true, false);
    }

    [Fact]
    public void Knows_a_series_that_goes_on_in_the_next_batch()
    {
        DataSetSpace space = Space(Schema());
        DataValidator validator = new(space, _issues);
        validator.Validate(Batch(space, "A.ARM UNIT=PS | 2024=1 OBS_STATUS=A"));
        ObservationBatch next = Batch(space, "A.ARM UNIT=PS | 2024=1 OBS_STATUS=A");
        next.ContinuesSeries = true;
        validator.Validate(next);
        _issues.CountOf(IssueCodes.DuplicateObservation).Should().Be(1);
    }

    [Fact]
    public void Collisions_of_a_map_are_told_from_duplicates_and_pass_when_summed()
    {
        foreach ((ValidationOptions options, long collisions) in new[] { (ValidationOptions.Mapped(false), 1L), (ValidationOptions.Mapped(true), 0L) })
        {
            IssueList issues = new();
            DataSetSpace space = Space(Schema());
            new DataValidator(space, issues, options).Validate(Batch(space, "A.ARM UNIT=PS | 2024=1 OBS_STATUS=A | 2024=1 OBS_STATUS=A"));
            issues.CountOf(IssueCodes.MappingCollision).Should().Be(collisions);
            issues.Count.Should().Be(collisions);
        }
    }

    [Fact]
    public void Finds_contradictory_attributes_of_data_set_group_and_series()
    {
        Validate("""
            A.ARM UNIT=PS AGENCY=x SOURCE=REG | 2023=1 OBS_STATUS=A
            Q.ARM UNIT=PS AGENCY=y SOURCE=SURV | 2023-Q1=1 OBS_STATUS=A
            A.ARM UNIT=AP AGENCY=x SOURCE=REG | 2024=1 OBS_STATUS=A
            A.GEO UNIT=AP SOURCE=SURV | 2024=1 OBS_STATUS=A
            """);
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line, string.Join(',', i.Arguments))).Should().BeEquivalentTo(
        [
            ("D0309", 2, "AGENCY,x,y"),
            ("D0309", 2, "SOURCE,REG,SURV"),
            ("D0309", 3, "UNIT,PS,AP"),
        ]);
    }

    [Fact]
    public void A_deletion_needs_keys_only()
    {
        DataSetSpace space = Space(Schema(), DataSetAction.Delete);
        ObservationBatch batch = Batch(space, "A. | -\nA.XXX | 2024\nA.ARM | 2023-Q9");
        new DataValidator(space, _issues).Validate(batch);
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line)).Should().Equal(("D0301", 2), ("D0303", 3));
        batch.Refused[..3].Should().Equal(false, true, true);
    }

    [Fact]
    public void Passes_over_what_was_refused_before()
    {
        DataSetSpace space = Space(Schema());
        ObservationBatch batch = Batch(space, "A.XXX UNIT=PS | 2023=x OBS_STATUS=A | 2024=x OBS_STATUS=A");
        batch.Refused[0] = true;
        new DataValidator(space, _issues).Validate(batch);
        _issues.Kept.Select(i => (i.Code.Id, i.Observations)).Should().BeEquivalentTo([("D0301", 1), ("D0305", 1)]);
    }

    [Fact]
    public void A_coded_measure_takes_codes_only()
    {
        StructureSet structures = new([Codes("CL_AREA", "ARM"), Codes("CL_YES", "Y N"),
            Dsd("D", [Dimension("REF_AREA", Coded("CL_AREA")), Time()], Measure(Coded("CL_YES")))]);
        DataSetSpace space = Space(Resolve(structures, Structure("D")));
        ObservationBatch batch = Batch(space, "ARM | 2023=Y | 2024=7");
        new DataValidator(space, _issues).Validate(batch);
        Only(IssueCodes.UnknownCode, "OBS_VALUE", 1, 3, "ARM", "2024").Arguments.Should().Equal("7", "OBS_VALUE", "T:CL_YES(1.0)");
    }

    [Fact]
    public void Uncoded_dimensions_have_formats_and_time_may_be_free_text()
    {
        StructureSet structures = new([Dsd("D", [Dimension("YEAR", Text(SdmxDataType.GregorianYear)), Time(SdmxDataType.String)], Measure(Text()))]);
        DataSetSpace space = Space(Resolve(structures, Structure("D")));
        new DataValidator(space, _issues).Validate(Batch(space, "2023 | III=x\n20X3 | IV=y"));
        Only(IssueCodes.BadValue, "YEAR", 2, 1, "20X3", null);
    }

    [Fact]
    public void The_period_of_a_series_is_compared_with_a_frequency_of_several_letters()
    {
        Validate("A_3.ARM UNIT=PS | 2023=1 OBS_STATUS=A | 2023-Q1=1 OBS_STATUS=A");
        Only(IssueCodes.PeriodFrequencyMismatch, "TIME_PERIOD", 1, 3, "A_3.ARM", "2023-Q1").Arguments.Should().Equal("2023-Q1", "A_3");
    }

    [Fact]
    public void Refuses_a_batch_of_another_data_set()
    {
        DataSchema schema = Schema();
        Action act = () => new DataValidator(Space(schema), _issues).Validate(new ObservationBatch(Space(schema)));
        act.Should().Throw<ArgumentException>();
    }

    private static DataSchema Schema(bool mandatoryMeasure = false)
    {
        DataConstraint constraint = new()
        {
            AgencyId = Agency,
            Id = "DC",
            Version = SdmxVersion.Default,
            Attachments = [Flow("F")],
            Regions = [new CubeRegion(true,
            [
                new MemberSelection { ComponentId = "REF_AREA", Values = [new MemberValue("ARM"), new MemberValue("GEO")] },
                new MemberSelection { ComponentId = "OBS_STATUS", IsAttribute = true, IsIncluded = false, Values = [new MemberValue("K")] },
            ])],
        };
        return Resolve(new StructureSet(
        [
            Codes("CL_FREQ", "A Q M A_3"), Codes("CL_AREA", "ARM GEO EST"), Codes("CL_UNIT", "PS AP"), Codes("CL_STATUS", "A M K"), constraint, FlowOf("F", "D"),
            Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("REF_AREA", Coded("CL_AREA")), Time()],
                Measure(Text(SdmxDataType.Integer, f => f with { MinValue = 0 }), mandatoryMeasure),
                Attribute("AGENCY", Text(), false, AttributeRelationship.Dataflow),
                Attribute("SOURCE", Text(), false, AttributeRelationship.Dimensions, "REF_AREA"),
                Attribute("UNIT", Coded("CL_UNIT"), true, AttributeRelationship.Dimensions, "FREQ", "REF_AREA"),
                Attribute("CODE", Text(SdmxDataType.String, f => f with { Pattern = "[A-Z]+[0-9]?" }), false, AttributeRelationship.Dimensions, "FREQ", "REF_AREA"),
                Attribute("OBS_STATUS", Coded("CL_STATUS"), true, AttributeRelationship.Observation),
                Attribute("NOTE", Text(SdmxDataType.String, f => f with { MaxLength = 5 }), false, AttributeRelationship.Observation)),
        ]), Flow("F"));
    }

    [Fact]
    public void Right_texts_of_multilingual_attributes_cost_no_memory()
    {
        DataAttribute note = Attribute("NOTE", Text(change: f => f with { IsMultilingual = true, MaxLength = 9 }), mandatory: false, AttributeRelationship.Observation);
        DataStructure structure = Dsd("D", [Dimension("REF_AREA", Text()), Time()], Measure(Text(SdmxDataType.Double)), note);
        DataSetSpace space = Space(Resolve(new StructureSet([structure]), structure.Reference));
        ObservationBatch batch = Batch(space, "ARM" + string.Concat(Enumerable.Range(1000, 2000).Select(year => $" | {year}=1{(year % 3 == 0 ? "" : " NOTE=right")}")));
        DataValidator validator = new(space, _issues, new ValidationOptions { Duplicates = DuplicatePolicy.Allow });
        validator.Validate(batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        validator.Validate(batch);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(batch.Count);
        _issues.Count.Should().Be(0);
    }

    private ObservationBatch Validate(string text, bool mandatoryMeasure = false)
    {
        DataSetSpace space = Space(Schema(mandatoryMeasure));
        ObservationBatch batch = Batch(space, text);
        new DataValidator(space, _issues).Validate(batch);
        return batch;
    }

    private Issue Only(IssueCode code, string? component, int line, int column, string key, string? period)
    {
        Issue issue = _issues.Kept.Should().ContainSingle().Which;
        issue.Code.Should().Be(code);
        issue.Location.Should().Be(new Location(line, column, key, period, component));
        return issue;
    }
}
