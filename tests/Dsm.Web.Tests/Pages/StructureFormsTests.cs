using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;
using static Dsm.Web.Tests.Pages.EditorForms;

namespace Dsm.Web.Tests.Pages;

/// <summary>Forms for the types of structures that are no lists. Every draft that a test makes, it throws away.</summary>
[Collection(PagesCollection.Name)]
public sealed class StructureFormsTests(PagesHub pages)
{
    private StructureSet Structures => pages.Hub.Services.GetRequiredService<StructureRegistry>().Current.Structures;

    [Fact]
    public async Task An_attribute_is_added_to_a_data_structure_and_its_publication_needs_a_minor_version()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/DataStructure/EECA/DSD_FSTOCK/1.0.0");
        string concept = Find<ConceptScheme>("CS_MIGRATION", "1.0.0").Reference.Urn.Replace("conceptscheme.ConceptScheme=", "conceptscheme.Concept=", StringComparison.Ordinal) + ".PURPOSE";
        string path = draft + "/edit/component?list=attributes";

        HttpResponseMessage unattached = await PostAsync(browser, path, new() { ["concept"] = concept, ["code"] = "WHY", ["attached"] = "Dimensions", ["values"] = "text:String" });
        (await unattached.Content.ReadAsStringAsync()).Should().Contain("Choose what it is attached to");
        await SendAsync(browser, path, new() { ["concept"] = concept, ["code"] = "WHY", ["attached"] = "Dimensions", ["dimension"] = "REF_AREA", ["values"] = "text:String", ["maxLength"] = "50" });

        DataAttribute added = Find<DataStructure>("DSD_FSTOCK", Last(draft)).Attributes[^1];
        (added.Id, added.Relationship, added.Representation!.TextFormat!.MaxLength).Should().Be(("WHY", AttributeRelationship.Dimensions, 50));
        added.Dimensions.Should().Equal("REF_AREA");
        (await PagesHub.PageAsync(browser, draft + "/compare?with=1.0.0")).QuerySelector("main")!.TextContent.Should().Contain("attribute WHY").And.Contain("addition");

        await SendAsync(browser, draft + "/edit/component?list=dimensions&item=SEX", new() { ["code"] = "GENDER" });
        DataStructure renamed = Find<DataStructure>("DSD_FSTOCK", Last(draft));
        renamed.Dimensions.Select(d => d.Id).Should().Contain("GENDER").And.NotContain("SEX");
        renamed.Groups.SelectMany(g => g.Dimensions).Should().NotContain("SEX", "groups follow the new id");
        (await PagesHub.PageAsync(browser, draft + "/publish")).QuerySelector("input[name=number]")!.GetAttribute("value").Should().Be("2.0.0", "another dimension breaks what there is");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Codes_of_a_constraint_are_ticked()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/DataConstraint/EECA/DC_WPERMIT/1.0.0");
        string path = draft + "/edit/region?region=0&component=SEX";
        IHtmlDocument page = await PagesHub.PageAsync(browser, path);
        page.QuerySelectorAll("input[name=value][checked]").Select(i => i.GetAttribute("value")).Should().BeEquivalentTo("_T", "M", "F", "_U");

        await SendAsync(browser, path, new() { ["how"] = "only", ["value"] = "_T" });
        Find<DataConstraint>("DC_WPERMIT", Last(draft)).Regions[0].Selections.Single(s => s.ComponentId == "SEX").Values.Select(v => v.Value).Should().Equal("_T");
        (await (await PostAsync(browser, path, new() { ["how"] = "only", ["value"] = "" })).Content.ReadAsStringAsync()).Should().Contain("Tick or list at least one value");
        await SendAsync(browser, draft + "/edit/region?region=0&component=TIME_PERIOD", new() { ["how"] = "only", ["start"] = "2010", ["end"] = "" });
        Find<DataConstraint>("DC_WPERMIT", Last(draft)).Regions[0].Selections.Single(s => s.ComponentId == "TIME_PERIOD").StartPeriod.Should().Be("2010");
        await SendAsync(browser, path, new() { ["how"] = "any" });
        Find<DataConstraint>("DC_WPERMIT", Last(draft)).Regions[0].Selections.Should().NotContain(s => s.ComponentId == "SEX");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task A_hierarchy_gets_codes_below_others()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/Hierarchy/EECA/H_CIS/1.0.0");
        Hierarchy before = Find<Hierarchy>("H_CIS", Last(draft));
        string top = before.Codes[0].Id;
        string list = before.Codes[0].Children[0].Code.Maintainable.Urn;
        string code = Structures.Find<Codelist>(StructureReference.ParseUrn(list))!.Codes.Select(c => c.Id).First(c => before.Codes[0].Children.All(p => p.Id != c) && c != top);

