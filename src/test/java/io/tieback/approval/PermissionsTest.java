package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may do what (GEN-PERM; contradictions C-05 and C-06). */
class PermissionsTest {

  private static final ConnectionId NORTH = new ConnectionId("north");
  private static final ConnectionId SOUTH = new ConnectionId("south");

  @Test
  @DisplayName(
      "GEN-PERM-01, GEN-PERM-02, C-05: only approvers let something go; GEN-PERM-03: viewers look")
  void rolesDecideOrDoNot() {
    assertThat(may(person(Role.OWNER), Action.ACCEPT)).isTrue();
    assertThat(may(person(Role.APPROVER), Action.ACCEPT)).isTrue();
    assertThat(may(person(Role.ADMINISTRATOR), Action.ACCEPT)).isFalse();
    assertThat(may(person(Role.OPERATOR), Action.ACCEPT)).isFalse();
    assertThat(may(person(Role.VIEWER), Action.ACCEPT)).isFalse();
    for (Action action : Action.values()) {
      assertThat(may(person(Role.VIEWER), action)).as(action.word()).isFalse();
    }
    assertThat(may(person(Role.OPERATOR), Action.RETRY)).isTrue();
    assertThat(may(person(Role.OPERATOR), Action.SEND)).isTrue();
    assertThat(may(person(Role.OPERATOR), Action.REJECT)).isFalse();
    assertThat(
            Permissions.refusal(person(Role.VIEWER), Action.ACCEPT, NORTH, RecordKind.INVOICE)
                .orElseThrow()
                .reason(Locale.ENGLISH))
        .isEqualTo("You may not accept invoices of connection north: your role is viewer.");
    assertThat(
            Permissions.refusal(person(Role.VIEWER), Action.ACCEPT, NORTH, RecordKind.INVOICE)
                .orElseThrow()
                .reason(Locale.FRENCH))
        .contains("accepter les factures", "lecteur");
  }

  @Test
  @DisplayName(
      "GEN-PERM-04, GEN-PERM-17: rights by kind bind approvers; the most particular one counts")
  void listedRightsAreAllThatAnApproverHas() {
    Person invoices =
        person(Role.APPROVER, new Person.KindRight(NORTH, RecordKind.INVOICE, false, true));
    assertThat(may(invoices, Action.ACCEPT)).isTrue();
    assertThat(may(invoices, Action.UNLINK)).isTrue();
    assertThat(may(invoices, Action.IMPORT)).isFalse();
    assertThat(Permissions.refusal(invoices, Action.ACCEPT, SOUTH, RecordKind.INVOICE)).isPresent();
    assertThat(
            Permissions.refusal(invoices, Action.ACCEPT, NORTH, RecordKind.COMMITMENT)
                .orElseThrow()
                .code())
        .isEqualTo("permission.right");

    Person allButOne =
        person(
            Role.APPROVER,
            new Person.KindRight(null, null, true, true),
            new Person.KindRight(NORTH, RecordKind.INVOICE, true, false));
    assertThat(may(allButOne, Action.ACCEPT)).isFalse();
    assertThat(Permissions.refusal(allButOne, Action.ACCEPT, SOUTH, RecordKind.INVOICE)).isEmpty();
  }

  @Test
  @DisplayName("GEN-PERM-05: owners are bound by no listed right; administrators by their own")
  void ownersMayEverythingAndAdministratorsWhatIsListedForThem() {
    Person owner = person(Role.OWNER, new Person.KindRight(null, null, false, false));
    assertThat(may(owner, Action.ACCEPT)).isTrue();
    Person administrator =
        person(Role.ADMINISTRATOR, new Person.KindRight(null, RecordKind.INVOICE, false, true));
    assertThat(may(administrator, Action.ACCEPT)).isTrue();
    assertThat(Permissions.refusal(administrator, Action.ACCEPT, NORTH, RecordKind.COMMITMENT))
        .isPresent();
  }

  @Test
  @DisplayName("GEN-PERM-08, C-06, GEN-PERM-10, GEN-PERM-20: duties go with roles")
  void dutiesGoWithRoles() {
    assertThat(who(Duty.SYNC_NOW))
        .containsExactly(Role.OWNER, Role.ADMINISTRATOR, Role.APPROVER, Role.OPERATOR);
    assertThat(who(Duty.SETTINGS)).containsExactly(Role.OWNER, Role.ADMINISTRATOR);
    assertThat(who(Duty.SCHEDULES)).containsExactly(Role.OWNER, Role.ADMINISTRATOR);
    assertThat(who(Duty.ACCOUNTANT_REPORT)).containsExactly(Role.OWNER, Role.ADMINISTRATOR);
    assertThat(who(Duty.REPLAY)).containsExactly(Role.OWNER, Role.ADMINISTRATOR, Role.OPERATOR);
    assertThat(who(Duty.VIEW)).containsExactly(Role.values());
  }

