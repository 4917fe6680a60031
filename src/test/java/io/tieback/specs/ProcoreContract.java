package io.tieback.specs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import io.tieback.wire.Http;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Procore subset as a judge of what we send: path and method exist, every query parameter is
 * known and of its type, required ones are there, the company header is there, the body fits its
 * schema and has no field that the schema does not know. Found in the folder named by the system
 * property {@code tieback.specs}, else the environment's {@code TIEBACK_SPECS}, else {@code
 * ../shared/specs}.
 */
public final class ProcoreContract {

  private static final String FILE = "procore-erp-subset.json";

  /**
   * Its body is published only in part: further fields are ours to choose (Procore reference
   * section 4).
   */
  private static final String PARTLY_PUBLISHED =
      "/rest/v1.0/companies/{company_id}/invoice_payments/sync";

  /** Its body may stand in {@code updates}: uncertain (Procore reference section 4). */
  private static final String WRAPPER_UNCERTAIN =
      "/rest/v1.0/companies/{company_id}/erp_request_details/sync";

  private static ProcoreContract loaded;

  private final JsonNode spec;
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V4,
          builder ->
              builder
                  .metaSchema(OpenApi30.getInstance())
                  .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  private ProcoreContract(JsonNode spec) {
    this.spec = spec;
  }

  static Path file() {
    String property = System.getProperty("tieback.specs", "");
    String environment = System.getenv().getOrDefault("TIEBACK_SPECS", "");
    String folder =
        !property.isBlank() ? property : !environment.isBlank() ? environment : "../shared/specs";
    return Path.of(folder, FILE);
  }

  /** Whether the file is there. */
  public static boolean isThere() {
    return Files.isReadable(file());
  }

