package io.tieback.console.house;

import io.tieback.approval.Action;
import io.tieback.approval.Duty;
import io.tieback.approval.People;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refusal;
import io.tieback.approval.Role;
import io.tieback.console.door.Tokens;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Errors;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import io.tieback.ledger.Users;
import io.tieback.notice.PasswordMails;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * People of the console: who there is, what each may do (GEN-PERM-04), who stands in for whom.
 * Nobody is ever deleted. Administrators touch no owner, and nobody but an owner changes what they
 * may themselves.
 */
public final class UsersPages implements Pages.Group {

  private static final String MAIL = "[^@\\s,;<>]+@[^@\\s,;<>]+";
  private static final String AMOUNT = "[0-9]{1,15}(\\.[0-9]{1,2})?";
  private static final String PROCORE_ID = "[1-9][0-9]{0,17}";

  private final Ledger ledger;
  private final People people;
  private final List<ConnectionId> connections;
  private final DelegationForm delegations;
  private final UserAccess access;

  /**
   * @param address where people reach the console, when it is set
   * @param mails password links go by these when mail is on; otherwise they are shown
   */
  public UsersPages(
      Ledger ledger,
      People people,
      List<ConnectionId> connections,
      Optional<URI> address,
      PasswordMails mails) {
    this.ledger = ledger;
    this.people = people;
    this.connections = List.copyOf(connections);
    this.access = new UserAccess(ledger, address, mails);
    this.delegations = new DelegationForm(ledger);
  }

  @Override
  public void addTo(Pages pages) {
    Function<Person, Optional<Refusal>> duty = Pages.duty(Duty.USERS);
    pages
        .bundle("users")
        .bundle("own")
        .navigation(Pages.Section.HOUSE, 20, "users.title", "/users", duty)
        .get("/users", duty, this::list)
        .get("/users/new", duty, ask -> newForm(ask, new Errors()))
        .post("/users", duty, this::create)
        .get("/users/{id}", duty, ask -> page(ask, new Errors()))
        .post("/users/{id}", duty, this::about)
        .post("/users/{id}/role", duty, this::role)
        .post("/users/{id}/rights", duty, this::rights)
        .post("/users/{id}/mails", duty, this::mails)
        .post("/users/{id}/active", duty, access::active)
        .post("/users/{id}/link", duty, access::link)
        .post("/users/{id}/sessions", duty, access::sessions)
        .post("/users/{id}/keys/revoke", duty, access::revokeKeys)
        .post("/users/{id}/keys/{key}/revoke", duty, access::revokeKey)
        .post("/users/{id}/delegations", duty, this::delegate)
        .post("/users/{id}/delegations/{delegation}/revoke", duty, this::revoke);
  }

  // ---- who there is

  /**
   * A line of the list.
   *
   * @param approver whether they may accept something (GEN-ICON-05)
   * @param standsInFor names of those whose rights they have today
   */
  public record Line(User user, boolean approver, String standsInFor) {}

  private Reply list(Ask ask) {
    Map<Long, Person> active =
        people.all().stream().collect(Collectors.toMap(Person::id, Function.identity()));
    List<Line> lines =
        ledger.users().all().stream()
            .map(
                user -> {
                  Person person = active.get(user.id());
                  return new Line(
                      user,
                      person != null && approves(person),
                      person == null
                          ? ""
                          : person.standsInFor().stream()
                              .map(Person::name)
                              .collect(Collectors.joining(", ")));
                })
            .toList();
    return Reply.page("users", Map.of("lines", lines));
  }

  /** Whether they may let any kind go to the ERP of any connection, in their own right or not. */
  private boolean approves(Person person) {
    return connections.stream()
        .anyMatch(
            connection ->
                Arrays.stream(RecordKind.values())
                    .anyMatch(
                        kind ->
                            Permissions.refusal(person, Action.ACCEPT, connection, kind)
                                .isEmpty()));
  }

  // ---- somebody new

  /** A value with what people read. */
  public record Choice(String value, String label) {}

