package io.tieback.console.queue;

import io.tieback.approval.Action;
import io.tieback.approval.Approvals;
import io.tieback.approval.Duty;
import io.tieback.approval.Extra;
import io.tieback.approval.Outdated;
import io.tieback.approval.QueueState;
import io.tieback.approval.Refused;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.web.Problem;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueItems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is decided about an item. Whether it may be is decided by {@link Approvals} alone; a page
 * that is out of date is answered with what changed.
 */
final class ItemDeeds {

  /** What is asked about once more: it cuts a tie, or makes something in Procore. */
  private static final List<String> CONFIRMED = List.of(Action.UNLINK.word(), Action.IMPORT.word());

  private final Ledger ledger;
  private final Approvals approvals;
  private final QueueCounts counts;

  ItemDeeds(Ledger ledger, Approvals approvals, QueueCounts counts) {
    this.ledger = ledger;
    this.approvals = approvals;
    this.counts = counts;
  }

  void addTo(Pages pages) {
    pages.post("/items/{id}/{deed}", Pages.duty(Duty.VIEW), this::deed);
  }

  private Reply deed(Ask ask) {
    long id = ask.number("id");
    int version = Math.toIntExact(Math.min(Integer.MAX_VALUE, ask.requiredNumber("version")));
    QueueItem item = ledger.queueItems().find(id).orElseThrow(Problem::notFound);
    ask.requireSeen(item.connection());
    String name = ItemPages.heading(ask, item);
    if (CONFIRMED.contains(ask.part("deed")) && !ask.ticked("confirmed")) {
      return confirm(ask, id, name);
    }
    try {
      QueueItem after = done(ask, id, version);
      counts.forget();
      return Reply.redirect(where(ask, id)).saying(key(ask, after), name);
    } catch (Outdated outdated) {
      return outdated(ask, id, outdated);
    } catch (Refused refused) {
      return Reply.redirect(here(ask, id)).warning(Buttons.words(ask, refused.refusal()));
    }
  }

  /** What a dialog asks on the item's page, for browsers without scripts. */
  private static Reply confirm(Ask ask, long id, String name) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("heading", name);
    model.put("deed", ask.part("deed"));
    model.put("path", "/console/items/" + id + "/" + ask.part("deed"));
    model.put("back", "/console" + here(ask, id));
    model.put(
        "hidden",
        List.of("version", "back", "next", "shown").stream()
            .map(field -> Map.of("name", field, "value", ask.typed(field)))
            .toList());
    return Reply.page("queue-ask", model);
  }

  private QueueItem done(Ask ask, long id, int version) {
    String reason = ask.field("reason").orElse("");
    return switch (ask.part("deed")) {
      case "accept" ->
          approvals.accept(ask.person(), id, version, ask.field("digest").orElse(null), extra(ask));
      case "reject" -> approvals.reject(ask.person(), id, version, reason);
      case "retrieve" -> approvals.retrieve(ask.person(), id, version);
      case "send" -> approvals.send(ask.person(), id, version);
      case "resend" -> approvals.resend(ask.person(), id, version);
      case "retry" -> approvals.retry(ask.person(), id, version);
      case "unlink" -> approvals.unlink(ask.person(), id, version);
      case "archive" -> approvals.archive(ask.person(), id, version, reason);
      case "restore" -> approvals.restore(ask.person(), id, version);
      case "import" -> approvals.importNow(ask.person(), id, version);
      case "link" -> approvals.link(ask.person(), id, version, ask.requiredNumber("procoreId"));
      default -> throw Problem.notFound();
    };
  }

  private static Map<String, String> extra(Ask ask) {
    Map<String, String> extra = new LinkedHashMap<>();
    // A field that was shown and is empty takes back what was entered before.
    if (!ask.fields(Extra.NUMBER).isEmpty()) {
      extra.put(Extra.NUMBER, ask.field(Extra.NUMBER).orElse(""));
    }
    if (!ask.fields(Extra.ACCOUNTING_DATE).isEmpty()) {
      extra.put(
          Extra.ACCOUNTING_DATE,
          ask.day(Extra.ACCOUNTING_DATE).map(LocalDate::toString).orElse(""));
    }
    return extra;
  }

  private static String key(Ask ask, QueueItem after) {
    String deed = ask.part("deed");
    boolean first =
        deed.equals(Action.ACCEPT.word())
            && QueueState.of(after.state()) != QueueState.EXPORTING
            && after.way().firstAcceptedAt() != null
            && after.way().acceptedAt() == null;
    return "queue.said." + (first ? "accept-first" : deed);
  }

  // ---- where one is led

  /** The parameters of the page, as it gave them along; only those of a list. */
  private static String parameters(Ask ask) {
    return ask.field("back").filter(given -> given.matches("list=[^\\s\"<>]*")).orElse("");
  }

  private static String here(Ask ask, long id) {
    String parameters = parameters(ask);
    return "/items/" + id + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  /** After a decision the next one of the list, as whoever works through it wants it. */
  private static String where(Ask ask, long id) {
    boolean decision = List.of("accept", "reject").contains(ask.part("deed"));
    String next = ask.field("next").filter(given -> given.matches("[1-9][0-9]{0,17}")).orElse("");
    return decision && !next.isEmpty() ? here(ask, Long.parseLong(next)) : here(ask, id);
  }

  // ---- out of date

  private Reply outdated(Ask ask, long id, Outdated outdated) {
    QueueItem now =
        outdated.now() == null ? ledger.queueItems().find(id).orElseThrow() : outdated.now();
    List<QueueItems.Step> history = ledger.queueItems().history(id);
    List<Map<String, Object>> steps = new ArrayList<>();
    history
        .subList(Math.max(0, history.size() - 3), history.size())
        .forEach(
            step -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("at", step.at());
              line.put("colour", "blue");
              line.put("title", ask.said("way.queue." + step.action().replace('_', '-')));
              line.put("who", step.who());
              line.put("text", step.reason() == null ? "" : step.reason());
              steps.add(line);
            });
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("heading", ItemPages.heading(ask, now));
    model.put("reason", outdated.refusal().reason(ask.language()));
    model.put("remedy", outdated.refusal().remedy(ask.language()));
    model.put("differences", Shown.differences(ask, ask.typed("shown"), now));
    model.put("state", QueueState.of(now.state()));
    model.put("steps", steps);
    model.put("again", "/console" + here(ask, id));
    return new Reply.View(409, "queue-outdated", model);
  }
}
