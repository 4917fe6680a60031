package io.tieback.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Approvals;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.Refused;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.WebMount;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueuePage;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JSON API of what the pages show and decide, for programs: {@code openapi.yaml} beside this
 * class describes it. A key carries the rights of its user, and every decision goes the same way as
 * on the pages.
 */
public final class ApiArea implements Area {

  private static final Logger LOG = LoggerFactory.getLogger(ApiArea.class);
  private static final String START = "/api/v1";
  private static final String JSON = "application/json";

  private final Ledger ledger;
  private final Approvals approvals;
  private final List<String> connections;
  private final UnaryOperator<String> door;
  private final ApiGate gate;
  private final ApiDecisions decisions;
  private final Clock clock;

  /**
   * @param people the person of a user's id; empty when they are not active
   * @param connections names of those that are configured
   * @param door the door of a connection
   * @param callsPerMinute of one key
   */
  public ApiArea(
      Ledger ledger,
      Approvals approvals,
      LongFunction<Optional<Person>> people,
      List<String> connections,
      UnaryOperator<String> door,
      int callsPerMinute,
      Clock clock) {
    this.ledger = ledger;
    this.approvals = approvals;
    this.connections = List.copyOf(connections);
    this.door = door;
    this.gate = new ApiGate(ledger, people, callsPerMinute, clock);
    this.decisions = new ApiDecisions(approvals);
    this.clock = clock;
  }

  @Override
  public boolean holds(String path) {
    return path.equals(START) || path.startsWith(START + "/");
  }

  @Override
  public Answer answer(Call call) {
    try {
      String path = call.path().substring(START.length());
      if (path.equals("/openapi.yaml") && call.reads()) {
        return Answer.of(200, "application/yaml", description());
      }
      return answer(
          call,
          gate.caller(call),
          List.of(path.substring(Math.min(1, path.length())).split("/", -1)));
    } catch (ApiProblem problem) {
      Answer answer = problem.answer();
      return switch (answer.status()) {
        case 401 -> answer.header("WWW-Authenticate", "Bearer realm=\"Tieback\"");
        case 429 -> answer.header("Retry-After", Long.toString(gate.wait(clock.instant())));
        default -> answer;
      };
    } catch (Refused refused) {
      return ApiProblem.of(refused).answer();
    } catch (Failure failure) {
      return ApiProblem.of(
              502, "other-system", failure.getMessage(), String.valueOf(failure.remedy()))
          .answer();
    } catch (RuntimeException e) {
      String number = WebMount.newNumber();
      LOG.error("error {}: {} {} failed", number, call.method(), call.path(), e);
      return ApiProblem.of(
              500,
              "fault",
              "The fault is Tieback's, not yours.",
              "If it happens again, tell your administrator the number " + number + ".")
          .answer();
    }
  }

  @Override
  public Answer unreadable(Call call, int status) {
    return (status == 413
            ? ApiProblem.of(
                413,
                "too-large",
                "More than " + WebMount.MOST_BYTES + " bytes were sent.",
                "Send less. Nothing was changed.")
            : ApiProblem.of(
                400,
                "unreadable",
                "The request cannot be read.",
                "No text has a character 0 in it, and a form has to be well formed."))
        .answer();
  }

  private Answer answer(Call call, ApiGate.Caller caller, List<String> path) {
    String first = path.get(0);
    if (path.size() == 1 && List.of("connections", "overview", "items").contains(first)) {
      requireRead(call);
      return switch (first) {
        case "connections" -> connections(caller.person());
        case "overview" -> overview(caller.person());
        default -> items(call, caller.person());
      };
    }
    if (!first.equals("items") || path.size() > 3 || !path.get(1).matches("[0-9]{1,18}")) {
      throw ApiProblem.notFound();
    }
    QueueItem item =
        ledger.queueItems().find(Long.parseLong(path.get(1))).orElseThrow(ApiProblem::notFound);
    if (!Permissions.sees(caller.person(), item.connection())) {
      throw ApiProblem.notFound();
    }
    if (path.size() == 2) {
      requireRead(call);
      return json(ApiJson.item(item));
    }
    return switch (path.get(2)) {
      case "preview" -> preview(call, caller, item);
      case "moves" -> moves(call, item);
      default -> decide(call, caller, item, path.get(2));
    };
  }

  private static void requireRead(Call call) {
    if (!call.reads()) {
      throw ApiProblem.of(405, "method", "This address is read with GET.", "");
    }
  }

  private Answer connections(Person person) {
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("connections");
    ledger.connections().all().stream()
        .filter(one -> connections.contains(one.name().value()))
        .filter(one -> Permissions.sees(person, one.name()))
        .forEach(one -> all.add(ApiJson.connection(one, door.apply(one.name().value()))));
    return json(json);
  }

  private Answer overview(Person person) {
    ObjectNode json = Json.object();
    ArrayNode counts = json.putArray("counts");
    ledger.queueItems().counts().stream()
        .filter(one -> Permissions.sees(person, one.connection()))
        .forEach(one -> counts.add(ApiJson.count(one)));
    return json(json);
  }

  private Answer items(Call call, Person person) {
    ApiQuery query = new ApiQuery(call);
    int size = query.size();
    int page = query.page();
    QueuePage found =
        ledger
            .queueItems()
            .page(
                query.filter(connections, person),
                query.sort(),
                query.ascending(),
                size,
                (page - 1) * size);
    ObjectNode json = Json.object();
    json.put("page", page).put("size", size).put("total", found.total()).put("more", found.more());
    ArrayNode rows = json.putArray("items");
    found.rows().forEach(row -> rows.add(ApiJson.row(row)));
    return json(json);
  }

  /** What was composed last; {@code fresh=true} composes it now, for those who take part. */
  private Answer preview(Call call, ApiGate.Caller caller, QueueItem item) {
    requireRead(call);
    String fresh = call.query("fresh").orElse("false");
    if (!fresh.equals("true") && !fresh.equals("false")) {
      throw ApiProblem.field("fresh", "'" + fresh + "'", "true or false");
    }
    return json(
        ApiJson.preview(fresh.equals("true") ? approvals.look(caller.person(), item) : item));
  }

  private Answer moves(Call call, QueueItem item) {
    requireRead(call);
    ObjectNode json = Json.object();
    ArrayNode moves = json.putArray("moves");
    ledger.queueItems().history(item.id()).forEach(step -> moves.add(ApiJson.step(step)));
    return json(json);
  }

  private Answer decide(Call call, ApiGate.Caller caller, QueueItem item, String deed) {
    if (!ApiDecisions.DEEDS.contains(deed)) {
      throw ApiProblem.notFound();
    }
    if (!call.method().equals("POST")) {
      throw ApiProblem.of(405, "method", "A decision is sent with POST.", "");
    }
    if (!caller.key().canWrite()) {
      throw ApiProblem.of(
          403,
          "read-only-key",
          "This key may read only.",
          "Make a key that may decide too, under Profile, API keys.");
    }
    return json(ApiJson.item(decisions.decide(caller.person(), item, deed, call)));
  }

  private static Answer json(JsonNode json) {
    return Answer.of(200, JSON, Json.bytes(json));
  }

  private static byte[] description() {
    try (InputStream in = ApiArea.class.getResourceAsStream("openapi.yaml")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
