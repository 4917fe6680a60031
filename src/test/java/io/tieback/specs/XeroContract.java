package io.tieback.specs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import io.tieback.wire.HttpCall;
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
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Xero's own OpenAPI file as a judge of what we send. Its schemas know no required fields and let
 * unknown ones pass, so every object schema is closed here: a misspelt property fails too. Found in
 * the folder named by the system property {@code tieback.specs}, else the environment's {@code
 * TIEBACK_SPECS}, else {@code ../shared/specs}.
 */
public final class XeroContract {

  private static final String FILE = "xero_accounting.yaml";
  private static final String PREFIX = "/api.xro/2.0";
  private static final int CODE_POINTS = 20_000_000;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static XeroContract loaded;

  private final JsonNode spec;
  private final JsonSchemaFactory factory;
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  private XeroContract(JsonNode spec) {
    this.spec = spec;
    this.factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder ->
                builder
                    .metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
  }

  /** The folder that is meant, there or not. */
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
  public static synchronized XeroContract load() {
    if (loaded == null) {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(CODE_POINTS);
      ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder().loaderOptions(options).build());
      try {
        JsonNode spec = yaml.readTree(file().toFile());
        spec.path("components").path("schemas").forEach(XeroContract::close);
        loaded = new XeroContract(spec);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file(), e);
      }
    }
    return loaded;
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  /**
   * Everything that the contract has against a call: unknown path or method, query parameters that
   * it does not know or of another type, headers that are missing or malformed, a body that breaks
   * its schema. Empty when nothing.
   */
  public List<String> objections(HttpCall call) {
    String path = call.uri().getPath();
    if (!path.startsWith(PREFIX)) {
      return List.of("path " + path + " is not below " + PREFIX);
    }
    Map.Entry<String, JsonNode> found = path(path.substring(PREFIX.length()));
    JsonNode operation =
        found == null ? null : found.getValue().get(call.method().toLowerCase(Locale.ROOT));
    if (operation == null) {
      return List.of(call.method() + " " + path + " is not in the contract");
    }
    List<String> objections = new ArrayList<>();
    Map<String, JsonNode> query = new HashMap<>();
    Map<String, JsonNode> headers = new HashMap<>();
    for (JsonNode list :
        List.of(found.getValue().path("parameters"), operation.path("parameters"))) {
      for (JsonNode reference : list) {
        JsonNode parameter = resolved(reference);
        String name = parameter.path("name").asText();
        switch (parameter.path("in").asText()) {
          case "query" -> query.put(name, parameter);
          case "header" -> headers.put(name.toLowerCase(Locale.ROOT), parameter);
          default -> {}
        }
      }
    }
    judgeQuery(call, query, objections);
    judgeHeaders(call, headers, objections);
    JsonNode schema =
        operation.path("requestBody").path("content").path("application/json").path("schema");
    if (call.body() != null && schema.isMissingNode()) {
      objections.add(call.method() + " " + path + " takes no body");
    } else if (call.body() != null) {
      objections.addAll(objections(schema.path("$ref").asText(), call.body()));
    } else if (!schema.isMissingNode()) {
      objections.add(call.method() + " " + path + " needs a body");
    }
    return objections;
  }

  /** What the schema, such as {@code #/components/schemas/Invoices}, has against a body. */
  public List<String> objections(String schema, byte[] body) {
    try {
      return schemas.computeIfAbsent(schema, this::compile).validate(JSON.readTree(body)).stream()
          .map(message -> message.getInstanceLocation() + ": " + message.getMessage())
          .toList();
    } catch (IOException e) {
      return List.of("body is not JSON: " + e.getMessage());
    }
  }

  private JsonSchema compile(String reference) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .build();
    return factory
        .getSchema(SchemaLocation.of("memory:xero"), spec, config)
        .getRefSchema(SchemaLocation.Fragment.of(reference.substring(1)));
  }

  /** A path that is written out comes before one with parameters, as OpenAPI has it. */
  private Map.Entry<String, JsonNode> path(String path) {
    JsonNode writtenOut = spec.path("paths").path(path);
    if (writtenOut.isObject()) {
      return Map.entry(path, writtenOut);
    }
    for (Map.Entry<String, JsonNode> entry : spec.path("paths").properties()) {
      if (path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
        return entry;
      }
    }
    return null;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : spec.at(reference.substring(1));
  }

  private static void judgeQuery(
      HttpCall call, Map<String, JsonNode> known, List<String> objections) {
    String query = call.uri().getRawQuery();
    if (query == null) {
      return;
    }
    for (String pair : query.split("&")) {
      String name = pair.substring(0, pair.indexOf('='));
      String value =
          URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
      JsonNode parameter = known.get(name);
      if (parameter == null) {
        objections.add("query parameter " + name + " is not in the contract");
      } else {
        String form =
            switch (parameter.path("schema").path("type").asText()) {
              case "integer" -> "-?\\d+";
              case "boolean" -> "true|false";
              default -> "(?s).+";
            };
        if (!value.matches(form)) {
          objections.add(
              "query parameter " + name + " is '" + value + "', not " + parameter.path("schema"));
        }
      }
    }
  }

  private static void judgeHeaders(
      HttpCall call, Map<String, JsonNode> known, List<String> objections) {
    Map<String, String> sent = new HashMap<>();
    call.headers().forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
    known.forEach(
        (name, parameter) -> {
          if (parameter.path("required").asBoolean() && !sent.containsKey(name)) {
            objections.add("header " + name + " is missing");
          }
        });
    String since = sent.get("if-modified-since");
    if (since != null) {
      if (!known.containsKey("if-modified-since")) {
        objections.add("If-Modified-Since is not in the contract of " + call);
      }
      try {
        OffsetDateTime.parse(since);
      } catch (DateTimeParseException e) {
        objections.add("If-Modified-Since '" + since + "' is no RFC 3339 time with a zone");
      }
    }
    String key = sent.get("idempotency-key");
    if (key != null && (key.length() > 128 || !known.containsKey("idempotency-key"))) {
      objections.add(
          "Idempotency-Key '" + key + "' is longer than 128 characters or not known to " + call);
    }
    if (!"application/json".equals(sent.get("accept"))) {
      objections.add("Accept must be application/json: Xero answers XML else");
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
        return ConditionEvaluationResult.enabled("Xero's contract is there");
      }
      String message =
          "Xero's contract was not found at "
              + file().toAbsolutePath()
              + "; name its folder with -Dtieback.specs=... or TIEBACK_SPECS";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message + ". With CI=true this is a failure.");
      }
      return ConditionEvaluationResult.disabled(message);
    }
  }
}
