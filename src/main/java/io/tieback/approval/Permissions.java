package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may do what, on which connection and kind (GEN-PERM). Owners may do everything;
 * administrators decide about records only with rights of their own; approvers with the rights
 * listed for them, or every one when none is listed; operators keep things going; viewers look.
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
   * Why they may not make or change a user. Administrators touch no owner and make none, and nobody
   * but an owner changes what they may themselves.
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
    return user != null && user == person.id()
        ? Optional.of(Refusal.of("permission.self"))
        : Optional.empty();
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
            case OWNER, ADMINISTRATOR, OPERATOR -> true;
            case APPROVER ->
                right(person, connection, kind, right -> right.canExport() || right.canImport());
            case VIEWER -> false;
          };
      case RETRY ->
          person.role() == Role.OPERATOR || decidesAbout(person, action, connection, kind);
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
