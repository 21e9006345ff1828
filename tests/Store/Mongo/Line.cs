using System.Net;
using System.Net.Sockets;

namespace Fleet.Tests.Store;

/// <summary>A TCP line to a server that a test can cut and mend: cut, it drops what is connected and refuses what comes.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly DnsEndPoint _server;
    private TcpListener _listener;
    private CancellationTokenSource _up = new();

    public Line(DnsEndPoint server)
    {
        _server = server;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener, _up.Token);
    }

    public int Port { get; }

    public void Cut()
    {
        _listener.Stop();
        _up.Cancel();
    }

    public void Mend()
    {
        _up.Dispose();
        _up = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener, _up.Token);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        _listener.Dispose();
        _up.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken up)
    {
        while (!up.IsCancellationRequested) _ = CarryAsync(await listener.AcceptTcpClientAsync(up), up);
    }

    private async Task CarryAsync(TcpClient near, CancellationToken up)
    {
        using (near)
        using (var far = new TcpClient())
        {
            await far.ConnectAsync(_server.Host, _server.Port, up);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), up), far.GetStream().CopyToAsync(near.GetStream(), up));
        }
    }
}
