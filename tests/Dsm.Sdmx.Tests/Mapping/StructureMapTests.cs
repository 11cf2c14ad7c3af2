using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Mapping;

public class StructureMapTests
{
    private const string Quarter = @"~^(\d{4})[- ]?Q([1-4])$ > \1-Q\2";

    [Fact]
    public void One_to_one_and_many_to_one()
        => Areas("Армения > ARM", "Сан-Марино > SPM", "Республика Сан-Марино > SPM", "Абхазия > _X")
            .Run("Армения.IN.2005Q3 | -=1\nСан-Марино.IN.2005Q3 | -=2\nРеспублика__Сан-Марино.IN.2005Q3 | -=3\nАбхазия.IN.2005Q3 | -=4")
            .Should().Equal("Q.ARM._T 2005-Q3=1", "Q.SPM._T 2005-Q3=2", "Q.SPM._T 2005-Q3=3", "Q._X._T 2005-Q3=4");

    [Fact]
    public void One_to_many_and_fixed_values()
        => new MapFixture().Map("NAME", "AREA+SEX", "Армяне (м) > ARM+M").Map("PERIOD", "TIME_PERIOD", Quarter).Map("OBS_VALUE", "OBS_VALUE").Fixed("FREQ=Q", "OBS_STATUS=D", "UNIT=PS")
            .Run("Армяне__(м).x.2005Q3 | -=5").Should().Equal("Q.ARM.M 2005-Q3=5 D");

    [Fact]
    public void Many_to_many_takes_values_in_combination()
    {
        MapFixture map = new MapFixture().Map("NAME+SHEET", "AREA+SEX", "A+1 > ARM+M", "A+2 > ARM+F", "B+~\\d > RUS+_T").Map("PERIOD", "TIME_PERIOD", Quarter).Map("OBS_VALUE", "OBS_VALUE").Fixed("FREQ=Q");
        map.Run("A.1.2005Q3 | -=1\nA.2.2005Q3 | -=2\nB.7.2005Q3 | -=3\nA.7.2005Q3 | -=4").Should().Equal("Q.ARM.M 2005-Q3=1", "Q.ARM.F 2005-Q3=2", "Q.RUS._T 2005-Q3=3");
        Issue issue = map.Issues.Kept.Should().ContainSingle().Which;
        issue.Code.Should().Be(IssueCodes.Unmapped);
        issue.Arguments.Should().Equal("A, 7", "NAME+SHEET", "T:RM1(1.0)");
        issue.Location.Should().Be(new Location(4, 1, "A.7.2005Q3", null, "NAME+SHEET"));
        map.Refused.Should().Equal(false, false, false, true);
    }

    /// <summary>
    /// SDMX 3.0 information model, RepresentationMap, MappedValue: a substring "ending at this index (starting at zero)" does not say
    /// whether the character at the index belongs to it. Here it does not: 0 and 3 are the first three characters of RUS_M_2024.
    /// </summary>
    [Fact]
    public void The_end_index_of_a_substring_is_not_included()
        => new MapFixture().Map("NAME", "AREA", "[0..3]RUS > RUS").Map("SHEET", "SEX", "[4..5]M > M").Map("PERIOD", "TIME_PERIOD", "[6..]2024 > 2024").Map("OBS_VALUE", "OBS_VALUE").Fixed("FREQ=A")
            .Run("RUS_M_2024.RUS_M_2024.RUS_M_2024 | -=1").Should().Equal("A.RUS.M 2024=1");

    [Fact]
    public void Exact_values_come_before_expressions_and_these_in_document_order()
    {
        MapFixture map = Areas("~[A-Z]⁺ > _X", "~A > RUS", "A > ARM", "~^B > SPM");
        map.Run("A.x.2005Q3 | -=1\nB.x.2005Q3 | -=2\nB1.x.2005Q3 | -=3").Should().Equal("Q.ARM._T 2005-Q3=1", "Q._X._T 2005-Q3=2", "Q.SPM._T 2005-Q3=3");
    }

    [Fact]
    public void An_expression_without_anchors_must_match_the_whole_value()
    {
        MapFixture map = Areas("~A > ARM");
        map.Run("AB.x.2005Q3 | -=1").Should().BeEmpty();
        map.Issues.CountOf(IssueCodes.Unmapped).Should().Be(1);
    }

