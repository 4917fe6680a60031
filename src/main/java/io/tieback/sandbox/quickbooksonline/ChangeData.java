package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code /cdc} (reference section 7): what changed since a time of the last 30 days, at most 1000
 * objects for all entities asked, without paging; a deleted object is a stub. The code for a time
 * before that is UNCERTAIN.
 */
final class ChangeData {
  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int MOST = 1000;

  private final Gate gate;

  ChangeData(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    router.get(Entities.API + "/cdc").handler(gate.guard(ChangeData::changes));
  }

  private static Answer changes(Gate.Visit visit) {
    String asked = visit.call().query("entities");
    if (asked == null || asked.isBlank()) {
      throw Refusal.missing("entities");
    }
    Instant since = since(visit);
    List<Kind> kinds = new ArrayList<>();
    for (String name : asked.split(",")) {
      Kind kind = Kind.named(name.strip());
      if (kind == null || !isCovered(kind)) {
        throw Refusal.property("entities", "does not take " + name.strip());
      }
      kinds.add(kind);
    }
    ObjectNode out = Json.object();
    ArrayNode responses = out.putArray("CDCResponse").addObject().putArray("QueryResponse");
    int left = MOST;
    for (Kind kind : kinds) {
      left -= changes(visit, kind, since, left, responses.addObject());
    }
    return visit.answer(out);
  }

  private static boolean isCovered(Kind kind) {
    return switch (kind) {
      case TAX_CODE, TAX_RATE, COMPANY_INFO, PREFERENCES -> false;
      default -> true;
    };
  }

  private static Instant since(Gate.Visit visit) {
    String text = visit.call().query("changedSince");
    if (text == null) {
      throw Refusal.missing("changedSince");
    }
    Instant since;
    try {
      since = QueryDesk.time(text);
    } catch (DateTimeParseException e) {
      throw Refusal.property("changedSince", "takes a date-time, not " + text);
    }
    if (since.isBefore(visit.now().minus(LOOK_BACK))) {
      throw Refusal.property("changedSince", "has to be within the last 30 days");
    }
    return since;
  }

  private static int changes(
      Gate.Visit visit, Kind kind, Instant since, int most, ObjectNode response) {
    List<Company.Entry> changed = new ArrayList<>();
    for (Company.Entry entry : visit.company().all(kind)) {
      if (!entry.updated.isBefore(since)) {
        changed.add(entry);
      }
    }
    changed.sort(Comparator.comparing((Company.Entry entry) -> entry.updated));
    int given = Math.min(most, changed.size());
    if (given > 0) {
      ArrayNode rows = response.putArray(kind.entity);
      changed.subList(0, given).forEach(entry -> rows.add(row(visit.company(), entry)));
      response.put("startPosition", 1).put("maxResults", given);
    }
    return given;
  }

  private static ObjectNode row(Company company, Company.Entry entry) {
    if (!entry.deleted) {
      return Writer.view(company, entry);
    }
    ObjectNode stub = Writer.stub(entry);
    stub.putObject("MetaData").put("LastUpdatedTime", company.time(entry.updated));
    return stub;
  }
}
