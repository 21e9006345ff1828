using Fleet.Contracts;
using Fleet.Inventory.Features.Devices;
using Fleet.Inventory.Features.People;
using Fleet.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet("inventory").AddTokenValidation().AddDocumentStore(DeviceDocument.Type, PersonDocument.Type)
    .AddBus(Deliveries.Queues, consumers => consumers.Add<FollowCustody>().Add<FollowPeople>());

var app = builder.Build().UseFleet();
var api = app.MapGroup("/api/inventory").WithTags("Inventory");
api.MapRegisterDevice();
api.MapListDevices();
api.MapCountDevices();
api.MapGetDevice();
api.MapGetDeviceByTag();
api.MapGetDeviceHistory();
api.MapChangeDevice();
api.MapSetDeviceStatus();
await app.RunFleetAsync();
