package io.tieback.command.demo;

import io.tieback.approval.People;
import io.tieback.approval.Person;
import io.tieback.console.door.PasswordHashes;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.io.PrintWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;

/**
 * Who may sign in to the console of the demonstration: one of each role, two approvers of whom one
 * reads French. All have the same password, which is another at each start and is told once.
 */
final class ConsolePeople {

  /** May do everything. */
  static final String OWNER = "accounting@demo.example";

  /** Decides. */
  static final String APPROVER = "ann@demo.example";

  /** Decides, in French. */
  static final String FRENCH_APPROVER = "denis@demo.example";

  /** Keeps it running. */
  static final String OPERATOR = "operations@demo.example";

  private static final String ADMINISTRATOR = "administration@demo.example";
  private static final String VIEWER = "viewer@demo.example";
  private static final String WHO = "demo";
  private static final List<User.Draft> ALL =
      List.of(
          new User.Draft(OWNER, "Olivia Grant", User.OWNER, "en", null),
          new User.Draft(ADMINISTRATOR, "Adam Frost", "administrator", "en", null),
          new User.Draft(APPROVER, "Ann Keller", "approver", "en", null),
          new User.Draft(FRENCH_APPROVER, "Denis Gagnon", "approver", "fr", null),
          new User.Draft(OPERATOR, "Omar Reed", "operator", "en", null),
          new User.Draft(VIEWER, "Vera Lund", "viewer", "en", null));

  /** Letters and digits that nobody takes for another. */
  private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final String password = made();

  private static String made() {
    SecureRandom random = new SecureRandom();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      word.append(i > 0 && i % 4 == 0 ? "-" : "");
      word.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return word.toString();
  }

  /** Makes them. */
  void addTo(Ledger ledger) {
    String hash = PasswordHashes.hash(password);
    for (User.Draft draft : ALL) {
      long id = ledger.users().create(draft, WHO);
      ledger.users().password(id, hash, WHO);
    }
  }

  /** Says how to sign in. */
  void tell(URI console, PrintWriter out) {
    out.println("Console:        " + console + "  sign in as " + OWNER + ", password " + password);
    out.println(
        "                The same password: "
            + String.join(", ", ALL.stream().skip(1).map(User.Draft::email).toList()));
  }

  /** One of them, with their rights of today. */
  static Person find(People people, String email) {
    return people.byEmail(email).orElseThrow();
  }
}
