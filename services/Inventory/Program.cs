using Fleet.Contracts;
using Fleet.Inventory;
using Fleet.Inventory.Features;
using Fleet.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet("inventory").AddTokenValidation().AddDocumentStore(Documents.Devices)
    .AddBus(Deliveries.Queues, consumers => consumers.Add<FollowCustody>());

var app = builder.Build().UseFleet();
var api = app.MapGroup("/api/inventory").WithTags("Inventory");
api.MapRegisterDevice();
api.MapListDevices();
api.MapGetDevice();
api.MapGetDeviceByTag();
api.MapGetDeviceHistory();
api.MapChangeDevice();
api.MapSetDeviceStatus();
await app.RunFleetAsync();