    [Theory]
    [InlineData("2005-Q3")]
    [InlineData("2005Q3")]
    [InlineData("3__кв__2005")]
    [InlineData("III__квартал__2005__г_")]
    [InlineData("2005__III")]
    [InlineData("ІІІ__квартал__2005__г_")]
    [InlineData("Q3/2005")]
    [InlineData("9__мес__2005")]
    [InlineData("01_07_2005-30_09_2005")]
    [InlineData("__2005\u00A0Q3__")]
    public void Quarters_in_all_their_national_forms(string period)
        => new MapFixture().Map("NAME", "AREA", "A > ARM").Map("OBS_VALUE", "OBS_VALUE").Fixed("FREQ=Q", "SEX=_T")
            .Map("PERIOD", "TIME_PERIOD", Quarter, @"~^([1-4]) кв (\d{4})$ > \2-Q\1", @"~^I квартал (\d{4}) г_$ > \1-Q1", @"~^III квартал (\d{4}) г_$ > \1-Q3",
                @"~^(\d{4}) III$ > \1-Q3", @"~^Q([1-4])/(\d{4})$ > \2-Q\1", @"~^9 мес (\d{4})$ > \1-Q3", @"~^01_07_(\d{4})-30_09_\d{4}$ > \1-Q3")
            .Run($"A.x.{period} | -=1").Should().Equal("Q.ARM._T 2005-Q3=1");

    [Theory]
    [InlineData("dd.MM.yyyy", "en", "M", "31.03.2024", "2024-03")]
    [InlineData("M/d/yy", "en", "M", "7/1/24", "2024-07")]
    [InlineData("MM.yyyy", "en", "M", "03.2024", "2024-03")]
    [InlineData("dd/MM/YYYY", "en-GB", "D", "22/06/1981", "1981-06-22")]
    [InlineData("YYYY-MMMM-DD", "fr-FR", "D", "2008-mars-12", "2008-03-12")]
    [InlineData("dd MMMM yyyy", "en-US", "Q", "22 July 1981", "1981-Q3")]
    [InlineData("d MMMM yyyy 'г.'", "ru-RU", "S", "5 августа 2024 г.", "2024-S2")]
    [InlineData("yyyyMnnn", "en", "M", "2010M001", "2010-01")]
    [InlineData("yyyyDDD", "en", "D", "2010062", "2010-03-03")]
    [InlineData("yyyy", "en", "D", "1981", "1981-12-31")]
    [InlineData("dd/MM/yyyy", "en", "A", "18/07/1981", "1981")]
    public void Dates_by_pattern(string pattern, string locale, string frequency, string text, string expected)
    {
        TimeConversion.TryCreate(new TimePatternMap { Source = "P", Target = "T", SourcePattern = pattern, Locale = locale }, out TimeConversion? conversion, out string? fault).Should().BeTrue(fault);
        conversion!.Convert(text, frequency).Should().Be(expected);
    }

    [Fact]
    public void A_number_too_long_for_any_date_is_none()
    {
        TimeConversion.TryCreate(new TimePatternMap { Source = "P", Target = "T", SourcePattern = "yyyyMMdddddddddddddd" }, out TimeConversion? conversion, out _).Should().BeTrue();
        conversion!.Convert("20200199999999999999", "M").Should().BeNull();
    }

    [Theory]
    [InlineData("31.02.2024")]
    [InlineData("1.2.2024x")]
    [InlineData("..")]
    [InlineData("")]
    public void What_is_no_date_is_not_mapped(string text)
    {
        TimeConversion.TryCreate(new TimePatternMap { Source = "P", Target = "T", SourcePattern = "d.M.yyyy" }, out TimeConversion? conversion, out _).Should().BeTrue();
        conversion!.Convert(text, "M").Should().BeNull();
    }

    [Theory]
    [InlineData("day", "1899-12-30", "Q", "38626", "2005-Q4")]
    [InlineData("P1D", "1899-12-30", "D", "45292", "2024-01-01")]
    [InlineData("P1D", "1899-12-30", "D", "45292.75", "2024-01-01")]
    [InlineData("second", "1970", "M", "1589808220", "2020-05")]
    [InlineData("millisecond", "1970", "I", "0", "1970-01-01T00:00:00")]
    public void Numbers_since_a_base(string unit, string start, string frequency, string text, string expected)
    {
        TimeConversion.TryCreate(new TimePatternMap { Source = "P", Target = "T", EpochPeriod = unit, BasePeriod = start }, out TimeConversion? conversion, out _).Should().BeTrue();
        conversion!.Convert(text, frequency).Should().Be(expected);
    }

