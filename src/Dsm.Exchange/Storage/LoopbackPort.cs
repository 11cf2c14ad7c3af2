using System.Net;
using System.Net.Sockets;

namespace Dsm.Exchange.Storage;

/// <summary>Questions about TCP ports on the loopback interface.</summary>
internal static class LoopbackPort
{
    /// <summary>Whether a server could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
