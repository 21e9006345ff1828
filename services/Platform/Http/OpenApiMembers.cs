using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Fleet.Platform.Http;

/// <summary>Says in OpenAPI which members must be sent and which are always answered, and which headers an operation honours.</summary>
internal static class OpenApiMembers
{
    /// <summary>
    /// Bodies are read with options of our own; these only write answers and describe types. The describing asks for the defaults of constructors'
    /// parameters and fails at a struct's, which reflection gives as null; without a constructor it does not ask.
    /// </summary>
    public static void Prepare(JsonSerializerOptions options) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(info =>
        {
            if (info.Kind == JsonTypeInfoKind.Object && info.Properties.Any(p => IsGiven(p.PropertyType)))
                info.CreateObject = () => RuntimeHelpers.GetUninitializedObject(info.Type);
        });

    public static void Describe(OpenApiOptions options)
    {
        HashSet<Type>? requests = null;
        options.AddSchemaTransformer(async (schema, context, ct) =>
        {
            if (IsGiven(context.JsonTypeInfo.Type)) await CopyAsync(schema, context, context.JsonTypeInfo.Type, ct);
            if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is null) return;

            requests ??= RequestTypes(context.ApplicationServices.GetRequiredService<EndpointDataSource>());
            var isRequest = requests.Contains(context.JsonTypeInfo.Type);
            schema.Required = new HashSet<string>();
            foreach (var member in context.JsonTypeInfo.Properties.Where(p => schema.Properties.ContainsKey(p.Name)))
            {
                var isRequired = isRequest ? Members.IsRequiredInRequest(member) : Members.IsAlwaysAnswered(member);
                if (isRequired) schema.Required.Add(member.Name);
                // What must be sent is no null; what is answered is none either, because nulls are left out.
                if (isRequest ? isRequired : !Members.IsWrittenAsNull(member)) schema.Properties[member.Name] = WithoutNull(schema.Properties[member.Name]);
            }
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<Idempotency.IdempotentEndpoint>().Any())
                (operation.Parameters ??= []).Add(Header(Idempotency.HeaderName, "The same key with the same body is answered again and not done again."));
            if (metadata.OfType<MethodInfo>().Any(m => m.GetParameters().Any(p => p.ParameterType == typeof(IfMatch))))
                (operation.Parameters ??= []).Add(Header("If-Match", "The ETag of the version that was read; when it has changed since: 412."));
            return Task.CompletedTask;
        });
    }

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    /// <summary>Whether the type is a wrapping only, which the document shows as what is in it.</summary>
    public static bool IsGiven(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Given<>);

    /// <summary>A <see cref="Given{T}"/> looks like its value, and null is one of its values.</summary>
    private static async Task CopyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Type given, CancellationToken ct)
    {
        var inner = await context.GetOrCreateSchemaAsync(Members.Plain(given), cancellationToken: ct);
        (schema.Type, schema.Format, schema.Enum, schema.Items, schema.Properties, schema.Required) =
            ((inner.Type ?? JsonSchemaType.String) | JsonSchemaType.Null, inner.Format, inner.Enum, inner.Items, inner.Properties, inner.Required);
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own) return schema;
        if (own.OneOf is { Count: 2 } either && either.FirstOrDefault(s => s.Type != JsonSchemaType.Null) is { } only) return only;
        if (own.Type is { } type && type.HasFlag(JsonSchemaType.Null)) own.Type = type & ~JsonSchemaType.Null;
        return own;
    }

    /// <summary>The types that bodies of requests are made of.</summary>
    private static HashSet<Type> RequestTypes(EndpointDataSource endpoints)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(endpoints.Endpoints.SelectMany(e => e.Metadata.OfType<IAcceptsMetadata>()).Select(a => a.RequestType).OfType<Type>());
        while (open.TryPop(out var type))
        {
            type = Members.Plain(type);
            if (type == typeof(string) || type.IsPrimitive || !found.Add(type)) continue;
            JsonTypeInfo info;
            try
            {
                info = FleetJson.Options.GetTypeInfo(type);
            }
            catch (Exception error) when (error is NotSupportedException or JsonException or InvalidOperationException)
            {
                // A form, which is no JSON.
                continue;
            }

            if (info.ElementType is { } element) open.Push(element);
            foreach (var member in info.Properties) open.Push(member.PropertyType);
        }

        return found;
    }
}