        (await (await PostAsync(browser, draft + "/edit/place", new() { ["list"] = list, ["codes"] = "NOWHERE", ["below"] = top })).Content.ReadAsStringAsync()).Should().Contain("NOWHERE is not in the list");
        await SendAsync(browser, draft + "/edit/place", new() { ["list"] = list, ["codes"] = code, ["below"] = top });
        Find<Hierarchy>("H_CIS", Last(draft)).Codes[0].Children[^1].Code.ItemId.Should().Be(code);
        await SendAsync(browser, $"{draft}/edit/place?path={top}/{code}", [], "Remove");
        Find<Hierarchy>("H_CIS", Last(draft)).Codes[0].Children.Select(c => c.Id).Should().Equal(before.Codes[0].Children.Select(c => c.Id));
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task A_hierarchy_gets_levels_that_its_codes_follow()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/Hierarchy/EECA/H_CIS/1.0.0");
        IHtmlDocument wrong = await ReadAsync(await PostAsync(browser, draft.Replace("/en/", "/ru/", StringComparison.Ordinal) + "/edit/level", new() { ["code"] = "1 UNION" }));
        wrong.QuerySelectorAll("#code-error, #name_ru-error").Should().HaveCount(2);
        await SendAsync(browser, draft + "/edit/level", new() { ["code"] = "STATE", ["name_en"] = "State", ["name_ru"] = "Государство" });
        await SendAsync(browser, draft + "/edit/level", new() { ["code"] = "UNION", ["name_en"] = "Union", ["name_ru"] = "Объединение" });
        (await (await PostAsync(browser, draft + "/edit/level", new() { ["code"] = "UNION", ["name_en"] = "Again" })).Content.ReadAsStringAsync()).Should().Contain("UNION is there already");

        IHtmlDocument edit = await PagesHub.PageAsync(browser, draft + "/edit");
        edit.QuerySelectorAll<IHtmlButtonElement>("button.step[value='/level/UNION']").Select(b => b.GetAttribute("formaction")).Should().Equal("?handler=Up", "?handler=Down");
        HttpResponseMessage moved = await browser.PostAsync(draft + "/edit?handler=Up", new FormUrlEncodedContent([new("part", "/level/UNION"), new("__RequestVerificationToken", PagesHub.Token(edit))]));
        moved.Headers.Location!.ToString().Should().EndWith("/edit#levels");
        Find<Hierarchy>("H_CIS", Last(draft)).Levels.Select(l => l.Id).Should().Equal("UNION", "STATE");

        await SendAsync(browser, draft + "/edit", [], "LevelsByDepth");
        await SendAsync(browser, draft + "/edit", new() { ["formal"] = "true" }, "FormalLevels");
        Hierarchy levelled = Find<Hierarchy>("H_CIS", Last(draft));
        (levelled.Codes[0].Level, levelled.Codes[0].Children[0].Level, levelled.HasFormalLevels).Should().Be(("UNION", "STATE", true));
        (await PagesHub.PageAsync(browser, draft.Replace("/en/", "/ru/", StringComparison.Ordinal))).QuerySelector("main")!.TextContent.Should().Contain("Объединение").And.Contain("Государство").And.Contain("Уровни формальные");

