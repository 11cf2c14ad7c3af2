using System.Buffers;

namespace Dsm.Web.Rest;

/// <summary>What stands before the body of an answer.</summary>
/// <param name="ContentType">Media type with its parameters.</param>
/// <param name="ContentLanguage">Languages of names in the body, joined by commas; null when it has none.</param>
/// <param name="FileName">Name under which a browser keeps the answer; null to show it.</param>
internal sealed record AnswerHead(string ContentType, string? ContentLanguage, string? FileName)
{
    /// <summary>Sets the headers.</summary>
    public void Apply(HttpResponse response)
    {
        response.ContentType = ContentType;
        if (ContentLanguage is not null)
        {
            response.Headers.ContentLanguage = ContentLanguage;
        }

        if (FileName is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        }
    }
}

/// <summary>Where an answer goes while it is made: its head once, then bytes.</summary>
internal interface IAnswerSink : IBufferWriter<byte>
{
    /// <summary>The answer begins. From here on it can only be finished or broken off.</summary>
    void Open(AnswerHead head);

    /// <summary>Sends what was written; waits while those who read are far behind.</summary>
    ValueTask FlushAsync(CancellationToken ct);
}
