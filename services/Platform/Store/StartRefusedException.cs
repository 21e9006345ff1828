namespace Fleet.Platform.Store;

/// <summary>The process must not start as things are. The message is the sentence that the operator reads; the process ends with exit code 1 and no stack trace.</summary>
public sealed class StartRefusedException(string sentence, Exception? inner = null) : Exception(sentence, inner);
