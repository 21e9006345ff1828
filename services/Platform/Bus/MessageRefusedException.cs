namespace Fleet.Platform.Bus;

/// <summary>What a consumer throws about a message that no second try could help: it breaks a rule of its sender. It goes to the error queue at once.</summary>
/// <param name="reason">One sentence for the operator.</param>
public sealed class MessageRefusedException(string reason) : Exception(reason);