  @Test
  @DisplayName(
      "GEN-PERM-04, GEN-PERM-07: nobody makes an owner but an owner, and nobody changes themselves")
  void administratorsTouchNoOwnerAndNotThemselves() {
    Person administrator = person(Role.ADMINISTRATOR);
    assertThat(Permissions.user(administrator, 9L, Role.VIEWER, Role.APPROVER)).isEmpty();
    assertThat(Permissions.user(administrator, null, null, Role.ADMINISTRATOR)).isEmpty();
    assertThat(code(Permissions.user(administrator, 9L, Role.OWNER, Role.VIEWER)))
        .isEqualTo("permission.owner");
    assertThat(code(Permissions.user(administrator, 9L, Role.VIEWER, Role.OWNER)))
        .isEqualTo("permission.owner");
    assertThat(
            code(
                Permissions.user(
                    administrator, administrator.id(), Role.ADMINISTRATOR, Role.ADMINISTRATOR)))
        .isEqualTo("permission.self");
    assertThat(Permissions.user(person(Role.OWNER), 9L, Role.OWNER, Role.VIEWER)).isEmpty();
    assertThat(code(Permissions.user(person(Role.APPROVER), 9L, Role.VIEWER, Role.VIEWER)))
        .isEqualTo("permission.duty");
    assertThat(Permissions.delegate(person(Role.APPROVER), 1, Role.APPROVER)).isEmpty();
    assertThat(Permissions.delegate(person(Role.APPROVER), 2, Role.APPROVER)).isPresent();
    assertThat(Permissions.delegate(administrator, 2, Role.OWNER)).isPresent();
    // Nor do they by way of an absence: the rights of another would be theirs.
    assertThat(code(Permissions.standIn(administrator, 9, administrator.id())))
        .isEqualTo("permission.self");
    assertThat(Permissions.standIn(administrator, 9, 8)).isEmpty();
    assertThat(Permissions.standIn(administrator, administrator.id(), 8)).isEmpty();
    Person owner = person(Role.OWNER);
    assertThat(Permissions.standIn(owner, 9, owner.id())).isEmpty();
  }

  @Test
  @DisplayName("GEN-DEX-03: turned on by an administrator who may export that kind")
  void directExportTakesAnAdministratorWithTheRightForThatKind() {
    Person with =
        person(Role.ADMINISTRATOR, new Person.KindRight(null, RecordKind.INVOICE, false, true));
    assertThat(Permissions.directExport(with, NORTH, RecordKind.INVOICE)).isEmpty();
    assertThat(code(Permissions.directExport(with, NORTH, RecordKind.COMMITMENT)))
        .isEqualTo("permission.direct");
    assertThat(code(Permissions.directExport(person(Role.APPROVER), NORTH, RecordKind.INVOICE)))
        .isEqualTo("permission.duty");
    assertThat(Permissions.directExport(person(Role.OWNER), NORTH, RecordKind.INVOICE)).isEmpty();
  }

  /** Whoever stands in decides with the rights of the absent, and does nothing else with them. */
  @Test
  void standingInLendsRightsToDecideAlone() {
    Person owner =
        new Person(
            2, "o@x.example", "O", Role.OWNER, Locale.ENGLISH, null, null, List.of(), List.of());
    Person viewer =
        new Person(
            1,
            "v@x.example",
            "V",
            Role.VIEWER,
            Locale.ENGLISH,
            null,
            null,
            List.of(),
            List.of(owner));

    List<Permissions.Authority> authorities =
        Permissions.authorities(viewer, Action.ACCEPT, NORTH, RecordKind.INVOICE);
    assertThat(authorities).containsExactly(new Permissions.Authority(viewer, owner));
    assertThat(authorities.get(0).delegated()).isTrue();
    assertThat(may(viewer, Action.SEND)).isFalse();
    assertThat(Permissions.refusal(viewer, Duty.SETTINGS)).isPresent();
    assertThat(Permissions.directExport(viewer, NORTH, RecordKind.INVOICE)).isPresent();

    Person both =
        new Person(
            1,
            "v@x.example",
            "V",
            Role.APPROVER,
            Locale.ENGLISH,
            null,
            null,
            List.of(),
            List.of(owner));
    assertThat(Permissions.authorities(both, Action.ACCEPT, NORTH, RecordKind.INVOICE))
        .extracting(authority -> authority.rightsOf().id())
        .containsExactly(1L, 2L);
  }

  private static boolean may(Person person, Action action) {
    return Permissions.refusal(person, action, NORTH, RecordKind.INVOICE).isEmpty();
  }

  private static List<Role> who(Duty duty) {
    return List.of(Role.values()).stream()
        .filter(role -> Permissions.refusal(person(role), duty).isEmpty())
        .toList();
  }

  private static String code(Optional<Refusal> refusal) {
    return refusal.orElseThrow().code();
  }

  private static Person person(Role role, Person.KindRight... rights) {
    return new Person(
        1, "p@x.example", "P", role, Locale.ENGLISH, null, null, List.of(rights), List.of());
  }
}
