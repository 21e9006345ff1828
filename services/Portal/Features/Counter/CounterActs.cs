using Fleet.Portal.Domain;
using Fleet.Portal.Features.Devices;
using Fleet.Portal.Features.Handovers;
using Fleet.Portal.Parts;
using Fleet.Portal.Web;

namespace Fleet.Portal.Features.Counter;

/// <summary>
/// Does what the counter decided. An exchange, a transfer and a repair are two acts, each with a key of its own that the form's key gives: sent again
/// after a break, what was done is not done twice, and the rest is.
/// </summary>
internal sealed class CounterActs(FleetApi api, TimeProvider time)
{
    public async Task<CounterResult> DoAsync(CounterAct act, CounterState state, string key, CancellationToken ct)
    {
        var done = new List<RecentAct>();
        switch (act.Verb)
        {
            case CounterVerb.HandOver:
                return await HandOverAsync(state.Devices, state, state.After(act.Verb), key, done, ct);
            case CounterVerb.TakeBack:
                return await TakeBackAsync(state, state.After(act.Verb), key, done, ct);
            case CounterVerb.Exchange or CounterVerb.Transfer or CounterVerb.Repair:
                var rest = state with { Shown = null, IsExchanging = false };
                var back = await TakeBackAsync(state, rest, key, done, ct);
                if (back.Refusal is not null) return back;
                var second = act.Verb == CounterVerb.Repair
                    ? await RepairAsync(back.Done[^1].Id, state, ActKey.Second(key), done, ct)
                    : await HandOverAsync([act.Replacement ?? state.Shown!], state, state.After(act.Verb), ActKey.Second(key), done, ct);
                // What did not answer is asked again for all of it; what was refused leaves a device that is back.
                return second.Refusal is { Status: not StatusCodes.Status503ServiceUnavailable } ? second with { State = rest } : second;
            default:
                var lost = await api.PostAsync<ReturnedDevice>("api/assignment/loss-reports", new NewLossReport(state.Shown!, "lost"), key, ct);
                if (lost.Value is null) return CounterResult.Not(state, lost.Status, lost.Problem, done);
                done.Add(new RecentAct(RecentActKind.Lost, lost.Value.DeviceId, null, time.GetUtcNow()));
                await DeviceActs.HeardAsync(api, lost.Value.DeviceId, d => d.Status == "lost", time, ct);
                return new CounterResult(state.After(act.Verb), done, null);
        }
    }

    /// <summary>The device with a tag; 404 when there is none.</summary>
    public async Task<Answer<Device>> DeviceAsync(string tag, CancellationToken ct)
    {
        var found = await api.GetAsync<Listed<Device>>(Recognition.AskDevices("assetTag", tag), ct);
        if (found.Value is null) return Answer<Device>.Refused(found.Status, found.Problem);
        return found.Value.First() is { } device ? Answer<Device>.Of(found.Status, device) : Answer<Device>.Refused(StatusCodes.Status404NotFound, new Problem("device-unknown"));
    }

    private async Task<CounterResult> HandOverAsync(IReadOnlyList<string> tags, CounterState before, CounterState after, string key, List<RecentAct> done, CancellationToken ct)
    {
        var person = before.Person!.Value;
        var answer = await api.PostAsync<Handover>("api/assignment/handovers", new NewHandover(person, tags), key, ct);
        if (answer.Value is null) return CounterResult.Not(before, answer.Status, answer.Problem, done);
        done.Add(new RecentAct(RecentActKind.HandedOver, answer.Value.Id, null, time.GetUtcNow()));
        // All at once: a hand-over of many devices waits no longer than one of a single device.
        await Task.WhenAll(answer.Value.Devices.Select(d => DeviceActs.HeardAsync(api, d.DeviceId, heard => heard.Holder?.PersonId == person, time, ct)));
        return new CounterResult(after, done, null);
    }

    private async Task<CounterResult> RepairAsync(Guid device, CounterState before, string key, List<RecentAct> done, CancellationToken ct)
    {
        var answer = await api.PostAsync<Device>($"api/inventory/devices/{device}/status", new NewDeviceStatus("inRepair", null), key, ct);
        if (answer.Value is null) return CounterResult.Not(before, answer.Status, answer.Problem, done);
        done.Add(new RecentAct(RecentActKind.Repair, device, null, time.GetUtcNow()));
        return new CounterResult(before.After(CounterVerb.Repair), done, null);
    }

    private async Task<CounterResult> TakeBackAsync(CounterState before, CounterState after, string key, List<RecentAct> done, CancellationToken ct)
    {
        var holder = before.IsExchanging ? before.Person : (await DeviceAsync(before.Shown!, ct)).Value?.Holder?.PersonId;
        var answer = await api.PostAsync<ReturnedDevice>("api/assignment/returns", new NewReturn(before.Shown!, null), key, ct);
        if (answer.Value is null) return CounterResult.Not(before, answer.Status, answer.Problem, done);
        done.Add(new RecentAct(RecentActKind.TakenBack, answer.Value.DeviceId, holder, time.GetUtcNow()));
        await DeviceActs.HeardAsync(api, answer.Value.DeviceId, d => d.Status is not ("assigned" or "lost" or "stolen"), time, ct);
        return new CounterResult(after, done, null);
    }
}

/// <summary>What an act came to.</summary>
/// <param name="State">What is on the counter now.</param>
/// <param name="Done">What was done, in its order, also when the rest was refused.</param>
/// <param name="Refusal">Why it, or the rest of it, was not done.</param>
internal sealed record CounterResult(CounterState State, IReadOnlyList<RecentAct> Done, CounterRefusal? Refusal)
{
    public static CounterResult Not(CounterState state, int status, Problem problem, IReadOnlyList<RecentAct> done) => new(state, done, new CounterRefusal(status, problem));
}

internal sealed record CounterRefusal(int Status, Problem Problem);