  private static List<Choice> roles(Ask ask) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.OWNER || ask.person().role() == Role.OWNER)
        .map(role -> new Choice(role.word(), ask.text("role." + role.word())))
        .toList();
  }

  private Reply newForm(Ask ask, Errors errors) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("roles", roles(ask));
    model.put("email", ask.field("email").orElse(""));
    model.put("name", ask.field("name").orElse(""));
    model.put("role", ask.field("role").orElse("viewer"));
    model.put("chosenLanguage", ask.field("language").orElse(ask.language().getLanguage()));
    model.put("errors", errors);
    return errors.none() ? Reply.page("users-new", model) : Reply.again("users-new", model);
  }

  private Reply create(Ask ask) {
    Role role = givenRole(ask);
    String language = language(ask);
    UserAccess.requireMay(ask, Permissions.user(ask.person(), null, null, role));
    String email = ask.field("email").orElse("");
    String name = ask.field("name").orElse("");
    Errors errors = new Errors();
    if (!email.matches(MAIL) || email.length() > 254) {
      errors.add("email", ask.text("users.email.wrong", email));
    } else if (ledger.users().byEmail(email).isPresent()) {
      errors.add("email", ask.text("users.email.taken", email));
    }
    checkName(ask, name, errors);
    if (!errors.none()) {
      return newForm(ask, errors);
    }
    String who = ask.person().email();
    User.Draft draft = new User.Draft(email, name, role.word(), language, null);
    boolean byMail = access.byMail(email);
    if (!byMail && Permissions.password(ask.person(), 0, role).isPresent()) {
      long id = ledger.users().create(draft, who);
      return Reply.redirect("/users/" + id).saying("users.link.owner");
    }
    String token = Tokens.fresh();
    record Made(long id, Instant until) {}
    Made made =
        ledger.together(
            () -> {
              long id = ledger.users().create(draft, who);
              Instant until = ledger.passwordLinks().create(Tokens.hash(token), id, who);
              if (byMail) {
                access.mailed(ledger.users().byId(id).orElseThrow(), token);
              }
              return new Made(id, until);
            });
    if (byMail) {
      return Reply.redirect("/users/" + made.id()).saying("users.link.mailed", email);
    }
    return access.shown(ask, ledger.users().byId(made.id()).orElseThrow(), token, made.until());
  }

  // ---- one of them

  private Reply page(Ask ask, Errors errors) {
    User user = access.user(ask);
    Role role = Role.of(user.role());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("user", user);
    model.put("whyNot", text(ask, Permissions.user(ask.person(), user.id(), role, role)));
    model.put("passwordWhyNot", text(ask, Permissions.password(ask.person(), user.id(), role)));
    model.put("keys", ledger.apiKeys().of(user.id()));
    model.put("now", ask.now());
    model.put("roles", roles(ask));
    model.put("decides", role == Role.APPROVER || role == Role.ADMINISTRATOR);
    model.put("approver", role == Role.APPROVER);
    model.put("limitable", role != Role.OWNER);
    model.put("green", user.active() && people.byId(user.id()).map(this::approves).orElse(false));
    var rights = ledger.userRights().of(user.id());
    model.put("listed", !rights.isEmpty());
    model.put("tables", UserRightsForm.tables(rights, connections));
    model.put("sessions", ledger.sessions().countOf(user.id()));
    model.put(
        "limit", user.amountLimit() == null ? "" : user.amountLimit().amount().toPlainString());
    model.put("delegations", delegations.rows(user.id(), people.today()));
    model.put("others", delegations.others(ask.person(), user.id()));
    model.put("today", people.today());
    model.put("mayDelegate", Permissions.delegate(ask.person(), user.id(), role).isEmpty());
    model.put("errors", errors);
    return errors.none() ? Reply.page("user", model) : Reply.again("user", model);
  }

  private Reply about(Ask ask) {
    User user = access.mayChange(ask);
    String name = ask.field("name").orElse("");
    String language = language(ask);
    String limit = ask.field("limit").orElse("");
    String procoreId = ask.field("procoreId").orElse("");
    String login = ask.field("procoreLogin").orElse("");
    Errors errors = new Errors();
    checkName(ask, name, errors);
    if (!limit.isEmpty() && !limit.matches(AMOUNT)) {
      errors.add("limit", ask.text("users.limit.wrong", limit));
    }
    if (!procoreId.isEmpty() && !procoreId.matches(PROCORE_ID)) {
      errors.add("procoreId", ask.text("users.procore-id.wrong", procoreId));
    }
    if (!login.isEmpty() && !login.matches(MAIL)) {
      errors.add("procoreLogin", ask.text("users.email.wrong", login));
    }
    if (!errors.none()) {
      return page(ask, errors);
    }
    String who = ask.person().email();
    ledger.together(
        () -> {
          ledger.users().name(user.id(), name, who);
          ledger.users().language(user.id(), language, who);
          ledger.users().amountLimit(user.id(), limit.isEmpty() ? null : Money.of(limit), who);
          ledger
              .users()
              .procoreUser(
                  user.id(), procoreId.isEmpty() ? null : Long.valueOf(procoreId), login, who);
          return null;
        });
    return UserAccess.back(user).saying("users.saved");
  }

  private Reply role(Ask ask) {
    User user = access.user(ask);
    Role becomes = givenRole(ask);
    UserAccess.requireMay(
        ask, Permissions.user(ask.person(), user.id(), Role.of(user.role()), becomes));
    try {
      ledger.users().role(user.id(), becomes.word(), ask.person().email());
    } catch (Users.NotPossible lastOwner) {
      return UserAccess.back(user).warning("users.last-owner");
    }
    return UserAccess.back(user).saying("users.role.saved");
  }

  private Reply rights(Ask ask) {
    User user = access.mayChange(ask);
    ledger
        .userRights()
        .replace(user.id(), UserRightsForm.read(ask, connections), ask.person().email());
    return UserAccess.back(user).saying("users.rights.saved");
  }

  private Reply mails(Ask ask) {
    User user = access.mayChange(ask);
    ledger
        .users()
        .mails(user.id(), ask.ticked("digest"), ask.ticked("failures"), ask.person().email());
    return UserAccess.back(user).saying("users.saved");
  }

  private Reply delegate(Ask ask) {
    User user = access.user(ask);
    UserAccess.requireMay(ask, Permissions.delegate(ask.person(), user.id(), Role.of(user.role())));
    Errors errors = delegations.create(ask, user.id());
    return errors.none()
        ? UserAccess.back(user).saying("users.delegation.made")
        : page(ask, errors);
  }

  private Reply revoke(Ask ask) {
    User user = access.user(ask);
    UserAccess.requireMay(ask, Permissions.delegate(ask.person(), user.id(), Role.of(user.role())));
    delegations.revoke(ask, user.id(), ask.number("delegation"));
    return UserAccess.back(user).saying("users.delegation.revoked");
  }

  // ---- parts

  private static String text(Ask ask, Optional<Refusal> refusal) {
    return refusal
        .map(one -> one.reason(ask.language()) + " " + one.remedy(ask.language()))
        .orElse("");
  }

  private static void checkName(Ask ask, String name, Errors errors) {
    if (name.isEmpty() || name.length() > 200) {
      errors.add("name", ask.text("users.name.wrong", name.length()));
    }
  }

  private static Role givenRole(Ask ask) {
    String given = ask.required("role");
    List<String> words = new ArrayList<>();
    Arrays.stream(Role.values()).forEach(role -> words.add(role.word()));
    if (!words.contains(given)) {
      throw Problem.badRequest("role", ask.text("error.choice", given), "error.400.remedy");
    }
    return Role.of(given);
  }

  private static String language(Ask ask) {
    String given = ask.required("language");
    if (!given.equals("en") && !given.equals("fr")) {
      throw Problem.badRequest("language", ask.text("error.choice", given), "error.400.remedy");
    }
    return given;
  }
}