        await SendAsync(browser, draft + "/edit/level?item=STATE", new() { ["code"] = "COUNTRY" });
        Find<Hierarchy>("H_CIS", Last(draft)).Codes[0].Children.Should().OnlyContain(c => c.Level == "COUNTRY", "codes follow a new id");
        string path = $"{draft}/edit/place?path={levelled.Codes[0].Id}/{levelled.Codes[0].Children[0].Id}";
        (await ReadAsync(await PostAsync(browser, path, new() { ["level"] = "NOWHERE" }))).QuerySelector("#level-error")!.TextContent.Should().Be("The hierarchy has no level NOWHERE.");
        await SendAsync(browser, path, new() { ["level"] = "UNION" });
        Find<Hierarchy>("H_CIS", Last(draft)).Codes[0].Children[0].Level.Should().Be("UNION");

        await SendAsync(browser, draft + "/edit/level?item=UNION", [], "Remove");
        Hierarchy less = Find<Hierarchy>("H_CIS", Last(draft));
        (less.Levels.Length, less.Codes[0].Level, less.Codes[0].Children[0].Level, less.Codes[0].Children[1].Level).Should().Be((1, null, null, "COUNTRY"));
        (await PagesHub.PageAsync(browser, draft + "/edit")).QuerySelector("main")!.TextContent.Should().Contain("2 codes are at no level.");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task A_codelist_takes_in_codes_of_others()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        await SendAsync(browser, "/en/structures/new?kind=Codelist", new() { ["agency"] = "EECA", ["id"] = "CL_TAKES", ["name_en"] = "Takes in" });
        const string draft = "/en/structures/Codelist/EECA/CL_TAKES/1.0.0-draft";
        string other = Find<Codelist>("CL_AGE_MIG", "1.0.0").Urn, path = draft + "/edit/extension";

        IHtmlDocument wrong = await ReadAsync(await PostAsync(browser, path.Replace("/en/", "/ru/", StringComparison.Ordinal), new() { ["list"] = other, ["prefix"] = "A G", ["which"] = "only", ["codes"] = "Y0T17 NOWHERE", ["withbelow"] = "ZZ%" }));
        wrong.QuerySelectorAll("#prefix-error, #codes-error, #withbelow-error").Select(e => e.TextContent).Should().Equal(
            "A G: в приставке допустимы только буквы, цифры и знаки _ @ $ -.", "NOWHERE: в том списке такого кода нет.", "ZZ%: в том списке такого кода нет.");
        ((IHtmlTextAreaElement)wrong.QuerySelector("#codes")!).Value.Should().Be("Y0T17 NOWHERE", "what was typed stays");
        (await ReadAsync(await PostAsync(browser, path, new() { ["list"] = other, ["which"] = "not" }))).QuerySelector("#codes-error")!.TextContent.Should().StartWith("Name at least one code");

