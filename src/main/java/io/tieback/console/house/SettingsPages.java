package io.tieback.console.house;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refusal;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Errors;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.SettingsDesk;
import io.tieback.flow.door.SyncNow;
import io.tieback.ledger.Connections;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.SettingChanges.Change;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.SettingsException;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.LiveKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that may change while Tieback runs, with where each value comes from and who changed it
 * (GEN-CFG-01, GEN-PERM-10); the payment schedule (GEN-SCH-01); what is read now (GEN-SCH-05).
 */
public final class SettingsPages implements Pages.Group {

  private static final int MOST_CHANGES = 500;
  private static final int CHANGES_OF_ONE = 50;

  /** The kinds whose direct export each key turns on (GEN-DEX-02). */
  private static final Map<Key<?>, RecordKind> DIRECT =
      Map.of(
          ApprovalKeys.DIRECT_COMMITMENTS,
          RecordKind.COMMITMENT,
          ApprovalKeys.DIRECT_CHANGE_ORDERS,
          RecordKind.CHANGE_ORDER,
          ApprovalKeys.DIRECT_INVOICES,
          RecordKind.INVOICE);

  private final Ledger ledger;
  private final SettingsDesk desk;
  private final SettingChoices choices;
  private final SyncNow syncNow;

  /** Wires them. */
  public SettingsPages(Ledger ledger, SettingsDesk desk, Books books) {
    this.ledger = ledger;
    this.desk = desk;
    this.choices = new SettingChoices(books);
    this.syncNow = new SyncNow(ledger);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("settings")
        .bundle("setting-names")
        .navigation(Pages.Section.HOUSE, 10, "settings.title", "/settings", Pages.duty(Duty.VIEW))
        .get("/settings", Pages.duty(Duty.VIEW), this::overview)
        .get("/settings/change", Pages.duty(Duty.VIEW), ask -> form(ask, null, new Errors()))
        .post("/settings/change", Pages.duty(Duty.SETTINGS), this::change)
        .post("/settings/reset", Pages.duty(Duty.SETTINGS), this::reset)
        .post("/settings/schedule", Pages.duty(Duty.SCHEDULES), this::schedule)
        .post("/settings/sync", Pages.duty(Duty.SYNC_NOW), this::sync)
        .get("/settings/history", Pages.duty(Duty.VIEW), this::history)
        .get("/settings/history.csv", Pages.duty(Duty.VIEW), this::historyCsv);
  }

  // ---- all of a connection

  /** A tab of a connection. */
  public record Tab(String label, String path, boolean current, Long count) {}

  private Reply overview(Ask ask) {
    Settings settings = current();
    ConnectionId connection = connection(ask, settings);
    SettingRows rows = new SettingRows(settings, ledger.settingChanges().newest(MOST_CHANGES));
    boolean changes = Permissions.refusal(ask.person(), Duty.SETTINGS).isEmpty();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("connection", connection.value());
    model.put(
        "tabs",
        settings.connections().stream()
            .map(
                name ->
                    new Tab(
                        name,
                        "/console/settings?connection=" + name,
                        name.equals(connection.value()),
                        null))
            .toList());
    model.put("groups", rows.live(connection.value()));
    model.put("atStart", changes ? rows.atStart(connection.value()) : List.of());
    model.put("mayChange", changes);
    model.put("whyNot", refusalText(ask, Permissions.refusal(ask.person(), Duty.SETTINGS)));
    model.put("known", ledger.connections().get(connection).orElse(null));
    model.put(
        "schedules",
        Connections.SCHEDULES.stream()
            .map(
                value ->
                    new SettingChoices.Choice(
                        value, ask.text("settings.schedule." + scheduleWord(value))))
            .toList());
    model.put("maySchedule", Permissions.refusal(ask.person(), Duty.SCHEDULES).isEmpty());
    model.put("maySync", Permissions.refusal(ask.person(), Duty.SYNC_NOW).isEmpty());
    model.put(
        "tiebackDoor",
        settings.get(ApprovalKeys.DOOR, connection.value()).equals(ApprovalKeys.TIEBACK));
    return Reply.page("settings", model);
  }

  // ---- one setting

  /** What can be changed, of which connection. */
  private record Named(String name, ConnectionId connection, Key<?> key) {}

  private Named named(String name) {
    for (String connection : desk.current().connections()) {
      Optional<Key<?>> key = LiveKeys.of(name, connection);
      if (key.isPresent()) {
        return new Named(name, new ConnectionId(connection), key.get());
      }
    }
    throw Problem.notFound();
  }

  private Optional<Refusal> refusal(Ask ask, Named named) {
    RecordKind kind = DIRECT.get(named.key());
    return kind == null
        ? Permissions.refusal(ask.person(), Duty.SETTINGS)
        : Permissions.directExport(ask.person(), named.connection(), kind);
  }

  private Reply form(Ask ask, String typed, Errors errors) {
    Named named =
        named(ask.query("name").or(() -> ask.field("name")).orElseThrow(Problem::notFound));
    List<Change> changes = ledger.settingChanges().of(named.name(), CHANGES_OF_ONE);
    SettingRows.Row row =
        new SettingRows(current(), changes)
            .of(named.connection().value(), named.name())
            .orElseThrow(Problem::notFound);
    Optional<Refusal> refusal = refusal(ask, named);
    String value = typed != null ? typed : row.value() == null ? "" : row.value();
    SettingChoices.Offered offered =
        refusal.isPresent() || !row.live()
            ? new SettingChoices.Offered(List.of(), "")
            : choices.of(ask, named.connection(), named.key(), row.value());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("row", row);
    model.put("connection", named.connection().value());
    model.put("value", value);
    model.put("allowed", named.key().type().allowed());
    model.put("choices", offered.choices());
    model.put("problem", offered.problem());
    model.put(
        "doubt",
        row.value() == null || !offered.problem().isEmpty()
            ? ""
            : choices.doubt(ask, named.connection(), named.key(), row.value()).orElse(""));
    model.put("whyNot", refusalText(ask, refusal));
    model.put("changes", changes);
    model.put("errors", errors);
    return errors.none() ? Reply.page("setting", model) : Reply.again("setting", model);
  }