    [Fact]
    public void The_frequency_of_a_date_may_come_from_another_map()
        => new MapFixture().Map("NAME", "AREA", "A > ARM").Map("SHEET", "FREQ", "мес > M", "год > A").Map("OBS_VALUE", "OBS_VALUE").Fixed("SEX=_T")
            .Dates(new TimePatternMap { Source = "PERIOD", Target = "TIME_PERIOD", SourcePattern = "MM/yyyy", FrequencyDimension = "FREQ" })
            .Run("A.мес.03/2024 | -=1\nA.год.12/2024 | -=2").Should().Equal("M.ARM._T 2024-03=1", "A.ARM._T 2024=2");

    [Fact]
    public void A_sign_for_none_becomes_no_value_and_a_status()
    {
        MapFixture map = new MapFixture().Map("NAME", "AREA", "A > ARM").Map("PERIOD", "TIME_PERIOD", Quarter).Fixed("FREQ=Q", "SEX=_T")
            .Map("OBS_VALUE", "OBS_VALUE+OBS_STATUS", "- > +O", @"~(\d⁺) > \1+A");
        map.Run("A.x.2005Q3 | -=-\nA.x.2005Q4 | -=7").Should().Equal("Q.ARM._T 2005-Q3= O", "Q.ARM._T 2005-Q4=7 A");
        map.Target.Measures[0][0].Kind.Should().Be(ObservationValueKind.Absent);
    }

    [Fact]
    public void National_numbers_are_read_when_there_is_no_doubt()
        => Areas("A > ARM").Run("A.x.2005Q3 | -=1__234__567 | -=1'234 | -=1.234.567 | -=1,5 | -=1,234 | -=12__34 | -=5")
            .Select(r => r[(r.IndexOf('=', StringComparison.Ordinal) + 1)..]).Should().Equal("1234567", "1234", "1234567", "1.5", "1,234", "12 34", "5");

    [Theory]
    [InlineData("__Россия__", true)]
    [InlineData("Россия1", true)]
    [InlineData("Росси\u0438\u0306", false)]
    [InlineData("РОССИЯ", false)]
    [InlineData("Росия", false)]
    public void Spelling_is_evened_out_but_nothing_is_guessed(string name, bool isMapped)
        => Areas("Россия > RUS").Run($"{name}.x.2005Q3 | -=1").Length.Should().Be(isMapped ? 1 : 0);

    [Theory]
    [InlineData("Қирғизистон ё", "Қирғизистон е")]
    [InlineData("й", "и\u0306")]
    [InlineData("C", "С")]
    [InlineData("ș", "ş")]
    public void Spellings_that_are_one(string key, string text)
    {
        Areas($"{key} > RUS").Run($"{text.Replace(" ", "__", StringComparison.Ordinal)}.x.2005Q3 | -=1").Should().ContainSingle();
        Areas($"{key} > RUS").Run($"{text.Replace(" ", "__", StringComparison.Ordinal)}.x.2005Q3 | -=1", normalizes: false).Should().BeEmpty();
    }

    [Fact]
    public void Spellings_that_would_mean_two_things_mean_nothing()
        => Areas("CР > ARM", "СP > RUS").Run("CP.x.2005Q3 | -=1").Should().BeEmpty();

    [Fact]
    public void Mappings_hold_in_their_span_of_validity()
    {
        MapFixture map = Areas("A > ARM @..2022", "A > RUS @2023..2023-06", "A > SPM @2023-07..");
        map.Run("A.x.2022Q4 | -=1\nA.x.2023Q2 | -=2\nA.x.2023Q3 | -=3").Should().Equal("Q.ARM._T 2022-Q4=1", "Q.RUS._T 2023-Q2=2", "Q.SPM._T 2023-Q3=3");
    }

    [Fact]
    public void A_period_across_the_end_of_validity_is_not_guessed()
    {
        MapFixture map = Areas("A > ARM @..2023-04", "A > RUS @2023-05..");
        map.Run("A.x.2023Q2 | -=1").Should().BeEmpty();
        map.Issues.CountOf(IssueCodes.Unmapped).Should().Be(1);
    }

