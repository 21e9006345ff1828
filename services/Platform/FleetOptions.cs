using System.ComponentModel.DataAnnotations;

namespace Fleet.Platform;

/// <summary>What every process is told at its start: configuration section <c>Fleet</c>, environment <c>Fleet__…</c>.</summary>
public sealed class FleetOptions
{
    public const string Section = "Fleet";

    /// <summary>The data folder; each service keeps its own files in it.</summary>
    [Required]
    public string Data { get; set; } = ".data";

    /// <summary>Where the broker is: amqp://user:password@host:port/vhost. May be given as a file in <see cref="BrokerFile"/>.</summary>
    public string Broker { get; set; } = "amqp://guest:guest@127.0.0.1:5672/";

    /// <summary>A file whose content is the broker's URI; goes before <see cref="Broker"/>.</summary>
    public string? BrokerFile { get; set; }

    /// <summary>sqlite or mongo.</summary>
    [AllowedValues("sqlite", "mongo")]
    public string Store { get; set; } = "sqlite";

    /// <summary>With mongo: the connection string. May be given as a file in <see cref="MongoFile"/>.</summary>
    public string? Mongo { get; set; }

    /// <summary>A file whose content is MongoDB's connection string; goes before <see cref="Mongo"/>.</summary>
    public string? MongoFile { get; set; }

    /// <summary>How many days an Idempotency-Key is remembered; a request sent again later is done again.</summary>
    [Range(1, 3650)]
    public int IdempotencyKeysDays { get; set; } = 7;

    /// <summary>Where the gateway can be reached from here; its signing keys are read there.</summary>
    [Required, Url]
    public string Gateway { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Days begin and end in this time zone (IANA name).</summary>
    [Required]
    public string TimeZone { get; set; } = "Europe/Berlin";

    /// <summary>The broker's URI, read from the file if one is named.</summary>
    public string BrokerUri => BrokerFile is null ? Broker : File.ReadAllText(BrokerFile).Trim();

    /// <summary>MongoDB's connection string, read from the file if one is named.</summary>
    public string? MongoConnectionString => MongoFile is null ? Mongo : File.ReadAllText(MongoFile).Trim();
}
