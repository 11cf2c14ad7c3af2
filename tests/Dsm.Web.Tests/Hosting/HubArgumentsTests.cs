using Dsm.Web.Hosting;

namespace Dsm.Web.Tests.Hosting;

public sealed class HubArgumentsTests
{
    [Theory]
    [InlineData("--port 8081", "--Hub:Port=8081")]
    [InlineData("--port=8081", "--Hub:Port=8081")]
    [InlineData("--empty --port 1", "--Hub:Empty=true|--Hub:Port=1")]
    [InlineData("--data /var/hub --empty", "--Hub:Data=/var/hub|--Hub:Empty=true")]
    [InlineData("--Hub:JobWorkers=2", "--Hub:JobWorkers=2")]
    public void Turns_options_into_settings(string line, string settings)
        => HubArguments.ToSettings(line.Split(' ')).Should().Equal(settings.Split('|'));

    [Theory]
    [InlineData("--port")]
    [InlineData("--port --empty")]
    [InlineData("--port eighty")]
    [InlineData("--port 65536")]
    [InlineData("--data")]
    [InlineData("--emty")]
    [InlineData("run")]
    public void Refuses_what_it_does_not_know(string line)
        => FluentActions.Invoking(() => HubArguments.ToSettings(line.Split(' '))).Should().Throw<HubArgumentException>();

    [Fact]
    public void Listens_on_loopback_unless_told_otherwise()
    {
        new HubOptions { Port = 8080 }.ListenOn.Should().Be("http://localhost:8080");
        new HubOptions { Port = 8080, Urls = "http://0.0.0.0:80" }.ListenOn.Should().Be("http://0.0.0.0:80");
    }
}
