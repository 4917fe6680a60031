package io.tieback.console.house;

import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Errors;
import io.tieback.console.web.Problem;
import io.tieback.ledger.Delegation;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who stands in for whom, and when; filled in by oneself or by an administrator. */
final class DelegationForm {

  private static final int LONGEST_REASON = 500;

  private final Ledger ledger;

  DelegationForm(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * One that somebody gave or was given.
   *
   * @param from who is away
   * @param to who decides meanwhile
   * @param given whether the person that is looked at is the one who is away
   * @param state now, later, over or revoked
   */
  public record Row(Delegation it, String from, String to, boolean given, String state) {

    /** Whether it can be taken back. */
    public boolean open() {
      return state.equals("now") || state.equals("later");
    }
  }

  /** What somebody gave and was given, newest first. */
  List<Row> rows(long user, LocalDate today) {
    Map<Long, User> all =
        ledger.users().all().stream().collect(Collectors.toMap(User::id, Function.identity()));
    return ledger.delegations().of(user).stream()
        .map(
            one ->
                new Row(
                    one,
                    all.get(one.fromUser()).name(),
                    all.get(one.toUser()).name(),
                    one.fromUser() == user,
                    state(one, today)))
        .toList();
  }

  private static String state(Delegation one, LocalDate today) {
    if (one.revokedAt() != null) {
      return "revoked";
    }
    if (one.lastDay().isBefore(today)) {
      return "over";
    }
    return one.firstDay().isAfter(today) ? "later" : "now";
  }

  /** Who may stand in: everybody else who is active. */
  List<UsersPages.Choice> others(Person person, long user) {
    return ledger.users().all().stream()
        .filter(one -> one.active() && one.id() != user)
        .filter(one -> Permissions.standIn(person, user, one.id()).isEmpty())
        .map(
            one -> new UsersPages.Choice(Long.toString(one.id()), one.name() + " · " + one.email()))
        .toList();
  }

  /** Makes what was filled in, or says what is wrong with it. */
  Errors create(Ask ask, long absent) {
    Errors errors = new Errors();
    String to = ask.field("to").orElse("");
    Optional<User> other =
        to.matches("[0-9]{1,18}")
            ? ledger.users().byId(Long.parseLong(to)).filter(User::active)
            : Optional.empty();
    if (other.isEmpty() || other.get().id() == absent) {
      errors.add("to", ask.text("users.delegation.to.wrong"));
    } else {
      Permissions.standIn(ask.person(), absent, other.get().id())
          .ifPresent(
              one ->
                  errors.add("to", one.reason(ask.language()) + " " + one.remedy(ask.language())));
    }
    LocalDate first = day(ask, "first", errors);
    LocalDate last = day(ask, "last", errors);
    if (first != null && last != null && last.isBefore(first)) {
      errors.add("last", ask.text("users.delegation.days.wrong"));
    }
    String reason = ask.field("reason").orElse("");
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      errors.add("reason", ask.text("users.delegation.reason.wrong", LONGEST_REASON));
    }
    if (errors.none()) {
      ledger
          .delegations()
          .create(absent, other.orElseThrow().id(), first, last, reason, ask.person().email());
    }
    return errors;
  }

  private static LocalDate day(Ask ask, String field, Errors errors) {
    String given = ask.field(field).orElse("");
    try {
      return LocalDate.parse(given);
    } catch (DateTimeParseException e) {
      errors.add(field, ask.text("error.date", given));
      return null;
    }
  }

  /** Takes one of a person back; 404 when it is not theirs. */
  void revoke(Ask ask, long absent, long delegation) {
    boolean theirs =
        ledger.delegations().of(absent).stream()
            .anyMatch(one -> one.id() == delegation && one.fromUser() == absent);
    if (!theirs) {
      throw Problem.notFound();
    }
    ledger.delegations().revoke(delegation, ask.person().email());
  }
}
