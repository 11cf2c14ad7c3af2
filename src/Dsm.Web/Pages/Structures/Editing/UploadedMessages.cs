using System.Buffers.Text;
using System.Security.Cryptography;
using Dsm.Exchange.Registry;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>
/// Structure messages that were sent and planned and wait for their sender to say yes; for half an hour, the newest few. They wait on this
/// node: on another one, or after a restart, the message is sent again.
/// </summary>
public sealed class UploadedMessages(TimeProvider clock)
{
    private const int Most = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private readonly Lock _lock = new();
    private readonly List<(string Ticket, string User, DateTimeOffset At, StructureSubmission Submission)> _waiting = [];

    /// <summary>Keeps a submission; returns the ticket that gets it back.</summary>
    public string Keep(StructureSubmission submission, string user)
    {
        string ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        lock (_lock)
        {
            _waiting.RemoveAll(w => clock.GetUtcNow() - w.At > Patience);
            _waiting.Add((ticket, user, clock.GetUtcNow(), submission));
            if (_waiting.Count > Most)
            {
                _waiting.RemoveAt(0);
            }
        }

        return ticket;
    }

    /// <summary>The submission of a ticket, once, to who sent it; null when it is gone.</summary>
    public StructureSubmission? Take(string? ticket, string user)
    {
        lock (_lock)
        {
            int at = _waiting.FindIndex(w => w.Ticket == ticket && w.User == user && clock.GetUtcNow() - w.At <= Patience);
            if (at < 0)
            {
                return null;
            }

            StructureSubmission submission = _waiting[at].Submission;
            _waiting.RemoveAt(at);
            return submission;
        }
    }
}
