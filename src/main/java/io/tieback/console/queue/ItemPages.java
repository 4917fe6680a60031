package io.tieback.console.queue;

import io.tieback.approval.Action;
import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.Approvals;
import io.tieback.approval.Duty;
import io.tieback.approval.Extra;
import io.tieback.approval.Findings;
import io.tieback.approval.Permissions;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refusal;
import io.tieback.approval.Refused;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueuePage;
import io.tieback.rules.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The page of an item. It is shown at once with what was composed last; the composing, which reads
 * Procore and the ERP, follows as a part of its own, and only what was composed just now can be
 * accepted.
 */
final class ItemPages {

  /** How long what was composed counts as just now. */
  static final Duration FRESH = Duration.ofMinutes(2);

  /** States in which composing it tells something. */
  private static final Set<QueueState> LOOKED_AT =
      Set.of(
          QueueState.NOT_SENT,
          QueueState.READY_TO_EXPORT,
          QueueState.READY_TO_UPDATE,
          QueueState.RETRIEVED,
          QueueState.REJECTED,
          QueueState.FAILED,
          QueueState.UNLINKED,
          QueueState.READY_TO_IMPORT);

  private final Ledger ledger;
  private final Approvals approvals;
  private final Function<ConnectionId, ApprovalPolicy> policies;
  private final ItemLinks links;
  private final ListPages lists;

  ItemPages(
      Ledger ledger,
      Approvals approvals,
      Function<ConnectionId, ApprovalPolicy> policies,
      ItemLinks links,
      ListPages lists) {
    this.ledger = ledger;
    this.approvals = approvals;
    this.policies = policies;
    this.links = links;
    this.lists = lists;
  }

  void addTo(Pages pages) {
    pages
        .get("/items/{id}", Pages.duty(Duty.VIEW), this::page)
        .get("/items/{id}/look", Pages.duty(Duty.VIEW), this::look)
        .get("/items/{id}/live", Pages.duty(Duty.VIEW), this::live);
  }

  private Reply page(Ask ask) {
    QueueItem item = item(ask);
    Refusal refused = null;
    if (ask.query("fresh").isPresent()) {
      try {
        item = compose(ask, item);
      } catch (Refused e) {
        refused = e.refusal();
      }
    }
    Map<String, Object> model = lookModel(ask, item, refused);
    model.putAll(liveModel(ask, item));
    model.put("heading", heading(ask, item));
    model.put(
        "refresh", wanted(item) && !fresh(ask, item) && refused == null && takesPart(ask, item));
    around(ask, item, model);
    return Reply.page("queue-item", model);
  }

  /** Composes it, unless that was done a moment ago. */
  private Reply look(Ask ask) {
    QueueItem item = item(ask);
    Refusal refused = null;
    if (wanted(item) && !fresh(ask, item)) {
      try {
        item = compose(ask, item);
      } catch (Refused e) {
        refused = e.refusal();
      }
    }
    return Reply.fragment("fragments/queue-look", lookModel(ask, item, refused));
  }

  private Reply live(Ask ask) {
    return Reply.fragment("fragments/queue-live", liveModel(ask, item(ask)));
  }

  private QueueItem item(Ask ask) {
    QueueItem item = ledger.queueItems().find(ask.number("id")).orElseThrow(Problem::notFound);
    ask.requireSeen(item.connection());
    return item;
  }

  private QueueItem compose(Ask ask, QueueItem item) {
    return wanted(item) ? approvals.look(ask.person(), item) : item;
  }

  /** Viewers read what was composed last; they cause no calls. */
  private static boolean takesPart(Ask ask, QueueItem item) {
    return Permissions.takesPart(ask.person(), item.connection(), RecordKind.of(item.kind()));
  }

  private static boolean wanted(QueueItem item) {
    return item.door().equals(QueueItem.TIEBACK) && LOOKED_AT.contains(QueueState.of(item.state()));
  }

  private static boolean fresh(Ask ask, QueueItem item) {
    Instant at = item.shown().at();
    return at != null && item.shown().preview() != null && !at.isBefore(ask.now().minus(FRESH));
  }

  static String heading(Ask ask, QueueItem item) {
    String kind = ask.text("queue.kind." + item.kind());
    String name = item.about().number() != null ? item.about().number() : item.about().title();
    return name == null ? kind : kind + " " + name;
  }

  // ---- what it would become, and the decision

  private Map<String, Object> lookModel(Ask ask, QueueItem item, Refusal refused) {
    boolean fresh = fresh(ask, item) && refused == null;
    List<Buttons.Button> buttons = Buttons.of(ask, approvals, item);
    Buttons.Button accept = Buttons.of(buttons, Action.ACCEPT.word()).orElse(null);
    ApprovalPolicy policy = policies.apply(item.connection());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("item", item);
    model.put("erpName", policy.erpName());
    model.put("fresh", fresh);
    model.put("wanted", wanted(item));
    model.put("trouble", refused == null ? "" : Buttons.words(ask, refused));
    model.put("accept", accept);
    model.put("acceptable", accept != null && accept.allowed() && fresh);
    model.put("shownFigures", Shown.of(item));
    model.put("number", number(policy, item));
    model.put("dated", policy.dated().contains(RecordKind.of(item.kind())) && !item.inErp());
    Map<String, String> extra = Extra.read(item.way().extra());
    model.put("givenNumber", extra.getOrDefault(Extra.NUMBER, ""));
    model.put("givenDate", extra.getOrDefault(Extra.ACCOUNTING_DATE, ""));
    model.put("pending", LOOKED_AT.contains(QueueState.of(item.state())));
    model.put("findings", findings(item));
    model.put(
        "preview",
        item.shown().preview() == null
            ? null
            : PreviewView.of(item.shown().preview(), ask.formats(), ask::said));
    model.put("again", takesPart(ask, item) ? here(ask, item.id(), "fresh", "yes") : "");
    model.put("nextId", nextId(ask, item));
    model.put("back", returning(ask));
    return model;
  }

