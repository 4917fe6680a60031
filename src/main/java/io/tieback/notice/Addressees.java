package io.tieback.notice;

import io.tieback.approval.Action;
import io.tieback.approval.People;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Role;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.ItemSummary;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Mail;
import io.tieback.ledger.User;
import io.tieback.notice.Recipient.Why;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who is written to about what: people with their rights, languages and preferences. */
final class Addressees {

  private final Ledger ledger;
  private final People people;
  private final MailPolicy policy;
  private final DecisionRules rules;

  Addressees(Ledger ledger, People people, MailPolicy policy, DecisionRules rules) {
    this.ledger = ledger;
    this.people = people;
    this.policy = policy;
    this.rules = rules;
  }

  /**
   * Who hears of failures of a connection: owners, administrators, operators and its approvers,
   * unless they said otherwise (GEN-NOT-04), and the further addresses.
   */
  List<Recipient> failures(ConnectionId connection) {
    Map<Long, User> users = users();
    List<Recipient> found = new ArrayList<>();
    for (Person person : people.all()) {
      if (users.get(person.id()).failureMails() && hears(person, connection)) {
        found.add(of(users.get(person.id()), Why.FAILURES));
      }
    }
    policy.further().stream()
        .map(address -> new Recipient(null, address, null, policy.language(), Why.ADDRESS))
        .forEach(found::add);
    return onceEach(found);
  }

  private static boolean hears(Person person, ConnectionId connection) {
    return switch (person.role()) {
      case OWNER, ADMINISTRATOR -> true;
      case OPERATOR -> Permissions.sees(person, connection);
      case APPROVER ->
          Arrays.stream(RecordKind.values())
              .anyMatch(
                  kind -> Permissions.refusal(person, Action.ACCEPT, connection, kind).isEmpty());
      case VIEWER -> false;
    };
  }

  /** Owners and administrators. */
  List<Recipient> administrators() {
    Map<Long, User> users = users();
    return people.all().stream()
        .filter(person -> person.role() == Role.OWNER || person.role() == Role.ADMINISTRATOR)
        .map(person -> of(users.get(person.id()), Why.ADMINISTERS))
        .toList();
  }

  /** Those of them who did not turn the digest off. */
  List<Recipient> administratorsWithDigest() {
    Map<Long, User> users = users();
    return administrators().stream().filter(reader -> users.get(reader.userId()).digest()).toList();
  }

  /** Who may decide about an item and gets mails about what waits (GEN-NOT-04). */
  List<Recipient> deciders(ItemSummary item) {
    Map<Long, User> users = users();
    return people.all().stream()
        .filter(person -> users.get(person.id()).digest() && decides(person, item))
        .map(person -> of(users.get(person.id()), Why.DECIDES))
        .toList();
  }

  /** Everybody active who gets the daily summary when something waits for them. */
  Map<Person, Recipient> summaryReaders() {
    Map<Long, User> users = users();
    Map<Person, Recipient> readers = new LinkedHashMap<>();
    for (Person person : people.all()) {
      if (users.get(person.id()).digest() && person.role() != Role.VIEWER) {
        readers.put(person, of(users.get(person.id()), Why.DECIDES));
      }
    }
    return readers;
  }

  /** Everybody active. */
  List<Person> everybody() {
    return people.all();
  }

  /**
   * Whether somebody may accept an item as it stands: in a right, own or lent, within its holder's
   * amount limit, and neither as its sender (GEN-PERM-21) nor a second time. As {@link
   * io.tieback.approval.Approvals} decides it, from what a summary has.
   */
  boolean decides(Person person, ItemSummary item) {
    return Permissions.authorities(
            person, Action.ACCEPT, item.connection(), RecordKind.of(item.kind()))
        .stream()
        .anyMatch(authority -> decides(authority, item));
  }

