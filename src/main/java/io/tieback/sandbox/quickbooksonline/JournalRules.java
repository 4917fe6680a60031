package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;

/** Journal entries: debits equal credits; a line on accounts payable names its vendor. */
final class JournalRules {
  private JournalRules() {}

  static void settle(Draft draft) {
    BigDecimal debit = BigDecimal.ZERO;
    BigDecimal credit = BigDecimal.ZERO;
    for (JsonNode line : draft.body().path("Line")) {
      if (Json.text(line, "DetailType").equals("DescriptionOnly")) {
        continue;
      }
      JsonNode detail = line.path("JournalEntryLineDetail");
      if (detail.isMissingNode()) {
        throw Refusal.missing("Line.JournalEntryLineDetail");
      }
      if (!line.has("Amount")) {
        throw Refusal.missing("Line.Amount");
      }
      BigDecimal amount = line.get("Amount").decimalValue();
      if (amount.signum() < 0) {
        throw Refusal.business("The amount of a journal line must not be negative");
      }
      if (Json.text(detail, "PostingType").equals("Debit")) {
        debit = debit.add(amount);
      } else {
        credit = credit.add(amount);
      }
      Company.Entry account =
          draft.company().get(Kind.ACCOUNT, Json.text(detail.path("AccountRef"), "value"));
      if ("Accounts Payable".equals(account.text("AccountType"))
          && !"Vendor".equals(Json.text(detail.path("Entity"), "Type"))) {
        throw Refusal.business(
            "When you use Accounts Payable, you must choose a vendor in the Name field.");
      }
    }
    if (debit.compareTo(credit) != 0 || debit.signum() == 0) {
      throw Refusal.business("Please balance debits and credits.");
    }
    draft.body().put("TotalAmt", debit);
  }
}
