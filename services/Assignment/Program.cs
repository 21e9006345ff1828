using Fleet.Assignment;
using Fleet.Assignment.Features;
using Fleet.Assignment.Process;
using Fleet.Contracts;
using Fleet.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet("assignment").AddTokenValidation().AddDocumentStore(Documents.All)
    .AddBus(Deliveries.Queues, c => c.Add<FollowDevices>().Add<AdvanceCase>().Add<MarkReturned>());
builder.Services.AddSingleton<Claims>();
builder.Services.AddHostedService<FinishHandovers>();

var app = builder.Build().UseFleet();
var api = app.MapGroup("/api/assignment");
var organisation = api.MapGroup("").WithTags("Organisation");
organisation.MapCreateUnit();
organisation.MapListUnits();
organisation.MapGetUnit();
organisation.MapChangeUnit();
var people = api.MapGroup("").WithTags("People");
people.MapRegisterPerson();
people.MapListPeople();
people.MapGetPerson();
people.MapChangePerson();
people.MapListCases();
people.MapGetCase();
var kits = api.MapGroup("").WithTags("Kits");
kits.MapCreateKit();
kits.MapListKits();
kits.MapGetKit();
var custody = api.MapGroup("").WithTags("Custody");
custody.MapHandOver();
custody.MapListHandovers();
custody.MapGetHandover();
custody.MapAcceptHandover();
custody.MapReturnDevice();
custody.MapReportLoss();

await app.RunFleetAsync();
