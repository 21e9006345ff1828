using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fleet.Platform;
using Fleet.Portal.Features;
using Fleet.Portal.Features.Accounts;
using Fleet.Portal.Features.Cases;
using Fleet.Portal.Features.Counter;
using Fleet.Portal.Features.Coverage;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Features.Me;
using Fleet.Portal.Features.People;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;
using Fleet.Portal.Wording;
using Microsoft.Extensions.Options;

// Style sheet and icon lie next to the program, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
// Before the platform's own: the first writer that can, writes.
builder.Services.AddSingleton<IProblemDetailsWriter, ProblemPages>();
builder.AddFleet("portal").AddTokenValidation();
builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<MeOptions>().BindConfiguration(MeOptions.Section);
builder.Services.AddSingleton(p => TimeZoneInfo.FindSystemTimeZoneById(p.GetRequiredService<IOptions<FleetOptions>>().Value.TimeZone));
builder.Services.AddHttpContextAccessor();
builder.Services.AddHttpClient<FleetApi>(http => http.Timeout = TimeSpan.FromSeconds(10));
builder.Services.AddScoped<CoverageQuestions>().AddScoped<Recognition>().AddScoped<CounterActs>().AddScoped<CounterCards>().AddScoped<Own>().AddScoped<Organisation>();
builder.Services.AddSingleton<Words>().AddSingleton<TypedTime>();
builder.Services.AddRazorComponents();
// It would make keys and keep them in a file for forms that post here. None does.
builder.Services.Remove(builder.Services.Single(s => s.ImplementationType?.Name == "DataProtectionHostedService"));
// German reads as German in the pages' source too.
builder.Services.AddWebEncoders(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));

var app = builder.Build();
app.Use(PageHeaders.Handle);
app.UseRequestLocalization(o => o.SetDefaultCulture(Words.Cultures[0]).AddSupportedCultures([.. Words.Cultures]).AddSupportedUICultures([.. Words.Cultures]));
// The browser asks each time whether they changed; they are small.
app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
app.UseFleet(checksQueries: false);
app.MapShowStart();
app.MapSignIn();
app.MapChangePassword();
app.MapChooseCulture();
app.MapShowCoverage();
app.MapShowPeople();
app.MapShowCounter();
app.MapShowDevices();
app.MapShowDevice();
app.MapRegisterDevice();
app.MapSetDeviceStatus();
app.MapHandOver();
app.MapTakeBack();
app.MapShowHandovers();
app.MapShowHandover();
app.MapCorrectHandover();
app.MapShowSlip();
app.MapShowStarters();
app.MapShowStarter();
app.MapFindPeople();
app.MapShowPerson();
app.MapHirePerson();
app.MapChangePerson();
app.MapMovePerson();
app.MapLeavePerson();
app.MapReturnPerson();
app.MapShowMe();
app.MapReportLoss();
app.MapAcceptHandover();
app.MapSetUpVpn();
await app.RunFleetAsync();