        await SendAsync(browser, path, new() { ["list"] = other, ["prefix"] = "AGE_", ["which"] = "only", ["codes"] = "_T\nY_GE%", ["withbelow"] = "Y0T17" });
        Codelist saved = Find<Codelist>("CL_TAKES", "1.0.0-draft");
        CodelistExtension extension = saved.Extensions.Should().ContainSingle().Subject;
        (extension.Codelist.Urn, extension.Prefix, extension.IsExclusive).Should().Be((other, "AGE_", false));
        extension.Codes.Should().Equal(new MemberValue("_T"), new MemberValue("Y_GE%"), new MemberValue("Y0T17", CascadeValues.WithRoot));
        string[] whole = [.. Dsm.Sdmx.Data.CodelistExtensions.Resolve(Structures, saved).Codes.Select(c => c.Id)];
        whole.Should().Contain(["AGE__T", "AGE_Y_GE65", "AGE_Y0T17"]);
        (await PagesHub.PageAsync(browser, draft + "/edit")).QuerySelector("#extensions ~ form td.n")!.TextContent.Should().Be(whole.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));

        await SendAsync(browser, path + "?number=0", new() { ["which"] = "not", ["prefix"] = "" });
        Find<Codelist>("CL_TAKES", "1.0.0-draft").Extensions[0].Should().Match<CodelistExtension>(e => e.IsExclusive && e.Prefix == null && e.Codes.SequenceEqual(extension.Codes));
        await SendAsync(browser, path, new() { ["list"] = Find<Codelist>("CL_DIRECTION", "1.0.0").Urn, ["which"] = "all" });
        await browser.PostAsync(draft + "/edit?handler=Up", new FormUrlEncodedContent([new("part", "/extension/1"), new("__RequestVerificationToken", PagesHub.Token(await PagesHub.PageAsync(browser, draft + "/edit")))]));
        Find<Codelist>("CL_TAKES", "1.0.0-draft").Extensions.Select(e => e.Codelist.Id).Should().Equal("CL_DIRECTION", "CL_AGE_MIG");
        (await PagesHub.PageAsync(browser, draft)).QuerySelector("main")!.TextContent.Should().Contain("Codes of other lists").And.Contain("all but _T, Y_GE%, Y0T17 with all below");

        // A list that would take itself in by a detour is refused.
        await SendAsync(browser, "/en/structures/new?kind=Codelist", new() { ["agency"] = "EECA", ["id"] = "CL_DETOUR", ["name_en"] = "Detour" });
        const string detour = "/en/structures/Codelist/EECA/CL_DETOUR/1.0.0-draft";
        await SendAsync(browser, detour + "/edit/extension", new() { ["list"] = saved.Urn, ["which"] = "all" });
        (await ReadAsync(await PostAsync(browser, path, new() { ["list"] = Find<Codelist>("CL_DETOUR", "1.0.0-draft").Urn, ["which"] = "all" }))).QuerySelector("#list-error")!.TextContent.Should().Be("CL_DETOUR takes in codes of this list itself.");
        await SendAsync(browser, detour + "/edit", [], "Discard");
        await SendAsync(browser, path + "?number=0", [], "Remove");
        Find<Codelist>("CL_TAKES", "1.0.0-draft").Extensions.Should().ContainSingle().Which.Codelist.Id.Should().Be("CL_AGE_MIG");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task An_organisation_gets_contacts_in_both_languages()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        OrganisationScheme scheme = Structures.Of<OrganisationScheme>().First(s => s.AgencyId == "EECA" && s.Type == StructureType.DataProviderScheme);
        string id = scheme.Organisations[0].Id, page = $"/en/structures/DataProviderScheme/EECA/{scheme.Id}/{scheme.Version}";
        string path = $"{page}/edit/contact?item={id}";
        Organisation Saved() => Structures.Of<OrganisationScheme>().Single(s => s.Urn == scheme.Urn).Organisations.Single(o => o.Id == id);
        int before = Saved().Contacts.Length;

        IHtmlDocument wrong = await ReadAsync(await PostAsync(browser, path.Replace("/en/", "/ru/", StringComparison.Ordinal), new() { ["name_ru"] = "Отдел", ["detailEmail"] = "ani@stat.example\nani at stat", ["detailURI"] = "stat.example" }));
        wrong.QuerySelector("#detailEmail-error")!.TextContent.Should().Be("ani at stat – не адрес электронной почты.");
        wrong.QuerySelector("#detailURI-error")!.TextContent.Should().StartWith("stat.example – не адрес в интернете");
        ((IHtmlTextAreaElement)wrong.QuerySelector("#detailEmail")!).Value.Should().Be("ani@stat.example\nani at stat");
        (await ReadAsync(await PostAsync(browser, path, []))).QuerySelector("#name_en-error")!.TextContent.Should().Be("Write a name, or a way to reach somebody.");

        await SendAsync(browser, path, new() { ["name_en"] = "Migration unit", ["name_ru"] = "Отдел миграции", ["role_en"] = "Focal point", ["detailEmail"] = "ani@stat.example\nunit@stat.example", ["detailTelephone"] = "+374 10 000000" });
        Contact added = Saved().Contacts[^1];
        (added.Name["ru"], added.Role["en"]).Should().Be(("Отдел миграции", "Focal point"));
        added.Details.Should().Equal(KeyValuePair.Create("Email", "ani@stat.example"), KeyValuePair.Create("Email", "unit@stat.example"), KeyValuePair.Create("Telephone", "+374 10 000000"));
        (await PagesHub.PageAsync(browser, $"{page}/edit/item?item={id}")).QuerySelector("#contacts ~ ul")!.TextContent.Should().Contain("Migration unit").And.Contain("+374 10 000000");
        (await PagesHub.PageAsync(browser, page.Replace("/en/", "/ru/", StringComparison.Ordinal))).QuerySelector("main")!.TextContent.Should().Contain("Отдел миграции: ani@stat.example");

        await SendAsync(browser, $"{path}&number={before}", new() { ["detailTelephone"] = "" });
        Saved().Contacts[^1].Details.Select(d => d.Key).Should().Equal("Email", "Email");
        HttpResponseMessage removed = await PostAsync(browser, $"{path}&number={before}", [], "Remove");
        removed.StatusCode.Should().Be(HttpStatusCode.Redirect);
        Saved().Contacts.Should().HaveCount(before);
    }

    [Fact]
    public async Task Maps_are_made_and_edited_side_by_side_and_say_what_is_not_mapped()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        await SendAsync(browser, "/en/structures/new?kind=RepresentationMap", new()
        {
            ["agency"] = "EECA", ["id"] = "RM_TRIAL", ["name_en"] = "Trial", ["source"] = Find<Codelist>("CL_DIRECTION", "1.0.0").Urn, ["target"] = Find<Codelist>("CL_APPL_TYPE", "1.0.0").Urn,
        });
        string draft = "/en/structures/RepresentationMap/EECA/RM_TRIAL/1.0.0-draft";
        string source = Find<Codelist>("CL_DIRECTION", "1.0.0").Codes[0].Id, target = Find<Codelist>("CL_APPL_TYPE", "1.0.0").Codes[0].Id;
        (await PagesHub.PageAsync(browser, draft + "/edit")).QuerySelector("main")!.TextContent.Should().Contain("Source codes without a target").And.Contain(source);

        (await (await PostAsync(browser, draft + "/edit/rows", new() { ["t0"] = "NOWHERE" })).Content.ReadAsStringAsync()).Should().Contain("NOWHERE is not in the target list");
        await SendAsync(browser, draft + "/edit/rows", new() { ["t0"] = target });
        RepresentationMapping row = Find<RepresentationMap>("RM_TRIAL", "1.0.0-draft").Mappings.Should().ContainSingle().Subject;
        (row.Sources[0].Value, row.Targets[0]).Should().Be((source, target));

        IHtmlDocument wrong = await ReadAsync(await PostAsync(browser, draft + "/edit/maptable", new() { ["rows"] = $"{source}\t{target}\n\nNOWHERE\t{target}\n" }));
        ((IHtmlTextAreaElement)wrong.QuerySelector("#rows")!).Value.Should().Be($"{source}\t{target}\nNOWHERE\t{target}\n", "row 2 is the second line that is shown again");
        wrong.QuerySelector("[role=alert]")!.TextContent.Should().Contain("Row 2").And.Contain("NOWHERE");
        IHtmlDocument quoted = await ReadAsync(await PostAsync(browser, draft + "/edit/maptable", new() { ["rows"] = $"{source}\t\"{target}\n" }));
        quoted.QuerySelector("[role=alert]")!.TextContent.Should().Contain($"Row 1: the target code is not in its list (\"{target})", "a stray quotation mark loses nothing");
        ((IHtmlTextAreaElement)quoted.QuerySelector("#rows")!).Value.Should().Be($"{source}\t\"{target}\n");
        IHtmlDocument right = await ReadAsync(await PostAsync(browser, draft + "/edit/maptable", new() { ["rows"] = $"{source}\t{target}\n/X(.*)/\t\\1\n" }));
        IHtmlFormElement form = right.QuerySelectorAll<IHtmlFormElement>("main form").Single();
        (await browser.PostAsync(form.QuerySelector("button[formaction]")!.GetAttribute("formaction"), Form(form, []))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        Find<RepresentationMap>("RM_TRIAL", "1.0.0-draft").Mappings[1].Sources[0].Should().Be(new MappedValue("X(.*)", IsRegEx: true));
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task A_structure_map_fills_the_components_of_its_target()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string flow = Find<Dataflow>("DF_RSD", "1.0.0").Urn;
        await SendAsync(browser, "/en/structures/new?kind=StructureMap", new() { ["agency"] = "EECA", ["id"] = "SM_TRIAL", ["name_en"] = "Trial", ["source"] = flow, ["target"] = flow });
        string draft = "/en/structures/StructureMap/EECA/SM_TRIAL/1.0.0-draft";

        (await (await PostAsync(browser, draft + "/edit/rule?target=SEX", new() { ["how"] = "Copy" })).Content.ReadAsStringAsync()).Should().Contain("Tick a source component");
        IHtmlDocument wide = await ReadAsync(await PostAsync(browser, draft + "/edit/rule?target=SEX", new() { ["how"] = "Map", ["source"] = "SEX", ["map"] = Find<RepresentationMap>("RM_ESTAT_GEO_IN", "1.0.0").Urn }));
        wide.QuerySelector("#map-error")!.TextContent.Should().StartWith("RM_ESTAT_GEO_IN has 1 source columns and 2 target columns");
        await SendAsync(browser, draft + "/edit/rule?target=SEX", new() { ["how"] = "Copy", ["source"] = "SEX" });
        await SendAsync(browser, draft + "/edit/rule?target=FREQ", new() { ["how"] = "Fixed", ["fixed"] = "A" });
        await SendAsync(browser, draft + "/edit/rule?target=TIME_PERIOD", new() { ["how"] = "Time", ["source"] = "TITLE", ["pattern"] = "MM/yyyy", ["frequency"] = "M" });
        StructureMap map = Structures.Of<StructureMap>().Single(m => m.Id == "SM_TRIAL");
        map.ComponentMaps.Should().ContainSingle().Which.Targets.Should().Equal("SEX");
        map.FixedValues.Should().ContainSingle().Which.Values.Should().Equal("A");
        map.TimeMaps.Should().ContainSingle().Which.SourcePattern.Should().Be("MM/yyyy");

        await SendAsync(browser, draft + "/edit/rule?target=SEX", new() { ["how"] = "Fixed", ["fixed"] = "_T" });
        map = Structures.Of<StructureMap>().Single(m => m.Id == "SM_TRIAL");
        map.ComponentMaps.Should().BeEmpty();
        map.FixedValues.Select(f => f.ComponentId).Should().Equal("FREQ", "SEX");
        (await PagesHub.PageAsync(browser, draft + "/edit")).QuerySelector("main")!.TextContent.Should().Contain("not mapped").And.Contain("OUTCOME");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Sources_of_a_rule_keep_the_order_of_the_columns_of_its_map()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string together = await DraftAsync(browser, "/en/structures/StructureMap/EECA/SM_ESTAT_ASYDEC_IN/1.0.0");
        (await PagesHub.PageAsync(browser, together + "/edit/rule?target=REF_AREA")).QuerySelector("main")!.TextContent.Should().Contain("The same rule also fills COMPILING_ORG");
        await SendAsync(browser, together + "/edit", [], "Discard");

        string draft = await DraftAsync(browser, "/en/structures/StructureMap/EECA/SM_ESTAT_ASYDEC_OUT/1.0.0"), path = draft + "/edit/rule?target=unit";
        IHtmlFormElement form = (await PagesHub.PageAsync(browser, path)).QuerySelectorAll<IHtmlFormElement>("main form[method=post]").First();
        string[] ticked = [.. form.QuerySelectorAll<IHtmlInputElement>("input[name=source]").Where(i => i.IsChecked).Select(i => i.Value)];
        string[] columns = [.. Find<StructureMap>("SM_ESTAT_ASYDEC_OUT", "1.0.0").ComponentMaps.Single(c => c.Targets.Contains("unit")).Sources];
        ticked.Should().BeEquivalentTo(columns).And.NotEqual(columns, "ticks stand in the order of the structure");
        KeyValuePair<string, string>[] fields =
        [
            new("how", "Map"), new("map", form.QuerySelector<IHtmlSelectElement>("#map")!.Value!), .. ticked.Select(t => new KeyValuePair<string, string>("source", t)),
            new("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ];
        (await browser.PostAsync(path, new FormUrlEncodedContent(fields))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        Find<StructureMap>("SM_ESTAT_ASYDEC_OUT", Last(draft)).ComponentMaps.Single(c => c.Targets.Contains("unit")).Sources.Should().Equal(columns);
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task References_of_a_dataflow_may_follow_the_versions_of_its_structure()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string structure = Find<DataStructure>("DSD_BORDER", "1.0.0").Urn;
        await SendAsync(browser, "/en/structures/new?kind=Dataflow", new() { ["agency"] = "EECA", ["id"] = "DF_TRIAL", ["name_ru"] = "Проба", ["structure"] = structure });
        string draft = "/en/structures/Dataflow/EECA/DF_TRIAL/1.0.0-draft";
        string following = structure.Replace("(1.0.0)", "(1.0+.0)", StringComparison.Ordinal);
        await SendAsync(browser, draft + "/edit", new() { ["structure"] = following }, "Links");
        Find<Dataflow>("DF_TRIAL", "1.0.0-draft").Structure!.Urn.Should().Be(following);

        (await PagesHub.PageAsync(browser, draft + "/publish")).QuerySelector("main")!.TextContent.Should().Contain("Ready to be published as version 1.0.0");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    [Fact]
    public async Task Everything_else_is_edited_as_a_message_with_located_errors()
    {
        using HttpClient browser = await pages.BrowserAsync("structures");
        string draft = await DraftAsync(browser, "/en/structures/MetadataStructure/EECA/MSD_MIG_NOTES/1.0.0");
        string message = ((IHtmlTextAreaElement)(await PagesHub.PageAsync(browser, draft + "/edit/xml")).QuerySelector("#xml")!).Value;

        IHtmlDocument broken = await ReadAsync(await PostAsync(browser, draft + "/edit/xml", new() { ["xml"] = message.Replace("</str:MetadataStructure>", "</str:Oops>", StringComparison.Ordinal) }));
        broken.QuerySelector("[role=alert]")!.TextContent.Should().MatchRegex("Line [0-9]+, column [0-9]+");
        IHtmlDocument other = await ReadAsync(await PostAsync(browser, draft + "/edit/xml", new() { ["xml"] = message.Replace("1.1.0-draft", "1.0.0", StringComparison.Ordinal) }));
        other.QuerySelector("[role=alert]")!.TextContent.Should().Contain("nothing else");

        string changed = System.Text.RegularExpressions.Regex.Replace(message, "(<com:Name xml:lang=\"en\">)[^<]*", "$1Renamed by hand");
        IHtmlDocument checkedPage = await ReadAsync(await PostAsync(browser, draft + "/edit/xml", new() { ["xml"] = changed }));
        checkedPage.QuerySelector("main")!.TextContent.Should().Contain("Renamed by hand");
        IHtmlFormElement form = checkedPage.QuerySelectorAll<IHtmlFormElement>("main form").Single();
        (await browser.PostAsync(form.QuerySelector("button[formaction]")!.GetAttribute("formaction"), Form(form, new() { ["xml"] = changed }))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        Structures.All.Single(a => a.Id == "MSD_MIG_NOTES" && a.Version.ToString() == "1.1.0-draft").Name["en"].Should().Be("Renamed by hand");
        await SendAsync(browser, draft + "/edit", [], "Discard");
    }

    private static string Last(string draft) => draft[(draft.LastIndexOf('/') + 1)..];

    private T Find<T>(string id, string version)
        where T : Maintainable => Structures.Of<T>().Single(a => a.AgencyId == "EECA" && a.Id == id && a.Version.ToString() == version);
}
