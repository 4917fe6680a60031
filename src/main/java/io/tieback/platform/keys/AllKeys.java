package io.tieback.platform.keys;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** Every setting there is. */
public final class AllKeys {

  /** The subjects in the order of the reference. */
  public static final List<Subject> SUBJECTS =
      List.of(
          ServerKeys.SUBJECT,
          DatabaseKeys.SUBJECT,
          ConsoleKeys.SUBJECT,
          OidcKeys.SUBJECT,
          MailKeys.SUBJECT,
          WorkKeys.SUBJECT,
          ConnectionKeys.SUBJECT,
          ApprovalKeys.SUBJECT,
          DoorPollKeys.SUBJECT,
          DoorKeys.SUBJECT,
          ProcoreKeys.SUBJECT,
          XeroKeys.SUBJECT,
          QuickBooksOnlineKeys.SUBJECT,
          WorkBreakdownKeys.SUBJECT,
          CompanyKeys.SUBJECT,
          InvoiceKeys.SUBJECT,
          OrderKeys.SUBJECT,
          PaymentKeys.SUBJECT);

  private AllKeys() {}

  /** The settings in the order of the reference. */
  public static List<Key<?>> all() {
    return SUBJECTS.stream().<Key<?>>flatMap(subject -> subject.keys().stream()).toList();
  }
}
