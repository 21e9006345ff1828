using System.Text;

namespace Fleet.Gateway.Proxy;

/// <summary>A page of the gateway's own, in both languages, because the portal, which knows the reader's, may be what is away.</summary>
internal static class BilingualPage
{
    /// <summary>Writes it as the answer's body.</summary>
    /// <param name="response">Whose status is set already.</param>
    /// <param name="title">German.</param>
    /// <param name="german">HTML: whatever comes from outside is encoded.</param>
    /// <param name="english">HTML, likewise.</param>
    /// <param name="ct">Ends the writing.</param>
    public static Task WriteAsync(HttpResponse response, string title, string german, string english, CancellationToken ct)
    {
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="de">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{title} · Fleet</title>
              <link rel="stylesheet" href="/css/fleet.css">
            </head>
            <body>
              <main class="narrow">
                <div class="card">{german}</div>
                <div class="card" lang="en">{english}</div>
              </main>
            </body>
            </html>
            """,
            Encoding.UTF8,
            ct);
    }
}
