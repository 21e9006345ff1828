using Fleet.Assignment;
using Fleet.Assignment.Features.Cases;
using Fleet.Assignment.Features.Custodies;
using Fleet.Assignment.Features.Handovers;
using Fleet.Assignment.Features.Kits;
using Fleet.Assignment.Features.People;
using Fleet.Assignment.Features.Units;
using Fleet.Assignment.Process;
using Fleet.Contracts;
using Fleet.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddFleet("assignment").AddTokenValidation().AddDocumentStore(Storage.Types)
    .AddBus(Deliveries.Queues, c => c.Add<FollowDevices>().Add<AdvanceCase>());
builder.Services.AddSingleton<Claims>();
builder.Services.AddSingleton<FindCustodies>();
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
people.MapLeavePerson();
people.MapReturnPerson();
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
custody.MapCorrectHandover();
custody.MapReturnDevice();
custody.MapReportLoss();

await app.RunFleetAsync();