  private Reply change(Ask ask) {
    Named named = named(ask.required("name"));
    requireMay(ask, named);
    String value = ask.field("value").orElse("");
    Errors errors = new Errors();
    if (!value.isEmpty()) {
      try {
        named.key().type().read(value);
      } catch (RuntimeException notAllowed) {
        errors.add("value", ask.text("settings.wrong", value, named.key().type().allowed()));
        return form(ask, value, errors);
      }
    }
    try {
      desk.change(
          named.connection().value(),
          named.name(),
          value.isEmpty() ? null : value,
          ask.person().email());
    } catch (SettingsException refused) {
      return form(ask, value, errors.add("value", String.join(" ", refused.problems())));
    }
    Reply.Redirect back = Reply.redirect("/settings/change?name=" + encoded(named.name()));
    return choices
        .doubt(ask, named.connection(), named.key(), value)
        .map(doubt -> back.warning("settings.saved-doubt", doubt))
        .orElseGet(() -> back.saying("settings.saved"));
  }

  private Reply reset(Ask ask) {
    Named named = named(ask.required("name"));
    requireMay(ask, named);
    Reply.Redirect back = Reply.redirect("/settings/change?name=" + encoded(named.name()));
    try {
      desk.change(named.connection().value(), named.name(), null, ask.person().email());
    } catch (SettingsException refused) {
      return back.warning(String.join(" ", refused.problems()));
    }
    return back.saying("settings.was-reset");
  }

  private void requireMay(Ask ask, Named named) {
    refusal(ask, named)
        .ifPresent(
            refusal -> {
              throw Problem.forbidden(
                  refusal.reason(ask.language()), refusal.remedy(ask.language()));
            });
  }

  // ---- schedule and reading now

  private Reply schedule(Ask ask) {
    ConnectionId connection = givenConnection(ask);
    String wanted = ask.required("schedule");
    if (!Connections.SCHEDULES.contains(wanted)) {
      throw Problem.badRequest("schedule", ask.text("error.choice", wanted), "error.400.remedy");
    }
    ledger.connections().paymentSchedule(connection, wanted, ask.person().email());
    return back(connection).saying("settings.schedule.saved");
  }

  private Reply sync(Ask ask) {
    ConnectionId connection = givenConnection(ask);
    ask.requireSeen(connection);
    String what = ask.required("what");
    boolean tieback =
        desk.current().get(ApprovalKeys.DOOR, connection.value()).equals(ApprovalKeys.TIEBACK);
    SyncNow.What wanted =
        switch (what) {
          case "payments" -> SyncNow.What.PAYMENTS;
          case "costs" -> SyncNow.What.COSTS;
          case "records" -> SyncNow.What.RECORDS;
          default ->
              throw Problem.badRequest("what", ask.text("error.choice", what), "error.400.remedy");
        };
    if (wanted == SyncNow.What.RECORDS && !tieback) {
      throw Problem.refused("settings.sync.procore", "");
    }
    syncNow.request(connection, wanted, ask.person().email());
    return back(connection).saying("settings.sync.done." + what);
  }

  private static Reply.Redirect back(ConnectionId connection) {
    return Reply.redirect("/settings?connection=" + encoded(connection.value()));
  }

  // ---- who changed what

  private Reply history(Ask ask) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("changes", ledger.settingChanges().newest(MOST_CHANGES));
    return Reply.page("settings-history", model);
  }

  private Reply historyCsv(Ask ask) {
    Csv csv =
        new Csv(
            List.of(
                ask.text("settings.history.at"),
                ask.text("settings.history.who"),
                ask.text("settings.history.name"),
                ask.text("settings.history.before"),
                ask.text("settings.history.after")));
    ledger
        .settingChanges()
        .newest(MOST_CHANGES)
        .forEach(
            one ->
                csv.row(
                    Arrays.asList(
                        one.at(),
                        one.who(),
                        one.name(),
                        one.previous(),
                        one.value() == null ? ask.text("settings.history.files") : one.value())));
    return Reply.csv("tieback-settings.csv", csv);
  }

  // ---- parts

  /** What another node changed counts here too before it is shown. */
  private Settings current() {
    desk.takeUp();
    return desk.current();
  }

  private static ConnectionId connection(Ask ask, Settings settings) {
    ConnectionId connection =
        ask.connection().orElseGet(() -> new ConnectionId(settings.connections().get(0)));
    if (!settings.connections().contains(connection.value())) {
      throw Problem.notFound();
    }
    return connection;
  }

  private ConnectionId givenConnection(Ask ask) {
    String name = ask.required("connection");
    if (!desk.current().connections().contains(name)) {
      throw Problem.badRequest("connection", ask.text("error.choice", name), "error.400.remedy");
    }
    return new ConnectionId(name);
  }

  private static String refusalText(Ask ask, Optional<Refusal> refusal) {
    return refusal
        .map(one -> one.reason(ask.language()) + " " + one.remedy(ask.language()))
        .orElse("");
  }

  private static String scheduleWord(String value) {
    return value.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
