using Dsm.Web.Rest;

namespace Dsm.Web.Tests.Rest;

public sealed class DataPlacesTests
{
    [Fact]
    public async Task Gives_places_up_to_a_limit_for_a_caller_and_in_all()
    {
        await using DataPlaces places = new(3, 2, TimeSpan.FromMilliseconds(100));
        IDisposable?[] one = [await Take("one"), await Take("one")];
        one.Should().NotContainNulls();
        (await Take("one")).Should().BeNull("a caller has two places");

        IDisposable? other = await Take("other");
        other.Should().NotBeNull();
        (await Take("third")).Should().BeNull("there are three places in all");

        other!.Dispose();
        (await Take("third")).Should().NotBeNull();
        one[0]!.Dispose();
        (await Take("one")).Should().NotBeNull();

        Task<IDisposable?> Take(string caller) => places.TakeAsync(caller, CancellationToken.None);
    }

    [Fact]
    public async Task Hands_a_place_on_to_who_waits_for_it()
    {
        await using DataPlaces places = new(1, 1, TimeSpan.FromMinutes(1));
        IDisposable? first = await places.TakeAsync("one", CancellationToken.None);
        Task<IDisposable?> waiting = places.TakeAsync("one", CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        first!.Dispose();

        (await waiting).Should().NotBeNull();
    }
}