  private boolean decides(Permissions.Authority authority, ItemSummary item) {
    boolean sender =
        rules.fourEyes().test(item.connection())
            && (sent(authority.person(), item) || sent(authority.rightsOf(), item));
    List<Long> both = List.of(authority.person().id(), authority.rightsOf().id());
    boolean again =
        item.firstAcceptedBy() != null
            && (both.contains(item.firstAcceptedBy())
                || (item.firstAcceptedUnder() != null && both.contains(item.firstAcceptedUnder())));
    return !sender && !again && within(authority.rightsOf().amountLimit(), item.amount());
  }

  /** Whether somebody may let an item go to Procore. */
  boolean imports(Person person, ItemSummary item) {
    return Permissions.refusal(person, Action.IMPORT, item.connection(), RecordKind.of(item.kind()))
        .isEmpty();
  }

  /** Whether they sent it; where nobody is known to have, whether they created it. */
  private static boolean sent(Person person, ItemSummary item) {
    boolean unknown =
        item.sentBy() == null && item.sentByProcoreId() == null && item.sentByMail() == null;
    if (unknown) {
      return is(person, item.createdByMail());
    }
    return Objects.equals(item.sentBy(), person.id())
        || (item.sentByProcoreId() != null && item.sentByProcoreId().equals(person.procoreUserId()))
        || is(person, item.sentByMail());
  }

  private static boolean is(Person person, String mail) {
    return mail != null && mail.equalsIgnoreCase(person.email());
  }

  private static boolean within(Money limit, Money amount) {
    return limit == null || amount == null || amount.amount().abs().compareTo(limit.amount()) <= 0;
  }

  /** Who sent an item. */
  Optional<Recipient> sender(ItemSummary item) {
    Optional<Recipient> user =
        item.sentBy() == null
            ? Optional.empty()
            : ledger.users().byId(item.sentBy()).filter(User::active).map(u -> of(u, Why.SENT));
    return user.or(
            () ->
                item.sentByProcoreId() == null
                    ? Optional.empty()
                    : ledger
                        .users()
                        .byProcore(item.sentByProcoreId(), null)
                        .filter(User::active)
                        .map(found -> of(found, Why.SENT)))
        .or(() -> ofProcore(item.sentByMail(), item.sentByName(), Why.SENT));
  }

  /** Who created it in Procore. */
  Optional<Recipient> creator(ItemSummary item) {
    return ofProcore(item.createdByMail(), item.createdByName(), Why.CREATED);
  }

  /** Approvers of a kind, for their copy. */
  List<Recipient> copies(ItemSummary item, String exceptMail) {
    Map<Long, User> users = users();
    return people.approvers(item.connection(), RecordKind.of(item.kind())).stream()
        .filter(person -> !person.email().equalsIgnoreCase(exceptMail))
        .map(person -> of(users.get(person.id()), Why.COPY))
        .toList();
  }

  /** A user when the address is one's, else the address itself; empty when it is none. */
  private Optional<Recipient> ofProcore(String address, String name, Why why) {
    if (!Mail.isAddress(address)) {
      return Optional.empty();
    }
    String lower = address.toLowerCase(Locale.ROOT);
    return Optional.of(
        ledger
            .users()
            .byEmail(lower)
            .or(() -> ledger.users().byProcore(null, lower))
            .filter(User::active)
            .map(user -> of(user, why))
            .orElseGet(() -> new Recipient(null, lower, name, policy.language(), why)));
  }

  private Map<Long, User> users() {
    return ledger.users().all().stream().collect(Collectors.toMap(User::id, Function.identity()));
  }

  private static Recipient of(User user, Why why) {
    return new Recipient(
        user.id(), user.email(), user.name(), Locale.forLanguageTag(user.language()), why);
  }

  /** Nobody twice; the first counts. */
  static List<Recipient> onceEach(Collection<Recipient> readers) {
    Map<String, Recipient> once = new LinkedHashMap<>();
    readers.forEach(reader -> once.putIfAbsent(reader.address().toLowerCase(Locale.ROOT), reader));
    return List.copyOf(once.values());
  }
}
