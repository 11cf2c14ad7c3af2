using System.Net;
using System.Net.Sockets;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// Decides which addresses a harvest may speak to: http and https only, and no machine inside the hub's own network unless its host is
/// allowed by name. The check is made on the address that is connected to, so that a name that changes its meaning cannot pass it.
/// </summary>
public sealed class SourceGate(HarvestOptions options)
{
    /// <summary>Refuses an address that must not be asked.</summary>
    /// <exception cref="SourceException">It must not.</exception>
    public void Check(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        // Some inner addresses can be told before any connection; the others are found when connecting.
        bool inside = IPAddress.TryParse(url.IsAbsoluteUri ? url.IdnHost : "", out IPAddress? address) && !IsPublic(address) && !IsAllowed(url.IdnHost);
        bool web = url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
        if (!web || inside || url.UserInfo.Length > 0 || (options.OnlyAllowedHosts && !IsAllowed(url.IdnHost)))
        {
            throw Refuse(url.IsAbsoluteUri ? url.Host : url.OriginalString);
        }
    }

    /// <summary>Connects to the first address of a host that may be asked.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] found = await Dns.GetHostAddressesAsync(target.Host, ct).ConfigureAwait(false);
        IPAddress[] open = IsAllowed(target.Host) ? found : [.. found.Where(IsPublic)];
        if (open.Length == 0 && found.Length > 0)
        {
            throw Refuse(target.Host);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, target.Port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True for an address of the public internet (RFC 6890 lists those that are not).</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return false;
        }

        byte[] b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !address.IsIPv6LinkLocal && !address.IsIPv6SiteLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6Multicast
                // Forms that carry an address of IPv4 within: NAT64, 6to4, Teredo, and those of the first 96 zeros.
                && !(b[0] == 0x00 && b[1] == 0x64 && b[2] == 0xff && b[3] == 0x9b)
                && !(b[0] == 0x20 && b[1] == 0x02)
                && !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x00 && b[3] == 0x00)
                && b.AsSpan(0, 12).ContainsAnyExcept((byte)0);
        }

        return b[0] is not (0 or 10 or 127 or >= 224)
            && !(b[0] == 100 && b[1] is >= 64 and <= 127)
            && !(b[0] == 169 && b[1] == 254)
            && !(b[0] == 172 && b[1] is >= 16 and <= 31)
            && !(b[0] == 192 && b[1] == 168)
            && !(b[0] == 192 && b[1] == 0 && b[2] is (0 or 2))
            && !(b[0] == 198 && b[1] is (18 or 19));
    }

    private bool IsAllowed(string host) => options.AllowedHosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    private static SourceException Refuse(string host)
        => new(new Issue(ExchangeIssues.SourceNotAllowed, Location.None, host), isTransient: false);
}