  /** Reads the file once; the same judge for everybody. */
  public static synchronized ProcoreContract load() {
    if (loaded == null) {
      try {
        loaded = new ProcoreContract(Json.mapper().readTree(file().toFile()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file(), e);
      }
    }
    return loaded;
  }

  /** A way out that lets only calls pass that the contract has nothing against. */
  public Http judging(Http http) {
    return call -> {
      List<String> objections = objections(call);
      if (!objections.isEmpty()) {
        throw new AssertionError("the Procore contract objects to " + call + ": " + objections);
      }
      return http.send(call);
    };
  }

  /** Names of all ERP events. */
  public Set<String> eventNames() {
    Set<String> names = new HashSet<>();
    spec.path("x-erp-events").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What is published about an event, such as {@code superUserOnly}. */
  public JsonNode event(String name) {
    return spec.path("x-erp-events").path(name);
  }

  /** Everything that the contract has against a call; empty when nothing. */
  public synchronized List<String> objections(HttpCall call) {
    String template = template(call.uri().getRawPath(), call.method());
    if (template == null) {
      return List.of(call.method() + " " + call.uri().getRawPath() + " is not in the contract");
    }
    JsonNode operation =
        spec.path("paths").path(template).path(call.method().toLowerCase(Locale.ROOT));
    List<String> objections = new ArrayList<>();
    Map<String, JsonNode> known = new HashMap<>();
    for (JsonNode list :
        List.of(
            spec.path("paths").path(template).path("parameters"), operation.path("parameters"))) {
      for (JsonNode reference : list) {
        JsonNode parameter =
            reference.has("$ref")
                ? spec.at(reference.get("$ref").asText().substring(1))
                : reference;
        if (parameter.path("in").asText().equals("query")) {
          known.put(parameter.path("name").asText(), parameter);
        } else if (parameter.path("in").asText().equals("header")
            && !call.headers().containsKey(parameter.path("name").asText())) {
          objections.add("header " + parameter.path("name").asText() + " is missing");
        }
      }
    }
    judgeQuery(call, template, known, objections);
    judgeBody(call, template, operation, objections);
    return objections;
  }

  /** Literal segments win over ids. */
  private String template(String path, String method) {
    String found = null;
    for (Map.Entry<String, JsonNode> entry : spec.path("paths").properties()) {
      boolean fits =
          path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[1-9]\\\\d*"))
              && entry.getValue().has(method.toLowerCase(Locale.ROOT));
      if (fits && (found == null || entry.getKey().indexOf('{') > found.indexOf('{'))) {
        found = entry.getKey();
      }
    }
    return found;
  }

  private static void judgeQuery(
      HttpCall call, String template, Map<String, JsonNode> known, List<String> objections) {
    Set<String> sent = new HashSet<>();
    String query = call.uri().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String name = URLDecoder.decode(pair.substring(0, pair.indexOf('=')), StandardCharsets.UTF_8);
      String value =
          URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
      sent.add(name);
      JsonNode parameter = known.get(name);
      if (parameter == null) {
        objections.add("query parameter " + name + " is not in the contract");
        continue;
      }
      JsonNode schema =
          parameter.path("schema").path("type").asText().equals("array")
              ? parameter.path("schema").path("items")
              : parameter.path("schema");
      boolean fits = !schema.path("type").asText().equals("integer") || value.matches("-?\\d+");
      boolean allowed =
          !schema.has("enum") || schema.get("enum").toString().contains("\"" + value + "\"");
      if (!fits || !allowed) {
        objections.add("query parameter " + name + " is '" + value + "', not " + schema);
      }
    }
    known.forEach(
        (name, parameter) -> {
          // Hooks belong to a company or to a project; the contract's file names both as required.
          boolean either = template.contains("/webhooks/") && name.equals("project_id");
          if (parameter.path("required").asBoolean() && !sent.contains(name) && !either) {
            objections.add("query parameter " + name + " is missing");
          }
        });
  }

  private void judgeBody(
      HttpCall call, String template, JsonNode operation, List<String> objections) {
    JsonNode content =
        operation.path("requestBody").path("content").path("application/json").path("schema");
    if (call.body() == null) {
      if (operation.path("requestBody").path("required").asBoolean()) {
        objections.add("a body is missing");
      }
      return;
    }
    if (content.isMissingNode()) {
      objections.add("a body is not in the contract");
      return;
    }
    JsonNode body = body(call, objections);
    if (body == null) {
      return;
    }
    if (template.equals(WRAPPER_UNCERTAIN) && body.has("updates")) {
      body = body.get("updates");
    }
    JsonSchema schema =
        schemas.computeIfAbsent(
            call.method() + template,
            key -> {
              JsonNode copy = content.deepCopy();
              close(copy, !template.equals(PARTLY_PUBLISHED));
              SchemaValidatorsConfig config =
                  SchemaValidatorsConfig.builder()
                      .pathType(PathType.JSON_POINTER)
                      .formatAssertionsEnabled(true)
                      .build();
              return factory.getSchema(copy, config);
            });
    schema
        .validate(body)
        .forEach(
            message -> objections.add(message.getInstanceLocation() + ": " + message.getMessage()));
  }

  /** JSON as it is, a form as an object of texts. */
  private static JsonNode body(HttpCall call, List<String> objections) {
    String text = new String(call.body(), StandardCharsets.UTF_8);
    String type = call.headers().getOrDefault("Content-Type", "");
    if (type.equals("application/x-www-form-urlencoded")) {
      ObjectNode form = Json.object();
      for (String pair : text.split("&")) {
        form.put(
            URLDecoder.decode(pair.substring(0, pair.indexOf('=')), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
      }
      return form;
    }
    if (!type.equals("application/json")) {
      objections.add("Content-Type is '" + type + "'");
      return null;
    }
    return Json.read(text);
  }

  /** Takes the file's own marks out and, where everything is published, lets no other field in. */
  private static void close(JsonNode schema, boolean closed) {
    if (schema instanceof ObjectNode object) {
      List<String> markers = new ArrayList<>();
      object.fieldNames().forEachRemaining(name -> markers.add(name));
      boolean truncated = object.path("x-truncated").asBoolean();
      // The file's own marks, such as where a node comes from, are no keywords of a schema.
      markers.removeIf(name -> !name.startsWith("x-"));
      object.remove(markers);
      if (closed && object.path("properties").size() > 0 && !truncated) {
        object.put("additionalProperties", false);
      }
      object.forEach(child -> close(child, closed));
    } else if (schema instanceof ArrayNode array) {
      array.forEach(child -> close(child, closed));
    }
  }

  /**
   * The test needs the contract: without it, it fails where the environment says {@code CI=true}
   * and is shown as skipped elsewhere.
   */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(Presence.class)
  public @interface Needed {}

  static final class Presence implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (isThere()) {
        return ConditionEvaluationResult.enabled("the Procore subset is there");
      }
      String message =
          "the Procore subset was not found at "
              + file().toAbsolutePath()
              + "; name its folder with -Dtieback.specs=... or TIEBACK_SPECS";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message + ". With CI=true this is a failure.");
      }
      System.out.println("SKIPPED: " + context.getDisplayName() + ": " + message);
      return ConditionEvaluationResult.disabled(message);
    }
  }
}
