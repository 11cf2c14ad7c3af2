using System.Text;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Issues;

/// <summary>What is wrong with a message that cannot be parsed is said in the reader's language too.</summary>
public partial class IssueWordsTests
{
    private const string Xml = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";

    public static TheoryData<string> BrokenXml { get; } =
    [
        "<a x=1/>", "<a x='1'y='2'/>", "<a x='1' x='2'/>", "<a x='a<b'/>", "<a><b></a></b>", "<a>&nothing;</a>", "<a>& b</a>", "<a>&#xZZ;</a>", "<a>&#1A;</a>",
        "<a>&#0;</a>", "<a>\u0001</a>", "<a>]]></a>", "<a><!-- -- --></a>", "<1a/>", "<a><b?/></a>", "<x:a/>", "<a x:b='1'/>",
        "<a></a></a>", "<a xml:space='x'/>", "<a xmlns:xml='u'/>", "<a><?xml version='1.0'?></a>", "<a / >", "<a x/>", "<a xmlns:b=''/>", "<a><?xMl x?></a>",
    ];

    public static TheoryData<string> BrokenJson { get; } =
    [
        "{\"a\": x}", "{a: 1}", "{\"a\" 1}", "{\"a\": 1 \"b\": 2}", "{\"a\": 1} 2", "{\"a\": \"\u0001\"}", "{\"a\": \"\\q\"}", "{\"a\": \"\\u12G4\"}", "{\"a\": 01}", "{\"a\": 1.x}",
        "{\"a\": -x}", "{\"a\": 1x}", "{\"a\": 1ex}", "{\"a\": trux}", "{\"a\": nulx}", "{\"a\": falsx}", "{\"a\": 1]", "{\"a\": [1}", "{\"a\": 1,}", "[1,]",
    ];

    [Theory]
    [MemberData(nameof(BrokenXml))]
    public void Faults_of_XML_are_told_in_Russian(string broken)
        => ToldInRussian($"<m:Structure xmlns:m='{Xml}'><m:Header><m:ID>I</m:ID></m:Header>\n{broken}</m:Structure>", IssueCodes.MalformedXml);

    [Theory]
    [InlineData("text")]
    [InlineData("<again/>")]
    [InlineData("<?xml version='1.0'?>")]
    public void What_follows_a_message_is_told_in_Russian(string tail) => ToldInRussian($"<m:Structure xmlns:m='{Xml}'><m:Header><m:ID>I</m:ID></m:Header></m:Structure>\n{tail}", IssueCodes.MalformedXml);

    [Theory]
    [MemberData(nameof(BrokenJson))]
    public void Faults_of_JSON_are_told_in_Russian(string broken)
        => ToldInRussian($"{{\"meta\": {{\"schema\": \"https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json\"}}, \"data\": {broken}}}", IssueCodes.MalformedJson);

    [Fact]
    public void What_the_parser_did_not_expect_does_not_depend_on_how_much_it_had_read()
    {
        HashSet<string> texts = [];
        for (int before = 0; before < 9000; before += 7)
        {
            string message = $"<m:Structure xmlns:m='{Xml}'><!--{new string(' ', before)}--><m:Header test=falsehood/></m:Structure>";
            texts.Add(Findings(message).Single().Arguments[0]);
        }

        texts.Should().Equal("'f' is an unexpected token. The expected token is '\"' or '''.");
    }

    [Fact]
    public void Arguments_that_are_data_are_never_translated()
    {
        Issue issue = new(IssueCodes.InvalidText, Location.None, "a number", "text", "a number");
        IssueText.For(issue, "ru").Should().Contain("«a number»").And.Contain("text").And.Contain("число");
        IssueText.For(issue, "en").Should().Contain("“a number” in text is not a number");
    }

    private static void ToldInRussian(string message, IssueCode code)
    {
        Issue issue = Findings(message).First(i => i.Severity == Severity.Fatal);
        issue.Code.Should().Be(code);
        string detail = issue.Arguments[0];
        string text = IssueText.For(issue, "ru-RU");
        text.Should().NotContain(detail, "its words are English");
        Latin().Matches(Quoted().Replace(text, "")).Select(m => m.Value).Should().OnlyContain(w => w == "XML" || w == "JSON" || w == "DTD", "of “{0}” in “{1}”", detail, text);
    }

    private static IReadOnlyList<Issue> Findings(string message)
    {
        IssueList issues = new();
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(message));
        StructureMessages.Read(stream, issues);
        return [.. issues.Kept];
    }

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Latin();

    [GeneratedRegex("«[^»]*»|&amp;|0x[0-9A-F]+")]
    private static partial Regex Quoted();
}
