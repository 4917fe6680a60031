package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import java.util.Locale;
import java.util.Set;

/**
 * How far a commitment is, as Procore shows it now.
 *
 * @param revised what it comes to with its approved change orders
 * @param hasOpen whether something on it is not decided yet: a pending change order, or an invoice
 *     that is not approved
 */
public record ContractState(Money revised, boolean hasOpen) {

  private static final Set<String> APPROVED =
      Set.of("approved", "approved_as_noted", "pending_owner_approval");

  /** Reads it: the commitment and the project's invoices. */
  public static ContractState read(
      ProcoreClient client, CommitmentKind kind, long projectId, long commitmentId) {
    String of = "commitment " + commitmentId;
    JsonNode shown = client.directory().commitment(kind, projectId, commitmentId);
    boolean pending =
        !Fields.moneyOrZero(shown, "pending_change_orders", of).isZero()
            || !Fields.moneyOrZero(shown, "draft_change_orders_amount", of).isZero();
    boolean open =
        pending
            || client.requisitions(projectId).stream()
                .filter(
                    row ->
                        Long.valueOf(commitmentId)
                            .equals(Fields.idOrNull(row, "commitment_id", of)))
                .map(row -> String.valueOf(Fields.text(row, "status")).toLowerCase(Locale.ROOT))
                .anyMatch(status -> !APPROVED.contains(status));
    return new ContractState(Fields.money(shown, "revised_contract", of), open);
  }
}
