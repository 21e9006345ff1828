using Fleet.Audit.Features.Coverage;
using Fleet.Audit.Features.Log;
using Fleet.Audit.Process;
using Fleet.Contracts;
using Fleet.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet("audit").AddTokenValidation().AddDocumentStore(LogEntryDocument.Type, LogHeadDocument.Type);
builder.Services.AddSingleton<LogAppender>().AddHostedService(p => p.GetRequiredService<LogAppender>());
builder.Services.AddSingleton<CoverageView>().AddHostedService(p => p.GetRequiredService<CoverageView>());
// After the log: hosted services stop in reverse, so the bus stops delivering before the log closes.
builder.AddBus(Deliveries.Queues, consumers => consumers.Add<RecordEntry>(RecordEntry.Concurrency));

var app = builder.Build().UseFleet();
var api = app.MapGroup("/api/audit").WithTags("Audit");
api.MapReadCoverage();
api.MapReadCoverageSeries();
api.MapListCoveredPeople();
api.MapReadLog();
api.MapExportLog();
api.MapVerifyLog();
await app.RunFleetAsync();
