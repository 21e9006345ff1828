namespace Fleet.Portal.Parts;

/// <summary>Something to choose by its name.</summary>
public sealed record NamedOption(string Value, string Text);
