package io.tieback.console.house;

import io.tieback.approval.Action;
import io.tieback.approval.Duty;
import io.tieback.approval.People;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.Delegation;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The accountant report (GEN-PERM-20): everybody who may let something go to the ERP or add
 * something to Procore, with rights as they count today, limits, delegations and last sign-in.
 */
public final class ReportPages implements Pages.Group {

  private final Ledger ledger;
  private final People people;
  private final List<ConnectionId> connections;

  /** Wires it. */
  public ReportPages(Ledger ledger, People people, List<ConnectionId> connections) {
    this.ledger = ledger;
    this.people = people;
    this.connections = List.copyOf(connections);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("report")
        .bundle("users")
        .navigation(
            Pages.Section.HOUSE,
            30,
            "report.title",
            "/accountant-report",
            Pages.duty(Duty.ACCOUNTANT_REPORT))
        .get("/accountant-report", Pages.duty(Duty.ACCOUNTANT_REPORT), this::page)
        .get("/accountant-report.csv", Pages.duty(Duty.ACCOUNTANT_REPORT), this::csv);
  }

  /**
   * What somebody may in one connection.
   *
   * @param exports names of kinds, or one word for all
   * @param imports names of kinds, or one word for all
   */
  public record Rights(String connection, String exports, String imports) {}

  /**
   * Somebody who approves.
   *
   * @param rights by connection; those without any are left out
   * @param standIns delegations that count today or later, in words
   */
  public record Approver(
      String name,
      String email,
      String role,
      Money limit,
      Instant signedInAt,
      List<Rights> rights,
      List<String> standIns) {}

  /** One right, for the file. */
  private record Right(
      Person person, ConnectionId connection, RecordKind kind, boolean in, boolean out) {}

  private Reply page(Ask ask) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("approvers", approvers(ask));
    model.put("now", ask.now());
    return Reply.page("accountant-report", model);
  }

  private List<Approver> approvers(Ask ask) {
    Map<Long, User> users = users();
    List<Approver> found = new ArrayList<>();
    for (Person person : people.all()) {
      List<Rights> rights =
          connections.stream()
              .map(
                  connection ->
                      new Rights(
                          connection.value(),
                          kinds(ask, person, Action.ACCEPT, connection),
                          kinds(ask, person, Action.IMPORT, connection)))
              .filter(one -> !one.exports().isEmpty() || !one.imports().isEmpty())
              .toList();
      if (!rights.isEmpty()) {
        User user = users.get(person.id());
        found.add(
            new Approver(
                person.name(),
                person.email(),
                person.role().word(),
                person.amountLimit(),
                user.signedInAt(),
                rights,
                standIns(ask, person.id(), users)));
      }
    }
    return found;
  }

  private String kinds(Ask ask, Person person, Action action, ConnectionId connection) {
    List<RecordKind> may =
        Arrays.stream(RecordKind.values())
            .filter(kind -> Permissions.refusal(person, action, connection, kind).isEmpty())
            .toList();
    return may.size() == RecordKind.values().length
        ? ask.text("report.everything")
        : may.stream()
            .map(kind -> ask.text("users.kind." + kind.word()))
            .collect(Collectors.joining(", "));
  }

  private List<String> standIns(Ask ask, long person, Map<Long, User> users) {
    LocalDate today = people.today();
    return ledger.delegations().of(person).stream()
        .filter(one -> one.revokedAt() == null && !one.lastDay().isBefore(today))
        .map(one -> words(ask, one, person, users))
        .toList();
  }

  private static String words(Ask ask, Delegation one, long person, Map<Long, User> users) {
    boolean away = one.fromUser() == person;
    return ask.text(
        away ? "report.away" : "report.stands-in",
        users.get(away ? one.toUser() : one.fromUser()).name(),
        ask.formats().date(one.firstDay()),
        ask.formats().date(one.lastDay()));
  }

  private Map<Long, User> users() {
    return ledger.users().all().stream().collect(Collectors.toMap(User::id, Function.identity()));
  }

  /** One row for each person, connection and kind, so that a spreadsheet can filter them. */
  private Reply csv(Ask ask) {
    Csv csv =
        new Csv(
            List.of(
                ask.text("report.name"),
                ask.text("report.email"),
                ask.text("report.role"),
                ask.text("report.connection"),
                ask.text("report.kind"),
                ask.text("report.exports"),
                ask.text("report.imports"),
                ask.text("report.limit"),
                ask.text("report.delegations"),
                ask.text("report.signed-in")));
    Map<Long, User> users = users();
    for (Person person : people.all()) {
      String standIns = String.join("; ", standIns(ask, person.id(), users));
      for (Right right : rights(person)) {
        csv.row(
            Arrays.asList(
                person.name(),
                person.email(),
                ask.text("role." + person.role().word()),
                right.connection(),
                ask.text("users.kind." + right.kind().word()),
                ask.text(right.out() ? "report.yes" : "report.no"),
                ask.text(right.in() ? "report.yes" : "report.no"),
                Optional.ofNullable(person.amountLimit())
                    .map(limit -> limit.amount().toPlainString())
                    .orElse(null),
                standIns,
                users.get(person.id()).signedInAt()));
      }
    }
    return Reply.csv("accountant-report.csv", csv);
  }

  private List<Right> rights(Person person) {
    List<Right> rights = new ArrayList<>();
    for (ConnectionId connection : connections) {
      for (RecordKind kind : RecordKind.values()) {
        boolean out = Permissions.refusal(person, Action.ACCEPT, connection, kind).isEmpty();
        boolean in = Permissions.refusal(person, Action.IMPORT, connection, kind).isEmpty();
        if (in || out) {
          rights.add(new Right(person, connection, kind, in, out));
        }
      }
    }
    return rights;
  }
}
