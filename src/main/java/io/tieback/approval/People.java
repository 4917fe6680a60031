package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Delegation;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import io.tieback.ledger.UserRight;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** People with everything that decides what they may do today. */
public final class People {

  private final Ledger ledger;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * @param zone decides which day it is for delegations
   */
  public People(Ledger ledger, ZoneId zone, Clock clock) {
    this.ledger = ledger;
    this.zone = zone;
    this.clock = clock;
  }

  /** Which day it is for people. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /** A person who is active. */
  public Optional<Person> byId(long id) {
    return ledger.users().byId(id).filter(User::active).map(user -> of(List.of(user)).get(0));
  }

  /** A person who is active, by their mail address. */
  public Optional<Person> byEmail(String email) {
    return ledger.users().byEmail(email).filter(User::active).map(user -> of(List.of(user)).get(0));
  }

  /** Everybody who is active, by name. */
  public List<Person> all() {
    return of(ledger.users().all().stream().filter(User::active).toList());
  }

  /** Who may accept or reject records of this kind, stand-ins included. */
  public List<Person> approvers(ConnectionId connection, RecordKind kind) {
    return all().stream()
        .filter(
            person -> !Permissions.authorities(person, Action.ACCEPT, connection, kind).isEmpty())
        .toList();
  }

  private List<Person> of(List<User> users) {
    Map<Long, List<Long>> absent =
        ledger.delegations().on(today()).stream()
            .collect(
                Collectors.groupingBy(
                    Delegation::toUser,
                    Collectors.mapping(Delegation::fromUser, Collectors.toList())));
    Map<Long, User> all =
        ledger.users().all().stream().collect(Collectors.toMap(User::id, Function.identity()));
    Map<Long, List<UserRight>> rights = ledger.userRights().of(all.keySet());
    return users.stream()
        .map(
            user ->
                person(
                    user,
                    rights.getOrDefault(user.id(), List.of()),
                    absent.getOrDefault(user.id(), List.of()).stream()
                        .distinct()
                        .map(
                            id ->
                                // Whoever is stood in for brings their own rights, not those that
                                // they were lent themselves.
                                person(all.get(id), rights.getOrDefault(id, List.of()), List.of()))
                        .toList()))
        .toList();
  }

  private static Person person(User user, List<UserRight> rights, List<Person> standsInFor) {
    return new Person(
        user.id(),
        user.email(),
        user.name(),
        Role.of(user.role()),
        Locale.forLanguageTag(user.language()),
        user.amountLimit(),
        user.procoreUserId(),
        rights.stream()
            .map(
                right ->
                    new Person.KindRight(
                        right.connection(),
                        right.kind() == null ? null : RecordKind.of(right.kind()),
                        right.canImport(),
                        right.canExport()))
            .toList(),
        standsInFor);
  }
}
