package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may do what, on which connection and kind (GEN-PERM). Owners may do everything;
 * administrators decide about records only with rights of their own; approvers with the rights
 * listed for them, or every one when none is listed; operators keep things going; viewers look.
 * Whoever has rights in some connections only sees those alone.
 */
public final class Permissions {

  private Permissions() {}

  /**
   * In whose right somebody acts.
   *
   * @param person who acts
   * @param rightsOf whose right it is: their own, or that of somebody absent, whose amount limit
   *     counts then too
   */
  public record Authority(Person person, Person rightsOf) {

    /** Whether somebody absent is stood in for. */
    public boolean delegated() {
      return person.id() != rightsOf.id();
    }
  }

  /** Why they may not do it; empty when they may. Amounts and four eyes are not looked at here. */
  public static Optional<Refusal> refusal(
      Person person, Action action, ConnectionId connection, RecordKind kind) {
    if (!authorities(person, action, connection, kind).isEmpty()) {
      return Optional.empty();
    }
    boolean approves = person.role() == Role.APPROVER || person.role() == Role.ADMINISTRATOR;
    return Optional.of(
        Refusal.of(
            approves ? "permission.right" : "permission.role",
            "@action." + action.word(),
            "@kinds." + kind.word(),
            connection,
            "@role." + person.role().word()));
  }

  /**
   * In whose rights they may do it, their own first; empty when they may not. Only rights to decide
   * are delegated, never what else a role may.
   */
  public static List<Authority> authorities(
      Person person, Action action, ConnectionId connection, RecordKind kind) {
    List<Authority> found = new ArrayList<>();
    if (may(person, action, connection, kind)) {
      found.add(new Authority(person, person));
    }
    if (decides(action)) {
      person.standsInFor().stream()
          .filter(absent -> decidesAbout(absent, action, connection, kind))
          .map(absent -> new Authority(person, absent))
          .forEach(found::add);
    }
    return found;
  }

  /** Why they may not do it; empty when they may. */
  public static Optional<Refusal> refusal(Person person, Duty duty) {
    return duty.isOf(person.role())
        ? Optional.empty()
        : Optional.of(
            Refusal.of("permission.duty", "@duty." + duty.word(), "@role." + person.role().word()));
  }

  /**
   * Why they may not turn direct export of a kind on or off: it takes an administrator who may also
   * export that kind (GEN-DEX-03).
   */
  public static Optional<Refusal> directExport(
      Person person, ConnectionId connection, RecordKind kind) {
    Optional<Refusal> settings = refusal(person, Duty.SETTINGS);
    if (settings.isPresent()) {
      return settings;
    }
    return may(person, Action.ACCEPT, connection, kind)
        ? Optional.empty()
        : Optional.of(Refusal.of("permission.direct", "@kinds." + kind.word(), connection));
  }

  /**
   * Why they may not make or change a user. Administrators touch no owner and make none, take no
   * administrator's role away, and nobody but an owner changes what they may themselves.
   *
   * @param user whose role, rights, limit or account it is, or null for a new one
   * @param role what they are now, or null for a new one
   * @param becomes what they shall be
   */
  public static Optional<Refusal> user(Person person, Long user, Role role, Role becomes) {
    Optional<Refusal> duty = refusal(person, Duty.USERS);
    if (duty.isPresent() || person.role() == Role.OWNER) {
      return duty;
    }
    if (role == Role.OWNER || becomes == Role.OWNER) {
      return Optional.of(Refusal.of("permission.owner"));
    }
    if (role == Role.ADMINISTRATOR && becomes != role) {
      // Otherwise they could set the password of whoever is none for a moment.
      return Optional.of(Refusal.of("permission.administrator"));
    }
    return user != null && user == person.id()
        ? Optional.of(Refusal.of("permission.self"))
        : Optional.empty();
  }

  /**
   * Why they may not set a password of somebody anew, with which they could sign in as them: that
   * of owners and administrators is an owner's to set.
   *
   * @param user whose password it is
   * @param role what they are
   */
  public static Optional<Refusal> password(Person person, long user, Role role) {
    Optional<Refusal> refusal = user(person, user, role, role);
    return refusal.isEmpty() && person.role() != Role.OWNER && role == Role.ADMINISTRATOR
        ? Optional.of(Refusal.of("permission.password"))
        : refusal;
  }

  /**
   * Why they may not let somebody stand in for somebody: everybody names their own, administrators
   * that of others, and owners that of owners.
   *
   * @param absent who is away
   * @param role what the absent one is
   */
  public static Optional<Refusal> delegate(Person person, long absent, Role role) {
    return person.id() == absent ? Optional.empty() : user(person, absent, role, role);
  }

  /**
   * Why they may not name this stand-in for somebody: whoever arranges another's absence does not
   * give themselves the other's rights, as they could not list them for themselves either. Owners
   * have every right already.
   *
   * @param absent who is away
   * @param to who decides meanwhile
   */
  public static Optional<Refusal> standIn(Person person, long absent, long to) {
    return person.role() != Role.OWNER && person.id() != absent && person.id() == to
        ? Optional.of(Refusal.of("permission.self"))
        : Optional.empty();
  }

