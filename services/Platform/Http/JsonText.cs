using System.Text.Json;

namespace Fleet.Platform.Http;

/// <summary>Goes through a JSON text as it came and names what no value may hold, before anything reads it: the readers behind differ in what they forgive.</summary>
internal static class JsonText
{
    private const int MaxDepth = 20;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text without the byte order mark that some programs write.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(Mark) ? json[Mark.Length..] : json;

    /// <summary>Notes what is no JSON, fields that stand twice, and characters that no text may hold, each with its path.</summary>
    public static void Check(ReadOnlySpan<byte> json, Action<string, string> note)
    {
        json = WithoutMark(json);
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            note("$", "Send a JSON object; there is no body.");
            return;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        var open = new Stack<Place>();
        var here = new Place("", isList: false);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(here);
                        if (open.Count > MaxDepth)
                        {
                            note("$", $"Must not be nested deeper than {MaxDepth}.");
                            return;
                        }

                        here = new Place(here.Path, reader.TokenType == JsonTokenType.StartArray);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        here = open.Pop();
                        here.Next();
                        break;
                    case JsonTokenType.PropertyName:
                        var mistake = TextOf(ref reader, out var name);
                        here.Enter(mistake is null ? name : "?");
                        if (mistake is not null) note(here.Path, mistake);
                        else if (!here.Names.Add(name)) note(here.Path, "Stands here twice.");
                        break;
                    default:
                        if (reader.TokenType == JsonTokenType.String && TextOf(ref reader, out _) is { } wrong) note(here.Path.Length == 0 ? "$" : here.Path, wrong);
                        here.Next();
                        break;
                }
            }
        }
        catch (JsonException error)
        {
            note("$", $"Not valid JSON (line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}).");
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return Characters.MistakeIn(text);
        }
        catch (InvalidOperationException)
        {
            text = "";
            return "Holds bytes that are no UTF-8, or half of a character (an unpaired surrogate).";
        }
    }

    /// <summary>Where the reader stands: in an object at a field, or in a list at an item.</summary>
    private sealed class Place
    {
        private readonly string _outer;
        private readonly bool _isList;
        private int _item;

        public Place(string outer, bool isList)
        {
            (_outer, _isList) = (outer, isList);
            Path = isList ? $"{outer}[0]" : outer;
        }

        public string Path { get; private set; }

        /// <summary>The object's fields so far; case does not tell them apart, as it does not when they are read.</summary>
        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void Enter(string name) => Path = _outer.Length == 0 ? name : $"{_outer}.{name}";

        public void Next()
        {
            if (_isList) Path = $"{_outer}[{++_item}]";
        }
    }
}
