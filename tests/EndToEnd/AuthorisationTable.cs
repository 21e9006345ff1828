namespace Fleet.Tests.EndToEnd;

/// <summary>Who may call what: every endpoint of the services and the gateway, and every page. A new one needs a row, or its test fails.</summary>
internal static class AuthorisationTable
{
    /// <summary>Also without signing in.</summary>
    public const string Anybody = "anybody";

    /// <summary>Every role.</summary>
    public const string Everybody = "everybody";

    private const string Text = """
        POST /api/inventory/devices                               it admin
        GET /api/inventory/devices                                it hr auditor admin
        GET /api/inventory/devices/summary                        it hr auditor admin
        GET /api/inventory/devices/{id}                           it hr auditor admin
        PATCH /api/inventory/devices/{id}                         it admin
        GET /api/inventory/devices/by-tag/{assetTag}              it hr auditor admin
        GET /api/inventory/devices/{id}/history                   it hr auditor admin
        POST /api/inventory/devices/{id}/status                   it admin
        POST /api/assignment/units                                hr admin
        GET /api/assignment/units                                 it hr auditor admin
        GET /api/assignment/units/{id}                            it hr auditor admin manager
        PATCH /api/assignment/units/{id}                          hr admin
        POST /api/assignment/people                               hr admin
        GET /api/assignment/people                                it hr auditor admin manager
        GET /api/assignment/people/{id}                           it hr auditor admin manager
        PATCH /api/assignment/people/{id}                         hr admin manager
        POST /api/assignment/people/{id}/leave                    hr admin
        POST /api/assignment/people/{id}/return                   hr admin
        GET /api/assignment/cases                                 it hr auditor admin
        GET /api/assignment/cases/{id}                            it hr auditor admin
        POST /api/assignment/kits                                 it hr admin
        GET /api/assignment/kits                                  it hr auditor admin
        GET /api/assignment/kits/{id}                             it hr auditor admin
        POST /api/assignment/handovers                            it admin
        GET /api/assignment/handovers                             it hr auditor admin employee
        GET /api/assignment/handovers/{id}                        it hr auditor admin employee
        PATCH /api/assignment/handovers/{id}                      it admin
        POST /api/assignment/handovers/{id}/accept                it admin employee
        POST /api/assignment/handovers/{id}/correct               it admin
        POST /api/assignment/returns                              it admin
        POST /api/assignment/loss-reports                         it admin employee
        POST /api/provisioning/gateways                           it admin
        GET /api/provisioning/gateways                            it hr auditor admin
        GET /api/provisioning/gateways/{id}                       it hr auditor admin
        GET /api/provisioning/gateways/{id}/peers                 it admin
        POST /api/provisioning/accesses                           it admin
        GET /api/provisioning/accesses                            it hr auditor admin employee
        GET /api/provisioning/accesses/{id}                       it hr auditor admin employee
        POST /api/provisioning/accesses/{id}/key                  it admin employee
        POST /api/provisioning/accesses/{id}/revoke               it admin
        GET /api/provisioning/accesses/{id}/config                it admin employee
        GET /api/audit/coverage                                   it hr auditor admin manager
        GET /api/audit/coverage/series                            it hr auditor admin manager
        GET /api/audit/coverage/people                            it hr auditor admin manager
        GET /api/audit/log                                        auditor admin
        GET /api/audit/log/export                                 auditor admin
        GET /api/audit/log/verify                                 auditor admin
        POST /auth/token                                          anybody
        GET /auth/me                                              everybody
        POST /auth/accounts                                       admin
        GET /auth/accounts                                        admin
        GET /auth/accounts/{id}                                   admin
        PATCH /auth/accounts/{id}                                 admin
        POST /auth/accounts/{id}/reset                            admin
        POST /auth/password                                       anybody
        POST /auth/second-factor                                  anybody
        POST /auth/second-factor/replace                          anybody
        POST /auth/second-factor/recovery-codes                   anybody
        POST /auth/second-factor/remove                           anybody
        POST /auth/clients                                        admin
        GET /auth/clients                                         admin
        GET /auth/clients/{id}                                    admin
        PATCH /auth/clients/{id}                                  admin
        DELETE /auth/clients/{id}                                 admin
        POST /auth/clients/{id}/rotate                            admin
        POST /auth/sign-in                                        anybody
        POST /auth/sign-in/code                                   anybody
        POST /auth/sign-out                                       anybody
        GET /auth/sessions                                        everybody
        DELETE /auth/sessions                                     everybody
        DELETE /auth/sessions/{id}                                everybody
        GET /operations/services                                  admin
        GET /operations/error-queues                              admin
        GET /operations/error-queues/{name}                       admin
        POST /operations/error-queues/{name}/replay               admin
        GET /.well-known/openid-configuration                     anybody
        GET /.well-known/jwks.json                                anybody
        GET /                                                     anybody
        GET /sign-in                                              anybody
        GET /sign-in/code                                         anybody
        GET /password                                             anybody
        GET /account/second-factor/{replace}                      anybody
        GET /culture                                              anybody
        GET /account                                              everybody
        GET /accessibility                                        anybody
        GET /imprint                                              anybody
        GET /privacy                                              anybody
        POST /account/sessions/{session}/end                      everybody
        POST /account/sessions/end                                everybody
        GET /search                                               it hr auditor admin
        GET /coverage                                             it hr auditor admin
        GET /coverage.csv                                         it hr auditor admin
        GET /coverage/people                                      it hr auditor admin
        GET /coverage/people.csv                                  it hr auditor admin
        GET /coverage/print                                       it hr auditor admin
        GET /counter                                              it admin
        POST /counter                                             it admin
        GET /devices                                              it hr auditor admin
        GET /devices.csv                                          it hr auditor admin
        GET /devices/stock                                        it hr auditor admin
        GET /devices/{id}                                         it hr auditor admin
        GET /devices/register                                     it admin
        POST /devices/register                                    it admin
        GET /devices/register-many                                it admin
        POST /devices/register-many                               it admin
        GET /devices/{id}/status                                  it admin
        POST /devices/{id}/status                                 it admin
        GET /devices/{id}/hand-over                               it admin
        POST /devices/{id}/hand-over                              it admin
        GET /devices/{id}/take-back                               it admin
        POST /devices/{id}/take-back                              it admin
        GET /handovers                                            it hr auditor admin
        GET /handovers.csv                                        it hr auditor admin
        GET /handovers/{id}                                       it hr auditor admin
        GET /handovers/{id}/correct                               it admin
        POST /handovers/{id}/correct                              it admin
        GET /handovers/{id}/slip                                  it hr auditor admin
        GET /cases                                                it hr auditor admin
        GET /cases.csv                                            it hr auditor admin
        GET /cases/{id}                                           it hr auditor admin
        GET /people                                               it hr auditor admin
        GET /people.csv                                           it hr auditor admin
        GET /people/leavers                                       it hr auditor admin
        GET /people/{id}                                          it hr auditor admin
        GET /people/new                                           hr admin
        POST /people/new                                          hr admin
        GET /people/{id}/change                                   hr admin
        POST /people/{id}/change                                  hr admin
        GET /people/{id}/move                                     hr admin
        POST /people/{id}/move                                    hr admin
        GET /people/{id}/leave                                    hr admin
        POST /people/{id}/leave                                   hr admin
        GET /people/{id}/stay                                     hr admin
        POST /people/{id}/stay                                    hr admin
        GET /people/{id}/return                                   hr admin
        POST /people/{id}/return                                  hr admin
        GET /units                                                it hr auditor admin
        GET /units/add                                            hr admin
        POST /units/add                                           hr admin
        GET /units/{id}/change                                    hr admin
        POST /units/{id}/change                                   hr admin
        GET /accesses                                             it hr auditor admin
        GET /accesses.csv                                         it hr auditor admin
        GET /accesses/{id}                                        it hr auditor admin
        GET /accesses/request                                     it admin
        POST /accesses/request                                    it admin
        GET /accesses/{id}/key                                    it admin
        POST /accesses/{id}/key                                   it admin
        GET /accesses/{id}/revoke                                 it admin
        POST /accesses/{id}/revoke                                it admin
        GET /vpn-gateways                                         it hr auditor admin
        GET /vpn-gateways.csv                                     it hr auditor admin
        GET /vpn-gateways/{id}                                    it hr auditor admin
        GET /vpn-gateways/register                                it admin
        POST /vpn-gateways/register                               it admin
        GET /log                                                  auditor admin
        GET /log.csv                                              auditor admin
        GET /log/chain                                            auditor admin
        GET /admin                                                admin
        GET /admin/error-queues/{name}                            admin
        POST /admin/error-queues/{name}/replay                    admin
        GET /admin/accounts                                       admin
        GET /admin/accounts.csv                                   admin
        GET /admin/accounts/new                                   admin
        POST /admin/accounts/new                                  admin
        GET /admin/accounts/{id}                                  admin
        GET /admin/accounts/{id}/roles                            admin
        POST /admin/accounts/{id}/roles                           admin
        GET /admin/accounts/{id}/disable                          admin
        POST /admin/accounts/{id}/disable                         admin
        GET /admin/accounts/{id}/enable                           admin
        POST /admin/accounts/{id}/enable                          admin
        GET /admin/accounts/{id}/reset                            admin
        POST /admin/accounts/{id}/reset                           admin
        POST /admin/accounts/{id}/sessions/{session}/end          admin
        GET /admin/clients                                        admin
        GET /admin/clients.csv                                    admin
        GET /admin/clients/new                                    admin
        POST /admin/clients/new                                   admin
        GET /admin/clients/{id}                                   admin
        GET /admin/clients/{id}/roles                             admin
        POST /admin/clients/{id}/roles                            admin
        GET /admin/clients/{id}/{act}                             admin
        POST /admin/clients/{id}/{act}                            admin
        GET /team                                                 manager
        GET /team/{id}/home-office                                manager
        POST /team/{id}/home-office                               manager
        GET /me                                                   employee
        GET /me/loss                                              employee
        POST /me/loss                                             employee
        GET /me/loss/{device}                                     employee
        GET /me/handovers/{id}                                    employee
        POST /me/handovers/{id}                                   employee
        GET /me/vpn/{id}                                          employee
        POST /me/vpn/{id}                                         employee
        GET /me/vpn/{id}/config                                   employee
        """;

    public static IReadOnlyList<Row> Rows { get; } =
        [.. Text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(words => new Row(words[0], words[1], words[2..]))];

    /// <param name="Method">GET, POST, PATCH or DELETE.</param>
    /// <param name="Path">With the names of its parameters.</param>
    /// <param name="Who">Roles, or one of the words above.</param>
    internal sealed record Row(string Method, string Path, IReadOnlyList<string> Who)
    {
        public string Name => $"{Method} {Path}";

        public bool IsOpen => Who is [Anybody];

        /// <summary>Whether people look at it.</summary>
        public bool IsPage => !Path.StartsWith("/api", StringComparison.Ordinal) && !Path.StartsWith("/auth", StringComparison.Ordinal) && !Path.StartsWith("/operations", StringComparison.Ordinal);

        public bool Opens(string role) => Who is [Anybody or Everybody] || Who.Contains(role);

        public override string ToString() => Name;
    }
}
