package io.tieback.console.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Action;
import io.tieback.approval.Approvals;
import io.tieback.approval.Findings;
import io.tieback.approval.Refusal;
import io.tieback.approval.Refused;
import io.tieback.console.page.Ask;
import io.tieback.console.web.Problem;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invoices that were ticked: each with the version and the digest that were shown. */
final class Choices {

  private static final String NAME = "choice";

  private Choices() {}

  /** What a tick sends. */
  static String text(long id, int version, String digest) {
    return id + ":" + version + ":" + (digest == null ? "" : digest);
  }

  /** Whether nothing was ticked. */
  static boolean none(Ask ask) {
    return ask.fields(NAME).isEmpty();
  }

  /** What was ticked; 400 when it is more than a page has. */
  static List<Approvals.Choice> of(Ask ask) {
    List<Approvals.Choice> choices = new ArrayList<>();
    for (String text : ask.fields(NAME)) {
      String[] parts = text.split(":", 3);
      if (parts.length < 3 || !parts[0].matches("[0-9]{1,18}") || !parts[1].matches("[0-9]{1,9}")) {
        throw Problem.badRequest(NAME, ask.text("error.choice", text), "error.400.remedy");
      }
      choices.add(
          new Approvals.Choice(
              Long.parseLong(parts[0]),
              Integer.parseInt(parts[1]),
              parts[2].isEmpty() ? null : parts[2]));
    }
    if (choices.size() > ListQuestion.SIZE) {
      throw Problem.badRequest(
          NAME, ask.text("error.range", choices.size(), 1, ListQuestion.SIZE), "error.400.remedy");
    }
    return choices;
  }

  /** One of them with its figures; composed now when nobody has looked at it yet. */
  static Map<String, Object> looked(
      Ask ask, Ledger ledger, Approvals approvals, Approvals.Choice choice) {
    QueueItem item = ledger.queueItems().find(choice.id()).orElseThrow(Problem::notFound);
    ask.requireSeen(item.connection());
    Optional<Refusal> against = approvals.refusal(ask.person(), item, Action.ACCEPT);
    if (against.isEmpty() && item.shown().digest() == null) {
      try {
        item = approvals.look(ask.person(), item);
      } catch (Refused refused) {
        against = Optional.of(refused.refusal());
      }
    }
    List<Finding> findings = Findings.of(item);
    if (against.isEmpty() && item.shown().digest() == null) {
      against = Optional.of(Refusal.of("accept.findings", sentences(findings)));
    }
    JsonNode totals =
        item.shown().preview() == null
            ? Json.object()
            : Json.read(item.shown().preview()).at("/document/totals");
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("item", item);
    line.put("held", money(totals, "retainageHeld"));
    line.put("payable", money(totals, "payable"));
    line.put("findings", findings.stream().map(one -> one.field() + ": " + one.found()).toList());
    line.put(
        "refusal",
        against
            .map(one -> one.reason(ask.language()) + " " + one.remedy(ask.language()))
            .orElse(""));
    line.put(
        "choice",
        against.isPresent() ? null : text(item.id(), item.version(), item.shown().digest()));
    return line;
  }

  private static String sentences(List<Finding> findings) {
    return String.join(" ", findings.stream().map(Finding::sentence).toList());
  }

  private static Money money(JsonNode totals, String name) {
    return totals.hasNonNull(name) ? Money.of(totals.path(name).asText()) : null;
  }
}
