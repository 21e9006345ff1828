using Fleet.Audit.Process;
using Fleet.Contracts;
using MassTransit;

namespace Fleet.Audit.Features.Log;

/// <summary>Records every event of the system in the log. Acknowledged only when it is there for good; the same event again changes nothing.</summary>
internal sealed class RecordEntry(LogAppender log) :
    IConsumer<DeviceRegistered>, IConsumer<DeviceChanged>, IConsumer<DeviceStatusChanged>,
    IConsumer<UnitChanged>, IConsumer<PersonRegistered>, IConsumer<PersonChanged>,
    IConsumer<DeviceIssued>, IConsumer<DeviceReturned>, IConsumer<DeviceLossReported>, IConsumer<HandoverAccepted>,
    IConsumer<CaseOpened>, IConsumer<CaseProgressed>, IConsumer<CaseClosed>,
    IConsumer<VpnGatewayChanged>, IConsumer<VpnAccessRequested>, IConsumer<VpnAccessActivated>, IConsumer<VpnAccessRevoked>,
    IConsumer<PersonLeft>, IConsumer<DeviceFound>, IConsumer<CustodyCorrected>,
    IConsumer<AccountChanged>, IConsumer<AccountRemoved>, IConsumer<SignedIn>, IConsumer<SignedOut>, IConsumer<SignInRefused>
{
    /// <summary>How many events wait for the log together; they share its writes.</summary>
    public const int Concurrency = 64;

    public Task Consume(ConsumeContext<DeviceRegistered> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceStatusChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<UnitChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<PersonRegistered> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<PersonChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceIssued> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceReturned> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceLossReported> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<HandoverAccepted> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<CaseOpened> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<CaseProgressed> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<CaseClosed> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<VpnGatewayChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<VpnAccessRequested> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<VpnAccessActivated> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<VpnAccessRevoked> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<PersonLeft> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<DeviceFound> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<CustodyCorrected> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<AccountChanged> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<AccountRemoved> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<SignedIn> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<SignedOut> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<SignInRefused> context) => RecordAsync(context);

    private Task RecordAsync<TEvent>(ConsumeContext<TEvent> context) where TEvent : class, IFleetEvent => log.AppendAsync(Entries.Of(context.Message));
}
