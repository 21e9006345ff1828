using Fleet.Contracts;
using Fleet.Platform;
using Fleet.Provisioning;
using Fleet.Provisioning.Features;
using Fleet.Provisioning.Process;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet(Facts.Service).AddTokenValidation().AddDocumentStore(Documents.All)
    .AddBus(Deliveries.Queues, consumers => consumers.Add<FollowCustody>().Add<FollowPeople>());
builder.Services.AddSingleton<AddressPool>().AddSingleton<CustodySettlement>().AddSingleton<PeerChanges>().AddHostedService<ReclaimLeases>();

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
