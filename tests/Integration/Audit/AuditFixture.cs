namespace Fleet.Tests.Integration.Audit;

public sealed class AuditFixture() : ServiceFixture("audit", "services/Audit");