    [Fact]
    public void A_row_mapped_to_nothing_is_left_out_and_said()
    {
        MapFixture map = Areas("A > ARM", "Всего >");
        map.Run("A.x.2005Q3 | -=1\nВсего.x.2005Q3 | -=2 | -=3").Should().HaveCount(1);
        Issue issue = map.Issues.Kept.Should().ContainSingle().Which;
        (issue.Code, issue.Observations, issue.Severity).Should().Be((IssueCodes.LeftOutByMap, 2, Severity.Information));
        map.Refused.Should().Equal(false, true, true);
    }

    [Fact]
    public void An_outcome_that_the_target_does_not_have_is_refused()
    {
        MapFixture map = Areas("A > NOWHERE");
        map.Run("A.x.2005Q3 | -=1").Should().BeEmpty();
        map.Issues.Kept.Should().ContainSingle().Which.Arguments.Should().Equal("NOWHERE", "AREA");

        MapFixture constant = Areas("A > ARM").Fixed("OBS_STATUS=ZZ");
        constant.Run("A.x.2005Q3 | -=1").Should().BeEmpty();
        constant.Issues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.MappedValueInvalid);
    }

    [Fact]
    public void Components_of_the_same_id_are_not_copied_by_themselves()
        => new MapFixture("NATT").Map("CODE", "AREA", "51 > ARM").Map("TIME_PERIOD", "TIME_PERIOD").Fixed("FREQ=A", "SEX=_T")
            .Run("51 | 2024=7").Should().Equal("A.ARM._T 2024=");

    [Fact]
    public void Attributes_of_observation_and_series_are_sources_and_a_fixed_source_stands_in()
        => new MapFixture().Map("NAME", "AREA", "A > ARM").Map("PERIOD", "TIME_PERIOD", Quarter).Map("OBS_VALUE", "OBS_VALUE")
            .Map("FLAG", "OBS_STATUS", "x > D", " > A").Map("TITLE", "NOTE").Map("ABSENT", "SEX", "муж > M").Fixed("FREQ=Q", "<ABSENT=муж")
            .Run("A.x.2005Q3 TITLE=t | -=1 FLAG=x | -=2").Should().Equal("Q.ARM.M 2005-Q3=1 D t", "Q.ARM.M 2005-Q3=2 A t");

    [Fact]
    public void Series_that_become_one_share_a_run()
    {
        MapFixture map = Areas("A > _X", "B > _X");
        map.Run("A.x.2005Q3 | -=1\nB.x.2005Q3 | -=2\nA.x.2005Q4 | -=3").Should().HaveCount(3);
        map.Target.SeriesCount.Should().Be(1);
    }

    [Fact]
    public void Collisions_are_found_by_validation_unless_summation_is_declared()
    {
        foreach (bool summed in new[] { false, true })
        {
            MapFixture fixture = Areas("A > _X", "B > _X");
            CompiledStructureMap map = fixture.Compile(summed)!;
            map.IsSummed.Should().Be(summed);
            fixture.Run("A.x.2005Q3 | -=1\nB.x.2005Q3 | -=2");
            new DataValidator(fixture.Target.Space, fixture.Issues, ValidationOptions.Mapped(map.IsSummed)).Validate(fixture.Target);
            fixture.Issues.CountOf(IssueCodes.MappingCollision).Should().Be(summed ? 0 : 1);
        }
    }

    [Fact]
    public void Identity_copies_everything()
    {
        DataSchema schema = IdentitySchema();
        DataSetSpace space = Space(schema);
        ObservationBatch source = Batch(space, "Q.ARM.M UNIT=PS | 2024-Q1=1.50 OBS_STATUS=A NOTE=n | 2024-Q2=NaN\nA.RUS._T | 2024=x");
        StructureMapper mapper = CompiledStructureMap.Identity(schema).Start(space, new IssueList());
        ObservationBatch target = new(mapper.Target);
        mapper.Map(source, target);
        Print(target).Should().Equal(Print(source));

        static string[] Print(ObservationBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(r =>
            $"{batch.LocationOf(r)} {batch.Measures[0][r]} {string.Join('|', batch.ObservationAttributes.Select(a => a[r]))} {batch.SeriesAttributes[0][batch.SeriesOf[r]]}")];
    }

    [Fact]
    public void A_deletion_keeps_what_is_left_out()
    {
        MapFixture fixture = new MapFixture("NATT").Map("CODE", "AREA", "51 > ARM").Map("TIME_PERIOD", "TIME_PERIOD").Fixed("FREQ=A", "SEX=_T");
        CompiledStructureMap map = fixture.Compile()!;
        DataSetSpace space = Space(fixture.Schemas.Item1, DataSetAction.Delete);
        ObservationBatch source = Batch(space, "51 | -");
        StructureMapper mapper = map.Start(space, fixture.Issues);
        ObservationBatch target = new(mapper.Target);
        mapper.Map(source, target);
        fixture.Issues.Count.Should().Be(0);
        (target.Count, target.KeyOf(0), target.Periods[0].IsNone, mapper.Target.Header.Action).Should().Be((1, "A.ARM._T", true, DataSetAction.Delete));
    }

    [Fact]
    public void Faults_of_a_map_are_findings()
    {
        Faults(new MapFixture().Map("NOPE", "AREA")).Should().Contain(f => f.Contains("NOPE"));
        Faults(new MapFixture().Map("NAME", "NOPE")).Should().Contain(f => f.Contains("NOPE"));
        Faults(new MapFixture().Map("NAME+SHEET", "AREA")).Should().Contain(f => f.Contains("RepresentationMap"));
        Faults(Areas("A+B > ARM")).Should().Contain(f => f.Contains("2→1"));
        Faults(Areas("~( > ARM")).Should().NotBeEmpty();
        Faults(Areas("A > ARM").Fixed("AREA=ARM")).Should().Contain(f => f.Contains("AREA ← 2"));
        Faults(new MapFixture().Map("NAME", "AREA", "A > ARM")).Should().Contain(f => f.Contains("FREQ")).And.Contain(f => f.Contains("TIME_PERIOD"));
        Faults(new MapFixture().Dates(new TimePatternMap { Source = "PERIOD", Target = "TIME_PERIOD", SourcePattern = "QQ", TargetFrequencyId = "A" })).Should().Contain(f => f.Contains('Q'));
        Faults(new MapFixture().Dates(new TimePatternMap { Source = "PERIOD", Target = "TIME_PERIOD", EpochPeriod = "week", BasePeriod = "1970", TargetFrequencyId = "A" })).Should().Contain(f => f.Contains("week"));

        static string[] Faults(MapFixture fixture)
        {
            fixture.Compile().Should().BeNull();
            fixture.Issues.Kept.Should().OnlyContain(i => i.Code == IssueCodes.MapDefinition);
            return [.. fixture.Issues.Kept.Select(i => i.Arguments[1])];
        }
    }

    [Theory]
    [InlineData("1", "2", "3")]
    [InlineData("1.50", "2", "3.50")]
    [InlineData("", "5", "5")]
    [InlineData("NaN", "5", "5")]
    [InlineData("", "NaN", "NaN")]
    [InlineData("999999999999999999", "1", "1000000000000000000")]
    [InlineData("-3", "3", "0")]
    public void Adds_values(string left, string right, string sum)
    {
        Aggregator.TryAdd(ObservationValue.Parse(left), ObservationValue.Parse(right), out ObservationValue result).Should().BeTrue();
        result.ToString().Should().Be(sum);
        Aggregator.TryAdd(ObservationValue.Parse(right), ObservationValue.Parse(left), out result).Should().BeTrue();
        result.ToString().Should().Be(sum);
    }

    [Fact]
    public void Texts_cannot_be_added()
        => Aggregator.TryAdd(ObservationValue.Parse("x"), ObservationValue.Of(1), out _).Should().BeFalse();

    private static MapFixture Areas(params string[] rows)
        => new MapFixture().Map("NAME", "AREA", rows).Map("PERIOD", "TIME_PERIOD", Quarter).Map("OBS_VALUE", "OBS_VALUE").Fixed("FREQ=Q", "SEX=_T");

    private static DataSchema IdentitySchema()
    {
        MapFixture fixture = new();
        fixture.Map("NAME", "AREA").Compile();
        return fixture.Schemas.Item2;
    }
}
