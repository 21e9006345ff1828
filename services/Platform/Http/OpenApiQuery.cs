using System.Text.Json.Nodes;
using Fleet.Platform.Lists;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fleet.Platform.Http;

/// <summary>Describes the parameters of queries in OpenAPI as <see cref="QueryCheck"/> checks them.</summary>
internal static class OpenApiQuery
{
    public static void Describe(OpenApiOptions options) => options.AddOperationTransformer((operation, context, _) =>
    {
        var inPath = context.Description.ParameterDescriptions.Where(p => p.Source.Id == "Path").Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (QueryCheck.ParametersOf([.. context.Description.ActionDescriptor.EndpointMetadata], inPath) is not { } parameters) return Task.CompletedTask;

        operation.Parameters = [.. (operation.Parameters ?? []).Where(p => p.In != ParameterLocation.Query), .. parameters.Select(Of)];
        if (operation.Parameters.Count == 0) operation.Parameters = null;
        foreach (var answer in operation.Responses?.Values.AsEnumerable() ?? [])
        {
            if (answer.Content?.TryGetValue(Csv.MediaType, out var table) == true) table.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        return Task.CompletedTask;
    });

    private static OpenApiParameter Of(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        // Several values stand in one parameter, separated by commas.
        Style = parameter.Several ? ParameterStyle.Form : null,
        Explode = !parameter.Several,
        Schema = parameter.Several ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = ValueOf(parameter) } : ValueOf(parameter),
    };

    private static OpenApiSchema ValueOf(QueryParameter parameter) => new()
    {
        Type = parameter.Kind switch
        {
            ValueKind.Flag => JsonSchemaType.Boolean,
            ValueKind.Number => JsonSchemaType.Integer,
            ValueKind.Amount => JsonSchemaType.Number,
            _ => JsonSchemaType.String,
        },
        Format = parameter.Kind switch { ValueKind.Id => "uuid", ValueKind.Day => "date", ValueKind.Instant => "date-time", ValueKind.Number => "int32", _ => null },
        Enum = parameter.Words.Count > 0 ? [.. parameter.Words.Select(w => (JsonNode)w)] : null,
        Minimum = parameter.Bounds?.Least.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = parameter.Bounds?.Most.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