  /** Whether the approver has to enter the number that it gets in the ERP (GEN-CFG-03). */
  private static boolean number(ApprovalPolicy policy, QueueItem item) {
    return policy.numberByApprover().contains(RecordKind.of(item.kind())) && !item.inErp();
  }

  private static List<Map<String, Object>> findings(QueueItem item) {
    Map<List<String>, List<Finding>> same = new LinkedHashMap<>();
    Set<List<String>> seen = new HashSet<>();
    for (Finding one : Findings.of(item)) {
      // Reading it and composing it may find the same, each with a remedy in its own words.
      if (!seen.add(List.of(one.ruleId(), text(one.field()), text(one.found())))) {
        continue;
      }
      same.computeIfAbsent(
              List.of(one.severity().name(), one.ruleId(), text(one.limit()), text(one.remedy())),
              none -> new ArrayList<>())
          .add(one);
    }
    return same.values().stream().map(ItemPages::finding).toList();
  }

  /** What the same rule says with the same remedy is said once, with everything that it found. */
  private static Map<String, Object> finding(List<Finding> same) {
    Finding first = same.get(0);
    Map<String, Object> line = new LinkedHashMap<>();
    boolean oneThing = same.stream().map(Finding::found).distinct().count() == 1;
    line.put("rule", first.ruleId());
    line.put(
        "field",
        oneThing
            ? String.join(", ", same.stream().map(one -> text(one.field())).distinct().toList())
            : text(first.field()));
    line.put("found", text(first.found()));
    line.put(
        "also",
        oneThing
            ? List.of()
            : same.stream()
                .skip(1)
                .map(one -> (text(one.found()) + " " + text(one.field())).strip())
                .distinct()
                .toList());
    line.put("limit", text(first.limit()));
    line.put("remedy", text(first.remedy()));
    line.put("severe", first.severity() != Finding.Severity.WARN);
    return line;
  }

  private static String text(String maybe) {
    return maybe == null ? "" : maybe;
  }

  // ---- its state, what can be done, its way

  private Map<String, Object> liveModel(Ask ask, QueueItem item) {
    Map<String, Object> model = new LinkedHashMap<>();
    int shown = ask.query("version", 0, 999_999_999, item.version());
    model.put("item", item);
    model.put("state", QueueState.of(item.state()));
    model.put("changed", shown != item.version());
    model.put("here", here(ask, item.id(), "fresh", ""));
    model.put("procoreDoor", !item.door().equals(QueueItem.TIEBACK));
    model.put("buttons", Buttons.of(ask, approvals, item));
    model.put("shownFigures", Shown.of(item));
    model.put("first", Buttons.first(item));
    model.put("commentNeeded", commentNeeded(item));
    model.put("acceptances", ItemWay.acceptances(ask, ledger, item));
    model.put("steps", ItemWay.steps(ask, ledger, item));
    model.put("links", links.of(item));
    model.put("nextId", nextId(ask, item));
    model.put("back", returning(ask));
    model.put(
        "livePath",
        Listing.address(
            "/console/items/" + item.id() + "/live",
            ask.call().query(),
            Map.of("version", Integer.toString(shown), "fresh", "")));
    model.put(
        "lookPath",
        Listing.address(
            "/console/items/" + item.id() + "/look", ask.call().query(), Map.of("fresh", "")));
    return model;
  }

  private boolean commentNeeded(QueueItem item) {
    return policies.apply(item.connection()).comment().required(RecordKind.of(item.kind()));
  }

  // ---- the list that it was reached from

  private static Optional<ListQuestion> from(Ask ask) {
    return ask.query("list").map(path -> ListQuestion.of(ask, QueueView.ofPath(path)));
  }

  /** What a deed gives back to find the list again: the parameters of this page. */
  private static String returning(Ask ask) {
    return from(ask).map(question -> question.item(0).replaceFirst("^[^?]*\\?", "")).orElse("");
  }

  /** Where one is led after a decision; blank for the same page. */
  private String nextId(Ask ask, QueueItem item) {
    long next = from(ask).map(question -> neighbours(question, item.id()).next()).orElse(0L);
    return next == 0 ? "" : Long.toString(next);
  }

  private static String here(Ask ask, long id, String name, String value) {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("version", "");
    changes.put(name, value);
    return Listing.address("/console/items/" + id, ask.call().query(), changes);
  }

  private void around(Ask ask, QueueItem item, Map<String, Object> model) {
    Optional<ListQuestion> from = from(ask);
    model.put("list", from.map(question -> question.view().key()).orElse(""));
    model.put("listPath", from.map(question -> "/console" + question.address()).orElse(""));
    Neighbours neighbours =
        from.map(one -> neighbours(one, item.id())).orElse(new Neighbours(0, 0));
    model.put("previous", neighbours.previous() == 0 ? "" : from.get().item(neighbours.previous()));
    model.put("next", neighbours.next() == 0 ? "" : from.get().item(neighbours.next()));
  }

  /** Items beside one in its list; 0 for none. */
  record Neighbours(long previous, long next) {}

  /** What stands beside an item; of one that has left the list, its first is the next. */
  Neighbours neighbours(ListQuestion question, long id) {
    List<QueuePage.Row> rows = lists.around(question);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).id() == id) {
        return new Neighbours(
            i == 0 ? 0 : rows.get(i - 1).id(), i + 1 < rows.size() ? rows.get(i + 1).id() : 0);
      }
    }
    return new Neighbours(0, rows.isEmpty() ? 0 : rows.get(0).id());
  }
}
