package io.tieback.console.house;

import io.tieback.approval.People;
import io.tieback.console.door.Tokens;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Errors;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.web.Problem;
import io.tieback.ledger.ApiKeys;
import io.tieback.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What everybody sees to themselves: who decides while they are away, and keys of the API. */
public final class OwnPages implements Pages.Group {

  /** How every key begins, so that it is known for one when it is found somewhere. */
  public static final String KEY_START = "tbk_";

  private static final int PREFIX_LENGTH = 12;
  private static final List<Integer> DAYS = List.of(30, 90, 365);

  private final Ledger ledger;
  private final People people;
  private final DelegationForm delegations;

  /** Wires them. */
  public OwnPages(Ledger ledger, People people) {
    this.ledger = ledger;
    this.people = people;
    this.delegations = new DelegationForm(ledger);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("own")
        .bundle("users")
        .get("/profile/absence", Pages.EVERYBODY, ask -> absence(ask, new Errors()))
        .post("/profile/absence", Pages.EVERYBODY, this::delegate)
        .post("/profile/absence/{delegation}/revoke", Pages.EVERYBODY, this::revoke)
        .get("/profile/keys", Pages.EVERYBODY, ask -> keys(ask, new Errors(), ""))
        .post("/profile/keys", Pages.EVERYBODY, this::makeKey)
        .post("/profile/keys/{key}/revoke", Pages.EVERYBODY, this::revokeKey);
  }

  private Reply absence(Ask ask, Errors errors) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("delegations", delegations.rows(ask.person().id(), people.today()));
    model.put("others", delegations.others(ask.person(), ask.person().id()));
    model.put("today", people.today());
    model.put("errors", errors);
    return errors.none() ? Reply.page("absence", model) : Reply.again("absence", model);
  }

  private Reply delegate(Ask ask) {
    Errors errors = delegations.create(ask, ask.person().id());
    return errors.none()
        ? Reply.redirect("/profile/absence").saying("users.delegation.made")
        : absence(ask, errors);
  }

  private Reply revoke(Ask ask) {
    delegations.revoke(ask, ask.person().id(), ask.number("delegation"));
    return Reply.redirect("/profile/absence").saying("users.delegation.revoked");
  }

  // ---- keys

  private Reply keys(Ask ask, Errors errors, String shown) {
    Map<String, Object> model = new LinkedHashMap<>();
    List<ApiKeys.ApiKey> keys = ledger.apiKeys().of(ask.person().id());
    model.put("keys", keys);
    model.put("now", ask.now());
    model.put("shown", shown);
    model.put(
        "ends",
        DAYS.stream()
            .map(days -> new UsersPages.Choice(days.toString(), ask.text("own.keys.days", days)))
            .toList());
    model.put("errors", errors);
    return errors.none() ? Reply.page("api-keys", model) : Reply.again("api-keys", model);
  }

  /** The key is shown on the page that answers, and never again: only its hash is kept. */
  private Reply makeKey(Ask ask) {
    String name = ask.field("name").orElse("");
    if (name.isEmpty() || name.length() > 100) {
      return keys(ask, new Errors().add("name", ask.text("own.keys.name.wrong")), "");
    }
    String given = ask.required("days");
    if (DAYS.stream().noneMatch(days -> days.toString().equals(given))) {
      throw Problem.badRequest("days", ask.text("error.choice", given), "error.400.remedy");
    }
    String key = KEY_START + Tokens.fresh();
    Instant end = ask.now().plus(Duration.ofDays(Long.parseLong(given)));
    ledger
        .apiKeys()
        .create(
            ask.person().id(),
            new ApiKeys.Draft(
                name,
                key.substring(0, PREFIX_LENGTH),
                Tokens.hash(key),
                ask.field("may").filter("write"::equals).isPresent(),
                end),
            ask.person().email());
    return keys(ask, new Errors(), key);
  }

  private Reply revokeKey(Ask ask) {
    if (!ledger.apiKeys().revoke(ask.number("key"), ask.person().id(), ask.person().email())) {
      throw Problem.notFound();
    }
    return Reply.redirect("/profile/keys").saying("own.keys.revoked");
  }
}
