using Fleet.Platform.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fleet.Platform.Security;

/// <summary>Says in the OpenAPI document what the service is called and who may call which operation.</summary>
internal static class OpenApiSecurity
{
    public static void Describe(OpenApiOptions options, string service)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = $"Fleet {service}", Version = "v1" };
            // The document is served through the gateway; paths are relative to it.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.RequestBody?.Content?.Remove(Body.AnyType);
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredRoles>().FirstOrDefault() is not { } required) return Task.CompletedTask;
            operation.Description = $"{operation.Description}\n\nRoles: {string.Join(", ", required.Roles)}.".Trim();
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
            return Task.CompletedTask;
        });
        OpenApiQuery.Describe(options);
        OpenApiMembers.Describe(options);
        // Every feature calls its body Request; the document has one namespace for all of them.
        options.CreateSchemaReferenceId = type => OpenApiMembers.IsGiven(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id && type.Type.DeclaringType is { } feature
            ? feature.Name + id
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // A converter of our own writes instants, and what that makes of them cannot be seen from outside.
            if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset))
                (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            return Task.CompletedTask;
        });
    }
}
