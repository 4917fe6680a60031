package io.tieback.console.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Duty;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.ledger.Audit;
import io.tieback.ledger.Ledger;
import io.tieback.wire.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The audit trail: who did what, and the proof that nobody changed it. */
public final class AuditPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int STEP = 1_000;

  private static final List<Column> COLUMNS =
      List.of(
          Column.figure(null, "audit.number"),
          Column.text(null, "audit.at"),
          Column.text(null, "audit.who"),
          Column.text(null, "audit.action"),
          Column.text(null, "audit.subject"),
          Column.text(null, "audit.detail"));

  private final Audit audit;

  /** Wires it. */
  public AuditPages(Ledger ledger) {
    this.audit = ledger.audit();
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("audit")
        .navigation(Pages.Section.HOUSE, 40, "audit.title", "/audit", Pages.duty(Duty.AUDIT))
        .get("/audit", Pages.duty(Duty.AUDIT), this::page)
        .get("/audit.csv", Pages.duty(Duty.AUDIT), this::csv)
        .post("/audit/verify", Pages.duty(Duty.AUDIT), this::verify);
  }

  /** A name and a value of an entry's detail. */
  public record Detail(String name, String value) {}

  /** An entry as it is shown. */
  public record Row(Audit.Entry entry, List<Detail> details) {}

  /** A value of a filter. */
  public record Choice(String value, String label) {}

  private Reply page(Ask ask) {
    Audit.Filter filter = filter(ask);
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-", SIZE);
    List<Row> rows =
        audit.find(filter, SIZE, wanted.offset()).stream()
            .map(entry -> new Row(entry, details(entry)))
            .toList();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("rows", rows);
    model.put(
        "listing",
        Listing.of(
            ask.path(), ask.call().query(), COLUMNS, wanted, rows.size(), audit.count(filter)));
    model.put("people", choices(audit.people()));
    model.put("actions", choices(audit.actions()));
    model.put("who", ask.query("who").orElse(""));
    model.put("action", ask.query("action").orElse(""));
    model.put("q", ask.query("q").orElse(""));
    model.put("since", ask.query("since").orElse(""));
    model.put("until", ask.query("until").orElse(""));
    model.put("csv", Listing.address("/console/audit.csv", ask.call().query(), Map.of("page", "")));
    return Reply.page("audit", model);
  }

  private static Audit.Filter filter(Ask ask) {
    return new Audit.Filter(
        ask.query("who").orElse(null),
        ask.query("action").orElse(null),
        ask.query("q").orElse(null),
        start(ask, ask.day("since")),
        start(ask, ask.day("until").map(day -> day.plusDays(1))));
  }

  private static Instant start(Ask ask, Optional<LocalDate> day) {
    return day.map(one -> one.atStartOfDay(ask.zone()).toInstant()).orElse(null);
  }

  private static List<Choice> choices(List<String> values) {
    return values.stream().map(value -> new Choice(value, value)).toList();
  }

  private static List<Detail> details(Audit.Entry entry) {
    List<Detail> details = new ArrayList<>();
    JsonNode json = Json.read(entry.detail());
    json.fields()
        .forEachRemaining(
            field -> details.add(new Detail(field.getKey(), field.getValue().asText())));
    return details;
  }

  /** All entries of the filter, with their hashes, so that the file can be proved elsewhere. */
  private Reply csv(Ask ask) {
    Csv csv =
        new Csv(
            List.of(
                ask.text("audit.number"),
                ask.text("audit.at"),
                ask.text("audit.who"),
                ask.text("audit.connection"),
                ask.text("audit.action"),
                ask.text("audit.subject"),
                ask.text("audit.detail"),
                ask.text("audit.hash")));
    Audit.Filter asked = filter(ask);
    // What is written meanwhile would move the steps.
    Audit.Filter filter =
        asked.before() != null
            ? asked
            : new Audit.Filter(
                asked.who(), asked.action(), asked.subject(), asked.since(), ask.now());
    long offset = 0;
    List<Audit.Entry> step = audit.find(filter, STEP, offset);
    while (!step.isEmpty()) {
      for (Audit.Entry one : step) {
        csv.row(
            Arrays.asList(
                one.sequence(),
                one.at(),
                one.who(),
                one.connection(),
                one.action(),
                one.subject(),
                one.detail(),
                one.hash()));
      }
      offset += step.size();
      step = audit.find(filter, STEP, offset);
    }
    return Reply.csv("audit-trail.csv", csv);
  }

  private Reply verify(Ask ask) {
    Audit.Verification found = audit.verify();
    Reply.Redirect back = Reply.redirect("/audit");
    return found.intact()
        ? back.saying("audit.intact", ask.formats().number(found.entries()), found.lastHash())
        : back.warning("audit.broken", found.problem());
  }
}
