package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * People, their rights and who stands in for whom; every change is in the audit trail
 * (contradiction C-04).
 */
class UsersTest extends LedgerTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @Test
  void somebodyIsFoundByKeyAndByAddressInWhateverCase() {
    long id = create("Jo@Example.com", "approver");

    User user = ledger.users().byEmail(" JO@example.COM ").orElseThrow();

    assertThat(user.id()).isEqualTo(id);
    assertThat(user.email()).isEqualTo("jo@example.com");
    assertThat(user.active()).isTrue();
    assertThat(user.digest()).isTrue();
    assertThat(ledger.users().byId(id)).contains(user);
  }

  @Test
  void anAddressIsOnePersons() {
    create("jo@example.com", "viewer");

    assertThatThrownBy(() -> create("JO@example.com", "owner"))
        .isInstanceOf(Users.NotPossible.class)
        .hasMessageContaining("jo@example.com is somebody's address already");
    assertThatThrownBy(() -> create("jo at example.com", "owner"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mail address 'jo at example.com' is none");
    assertThatThrownBy(() -> create("al@example.com", "boss"))
        .hasMessageContaining("role 'boss' is none of");
  }

  @Test
  @DisplayName("GEN-PERM-07: there is always an owner")
  void theLastOwnerIsNeitherDemotedNorMadeInactive() {
    long first = create("own@example.com", "owner");
    long second = create("two@example.com", "owner");
    ledger.users().active(second, false, "cli");

    assertThatThrownBy(() -> ledger.users().role(first, "viewer", "cli"))
        .isInstanceOf(Users.NotPossible.class)
        .hasMessageContaining("the last owner");
    assertThatThrownBy(() -> ledger.users().active(first, false, "cli"))
        .hasMessageContaining("Make somebody else an owner first");

    ledger.users().active(second, true, "cli");
    ledger.users().role(first, "viewer", "cli");
    assertThat(ledger.users().byId(first).orElseThrow().role()).isEqualTo("viewer");
  }

  @Test
  @DisplayName("C-04: every change of a person is audited with what it was, and secrets are not")
  void everyChangeIsAuditedWithWhatItWasAndSecretsAreNot() {
    long id = create("jo@example.com", "viewer");
    ledger.users().role(id, "approver", "own@example.com");
    ledger.users().role(id, "approver", "own@example.com");
    ledger.users().amountLimit(id, Money.of("2500"), "own@example.com");
    ledger.users().name(id, "Jo Miller", "jo@example.com");
    ledger.users().language(id, "fr", "jo@example.com");
    ledger.users().mails(id, false, true, "jo@example.com");
    ledger.users().procoreUser(id, 77L, "Jo.Miller@Builder.example", "own@example.com");
    ledger.users().password(id, "$hash$", "jo@example.com");
    ledger.users().oidcSubject(id, "sub-1", "own@example.com");

    List<Audit.Entry> trail = ledger.audit().newest(20);
    assertThat(trail)
        .extracting(Audit.Entry::action)
        .containsExactly(
            "change identity",
            "change password",
            "change Procore user",
            "change mails",
            "change language",
            "change name",
            "change amount limit",
            "change role",
            "create user");
    assertThat(trail.get(7).detail()).contains("\"before\": \"viewer\"", "\"after\": \"approver\"");
    assertThat(trail).noneMatch(entry -> entry.detail().contains("$hash$"));
    assertThat(ledger.audit().verify().intact()).isTrue();

    assertThat(ledger.users().passwordHash(id)).contains("$hash$");
    assertThat(ledger.users().byOidcSubject("sub-1")).isPresent();
    assertThat(ledger.users().byProcore(null, "jo.miller@builder.example")).isPresent();
    assertThat(ledger.users().byProcore(77L, null)).isPresent();
    assertThat(ledger.users().byProcore(null, null)).isEmpty();
  }

  @Test
  void whoIsMadeInactiveIsSignedOutAndHasNoPasswordThatCounts() {
    long id = create("jo@example.com", "viewer");
    ledger.users().password(id, "hash", "cli");
    sql.update(
        "insert into web_session values ('t', ?, 'c', now(), now(), now() + interval '1 hour')",
        id);

    ledger.users().active(id, false, "cli");

    assertThat(sql.queryForObject("select count(*) from web_session", Integer.class)).isZero();
    assertThat(ledger.users().passwordHash(id)).isEmpty();
  }

  /** A link into a lesser account is no way into an owner's, nor one that outlives its reason. */
  @Test
  void passwordLinksEndWithWhatTheyWereMadeFor() {
    create("own@example.com", "owner");
    long id = create("jo@example.com", "viewer");
    ledger.passwordLinks().create("for a viewer", id, "admin@example.com");
    sql.update(
        "insert into web_session values ('t', ?, 'c', now(), now(), now() + interval '1 hour')",
        id);
    ledger.users().role(id, "approver", "own@example.com");
    assertThat(ledger.passwordLinks().find("for a viewer")).isPresent();
    assertThat(ledger.sessions().countOf(id)).as("a new role takes a new sign-in").isZero();
    ledger.users().role(id, "owner", "own@example.com");
    assertThat(ledger.passwordLinks().find("for a viewer")).isEmpty();

    ledger.passwordLinks().create("forgotten", id, "own@example.com");
    ledger.users().password(id, "hash", "jo@example.com");
    assertThat(ledger.passwordLinks().use("forgotten", "another")).isFalse();

    ledger.passwordLinks().create("before leaving", id, "own@example.com");
    ledger.users().active(id, false, "own@example.com");
    ledger.users().active(id, true, "own@example.com");
    assertThat(ledger.passwordLinks().find("before leaving")).isEmpty();

    ledger.passwordLinks().create("used", id, "own@example.com");
    assertThat(ledger.passwordLinks().use("used", "last")).isTrue();
    assertThat(ledger.passwordLinks().use("used", "again")).isFalse();
    assertThat(ledger.users().passwordHash(id)).hasValue("last");
  }

  @Test
  @DisplayName("GEN-PERM-04: rights by connection and kind")
  void rightsAreReplacedAsAWholeAndAudited() {
    long id = create("jo@example.com", "approver");
    UserRight invoices = new UserRight(NORTH, "invoice", false, true);
    UserRight all = new UserRight(null, null, true, false);

    ledger.userRights().replace(id, List.of(invoices, all), "own@example.com");
    ledger.userRights().replace(id, List.of(all, invoices), "own@example.com");

    assertThat(ledger.userRights().of(id)).containsExactly(invoices, all);
    assertThat(ledger.audit().newest(5)).hasSize(2);
    assertThat(ledger.audit().newest(1).get(0).detail())
        .contains("north / invoice: no import, export");
    assertThatThrownBy(() -> ledger.userRights().replace(id, List.of(all, all), "own"))
        .hasMessageContaining("the same connection and kind");
    assertThatThrownBy(
            () ->
                ledger
                    .userRights()
                    .replace(id, List.of(new UserRight(null, "bill", true, true)), "own"))
        .hasMessageContaining("kind 'bill' is none of");
  }

  @Test
  void delegationsCountOnTheirDaysUntilTakenBack() {
    long away = create("away@example.com", "approver");
    long here = create("here@example.com", "approver");
    long id =
        ledger
            .delegations()
            .create(away, here, MONDAY, MONDAY.plusDays(4), "holidays", "away@example.com");

    assertThat(ledger.delegations().on(MONDAY.minusDays(1))).isEmpty();
    assertThat(ledger.delegations().on(MONDAY.plusDays(4)))
        .extracting(Delegation::toUser)
        .containsExactly(here);
    assertThat(ledger.delegations().on(MONDAY.plusDays(5))).isEmpty();

    ledger.users().active(away, false, "cli");
    assertThat(ledger.delegations().on(MONDAY)).isEmpty();
    ledger.users().active(away, true, "cli");

    assertThat(ledger.delegations().revoke(id, "away@example.com")).isTrue();
    assertThat(ledger.delegations().revoke(id, "away@example.com")).isFalse();
    assertThat(ledger.delegations().on(MONDAY)).isEmpty();
    assertThat(ledger.delegations().of(here)).hasSize(1);
    assertThat(ledger.audit().newest(1).get(0).action()).isEqualTo("revoke delegation");
    assertThatThrownBy(() -> ledger.delegations().create(away, here, MONDAY, MONDAY, " ", "cli"))
        .hasMessageContaining("the reason of the delegation is missing");
  }

  private long create(String email, String role) {
    return ledger.users().create(new User.Draft(email, "Jo", role, "en", null), "cli");
  }
}
