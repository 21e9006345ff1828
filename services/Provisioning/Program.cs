using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Platform.Work;
using Fleet.Provisioning;
using Fleet.Provisioning.Features.Accesses;
using Fleet.Provisioning.Features.Custodies;
using Fleet.Provisioning.Features.Gateways;
using Fleet.Provisioning.Features.People;
using Fleet.Provisioning.Process;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet(Events.Service).AddTokenValidation().AddDocumentStore(Documents.All).WithSchema(Documents.SchemaVersion, Documents.Migrations)
    .AddBus(Deliveries.Queues, consumers => consumers.Add<FollowCustody>().Add<FollowPeople>())
    .AddWork(work => work.Every<EndDueAccesses>(EndDueAccesses.Interval).Every<ReclaimLeases>(ReclaimLeases.Interval));
builder.Services.AddSingleton<AddressPool>().AddSingleton<Standing>().AddSingleton<Settlement>().AddSingleton<News>().AddSingleton<PeerChanges>();

var app = builder.Build().UseFleet();
var api = app.MapGroup("/api/provisioning").WithTags("Provisioning");
api.MapRegisterGateway();
api.MapListGateways();
api.MapShowGateway();
api.MapWatchPeers();
api.MapRequestAccess();
api.MapListAccesses();
api.MapShowAccess();
api.MapRegisterKey();
api.MapRevokeAccess();
api.MapReadConfig();
await app.RunFleetAsync();