  /** Whether somebody decides about such records, or keeps their work going; viewers do neither. */
  public static boolean takesPart(Person person, ConnectionId connection, RecordKind kind) {
    return !authorities(person, Action.SEND, connection, kind).isEmpty()
        || !authorities(person, Action.ARCHIVE, connection, kind).isEmpty();
  }

  /**
   * Whether somebody sees what is of a connection. Owners and administrators see all of them; so
   * does everybody whose rights name no connection. Otherwise only those are seen in which they
   * have a right of any kind; and those of whoever they stand in for today.
   */
  public static boolean sees(Person person, ConnectionId connection) {
    return !limited(person)
        || Arrays.stream(RecordKind.values())
            .anyMatch(
                kind ->
                    listed(person, connection, kind)
                        .filter(right -> right.canExport() || right.canImport())
                        .isPresent())
        || person.standsInFor().stream().anyMatch(absent -> sees(absent, connection));
  }

  /** Whether there may be connections that somebody does not see. */
  public static boolean limited(Person person) {
    return person.role() != Role.OWNER
        && person.role() != Role.ADMINISTRATOR
        && person.rights().stream().anyMatch(right -> right.connection() != null)
        && person.standsInFor().stream().allMatch(Permissions::limited);
  }

  /**
   * Why they may not replay, correct or discard what failed. The role needs the duty; then rights
   * by connection and kind count as for a decision: of an operator those that are listed, or every
   * one when none is; of an administrator those that are listed.
   *
   * @param duty {@link Duty#REPLAY} or {@link Duty#DISCARD}
   * @param kind of the record; null when it is about none, then any kind's right will do
   * @param back whether it goes to Procore (right to import) rather than to the ERP (to export)
   */
  public static Optional<Refusal> repair(
      Person person, Duty duty, ConnectionId connection, RecordKind kind, boolean back) {
    Optional<Refusal> refusal = refusal(person, duty);
    if (refusal.isPresent()
        || person.role() == Role.OWNER
        || (person.role() == Role.OPERATOR && person.rights().isEmpty())) {
      return refusal;
    }
    boolean may =
        Arrays.stream(RecordKind.values())
            .filter(one -> kind == null || one == kind)
            .flatMap(one -> listed(person, connection, one).stream())
            .anyMatch(
                right ->
                    kind == null
                        ? right.canExport() || right.canImport()
                        : back ? right.canImport() : right.canExport());
    return may
        ? Optional.empty()
        : Optional.of(Refusal.of("permission.repair", "@duty." + duty.word(), connection));
  }

  // ---- rights

  private static boolean decides(Action action) {
    return switch (action.need()) {
      case EXPORT, IMPORT, EITHER, RETRY -> true;
      case NOBODY, SEND -> false;
    };
  }

  private static boolean may(
      Person person, Action action, ConnectionId connection, RecordKind kind) {
    return switch (action.need()) {
      case NOBODY -> false;
      case SEND ->
          switch (person.role()) {
            case OWNER, ADMINISTRATOR -> true;
            case OPERATOR -> sees(person, connection);
            case APPROVER ->
                right(person, connection, kind, right -> right.canExport() || right.canImport());
            case VIEWER -> false;
          };
      case RETRY ->
          (person.role() == Role.OPERATOR && sees(person, connection))
              || decidesAbout(person, action, connection, kind);
      case EXPORT, IMPORT, EITHER -> decidesAbout(person, action, connection, kind);
    };
  }

  private static boolean decidesAbout(
      Person person, Action action, ConnectionId connection, RecordKind kind) {
    return switch (action.need()) {
      case IMPORT -> right(person, connection, kind, Person.KindRight::canImport);
      case EITHER ->
          right(person, connection, kind, right -> right.canExport() || right.canImport());
      default -> right(person, connection, kind, Person.KindRight::canExport);
    };
  }

  /** The most particular of the rights that are about the connection and kind decides. */
  private static boolean right(
      Person person, ConnectionId connection, RecordKind kind, Predicate<Person.KindRight> wanted) {
    return switch (person.role()) {
      case OWNER -> true;
      case OPERATOR, VIEWER -> false;
      case APPROVER ->
          person.rights().isEmpty() || listed(person, connection, kind).filter(wanted).isPresent();
      case ADMINISTRATOR -> listed(person, connection, kind).filter(wanted).isPresent();
    };
  }

  private static Optional<Person.KindRight> listed(
      Person person, ConnectionId connection, RecordKind kind) {
    return person.rights().stream()
        .filter(right -> right.connection() == null || right.connection().equals(connection))
        .filter(right -> right.kind() == null || right.kind() == kind)
        .max(
            Comparator.comparingInt(
                right -> (right.connection() == null ? 0 : 2) + (right.kind() == null ? 0 : 1)));
  }
}
