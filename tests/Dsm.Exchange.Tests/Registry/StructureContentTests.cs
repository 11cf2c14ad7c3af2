using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry;

/// <summary>What a message of any version brings is kept without a loss.</summary>
public class StructureContentTests
{
    private const int Runs = 4;

    public static TheoryData<string> Formats => ["StructureXml21", "StructureXml30", "StructureXml31", "StructureJson20", "StructureJson21"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Keeps_whatever_a_message_brings(string name)
    {
        SdmxFormat format = (SdmxFormat)typeof(MediaTypes).GetField(name)!.GetValue(null)!;
        Dictionary<string, string> lost = [];
        HashSet<StructureType> kept = [];
        for (int seed = 0; seed < Runs; seed++)
        {
            foreach (ImmutableArray<Maintainable> group in new ModelGenerator(seed).All())
            {
                foreach (Maintainable artefact in Brought(format, group))
                {
                    kept.Add(artefact.Type);
                    foreach (ModelDifference difference in ModelDiff.Of([artefact], [StructureContent.Read(StructureContent.Write(artefact))]))
                    {
                        lost.TryAdd($"{artefact.Type} {difference.Owner?.Name}.{difference.Property}", difference.Path);
                    }
                }
            }
        }

        kept.Count.Should().BeGreaterThan(25);
        string.Join(Environment.NewLine, lost.Select(l => $"{l.Key} | {l.Value}")).Should().BeEmpty();
    }

    [Fact]
    public void Keeps_the_seed_of_every_type()
    {
        IEnumerable<Maintainable> seed = Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "tests/Dsm.Conformance/Seed/structures"), "*.xml").SelectMany(f =>
        {
            using FileStream message = File.OpenRead(f);
            return StructureMessageReader.Read(message, new IssueList()).All;
        });
        foreach (Maintainable artefact in seed)
        {
            ModelDiff.Of([artefact], [StructureContent.Read(StructureContent.Write(artefact))]).Should().BeEmpty(artefact.Urn);
        }
    }

    [Fact]
    public void Keeps_contacts_with_what_no_message_can_carry()
    {
        Contact contact = new() { Name = LocalisedText.Of("Ani\u0001", "en"), Details = [KeyValuePair.Create("Telephone", "10\u0002 20"), KeyValuePair.Create("Email", "ani@stat.example")] };
        OrganisationScheme scheme = new()
        {
            SchemeType = StructureType.DataProviderScheme, AgencyId = "EECA", Id = "DATA_PROVIDERS", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("Providers", "en"),
            Organisations = [new Organisation { Id = "ARM_NSS", Name = LocalisedText.Of("Armstat", "en"), Contacts = [contact] }],
        };

        OrganisationScheme kept = (OrganisationScheme)StructureContent.Read(StructureContent.Write(scheme));

        kept.Organisations[0].Contacts[0].Details.Should().Equal(contact.Details);
        ModelDiff.Of([scheme], [kept]).Should().BeEmpty();
    }

    // What stands in a message of this format of some random artefacts.
    private static ImmutableArray<Maintainable> Brought(SdmxFormat format, ImmutableArray<Maintainable> artefacts)
    {
        using MemoryStream message = new();
        StructureMessages.Write(format, message, artefacts, new Dsm.Sdmx.Data.MessageHeader { Id = "M", Prepared = "2024-01-01T00:00:00Z", SenderId = "X" }, new IssueList());
        message.Position = 0;
        return StructureMessageReader.Read(message, new IssueList()).All;
    }
}
