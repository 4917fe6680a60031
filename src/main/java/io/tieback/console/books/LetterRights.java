package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refusal;
import io.tieback.approval.Role;
import io.tieback.console.page.Ask;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetterFilter;
import io.tieback.ledger.DeadLetterRow;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may replay and discard which dead letters: by connection and kind, as for decisions. */
final class LetterRights {

  private static final int AT_ONCE = 500;

  private LetterRights() {}

  /** Why somebody may not do it to a letter; empty when they may. */
  static Optional<Refusal> refusal(Ask ask, Duty duty, DeadLetterRow row) {
    return refusal(ask, duty, row.connection(), row.entity(), row.subjectKind());
  }

  private static Optional<Refusal> refusal(
      Ask ask, Duty duty, ConnectionId connection, String entity, String subjectKind) {
    boolean back = subjectKind.equals("payment") || subjectKind.equals("job_cost");
    return Permissions.repair(ask.person(), duty, connection, kind(entity, subjectKind), back);
  }

  /** The kind of record; null when it is about none. A payment is one of its invoice. */
  private static RecordKind kind(String entity, String subjectKind) {
    return switch (subjectKind) {
      case "payment" -> RecordKind.INVOICE;
      case "work_item" -> RecordKind.known(entity).orElse(null);
      default -> null;
    };
  }

  /**
   * @throws Problem 403 when they may not do it to the letter
   */
  static void require(Ask ask, Duty duty, DeadLetterRow row) {
    refusal(ask, duty, row).ifPresent(refusal -> forbid(ask, refusal));
  }

  /**
   * @throws Problem 404 when they do not see one of the letters, 403 when they may not do it to one
   */
  static void require(Ask ask, Duty duty, Ledger ledger, List<Long> letters) {
    for (long id : letters) {
      DeadLetter letter = ledger.deadLetters().find(id).orElseThrow(Problem::notFound);
      ask.requireSeen(letter.connection());
      refusal(ask, duty, letter.connection(), letter.entity(), letter.subjectKind())
          .ifPresent(refusal -> forbid(ask, refusal));
    }
  }

  private static void forbid(Ask ask, Refusal refusal) {
    throw Problem.forbidden(refusal.reason(ask.language()), refusal.remedy(ask.language()));
  }

  /** Whether they may do it to every letter there is. */
  static boolean everywhere(Person person) {
    return person.role() == Role.OWNER
        || (person.role() == Role.OPERATOR && person.rights().isEmpty());
  }

  /** The letters of a filter to which they may do it. */
  static List<Long> allowed(Ask ask, Duty duty, Ledger ledger, DeadLetterFilter filter) {
    List<Long> allowed = new ArrayList<>();
    for (int offset = 0; ; offset += AT_ONCE) {
      Page<DeadLetterRow> page =
          ledger.deadLetters().page(filter, DeadLetterRow.Sort.CREATED, true, AT_ONCE, offset);
      page.rows().stream()
          .filter(row -> row.state().equals("open"))
          .filter(row -> refusal(ask, duty, row).isEmpty())
          .map(DeadLetterRow::id)
          .forEach(allowed::add);
      if (page.rows().size() < AT_ONCE) {
        return allowed;
      }
    }
  }
}
